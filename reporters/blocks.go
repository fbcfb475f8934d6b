package reporters

import (
	"cmp"
	"slices"
)

// A requirementBlock is the causes of one requirement and one level, the one that explains
// most first: what is wrong in four places is told once, with the places.
type requirementBlock struct {
	groups []FindingGroup
}

func (b requirementBlock) first() FindingGroup { return b.groups[0] }

// blocks gathers findings by requirement, in their order.
func blocks(findings []FindingGroup) (list []requirementBlock) {
	at := map[string]int{}
	for _, g := range findings {
		key := g.First.Requirement + " " + string(g.First.Level)
		i, ok := at[key]
		if !ok {
			i, at[key] = len(list), len(list)
			list = append(list, requirementBlock{})
		}
		list[i].groups = append(list[i].groups, g)
	}
	for _, b := range list { // what fails the run stands before what is known
		slices.SortStableFunc(b.groups, func(x, y FindingGroup) int { return cmp.Compare(harmless(x), harmless(y)) })
	}
	return list
}

func harmless(g FindingGroup) int {
	if g.Fails {
		return 0
	}
	return 1
}

// also names the other places of a block, the first ones only; most 0 names all.
func (b requirementBlock) also(most int) []string {
	var places []string
	for _, g := range b.groups[1:] {
		places = append(places, where(g.First))
	}
	if most > 0 && len(places) > most+1 {
		n := len(places) - most
		places = append(places[:most], count(n, "more place"))
	}
	return places
}

// shownPlaces is how many places a block names besides the first.
const shownPlaces = 3
