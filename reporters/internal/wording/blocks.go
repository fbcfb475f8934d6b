package wording

import (
	"cmp"
	"slices"

	"github.com/hostup/api-conformance/reporters"
)

// A Block is the causes of one requirement and one level, the one that explains
// most first: what is wrong in four places is told once, with the places.
type Block struct {
	Groups []reporters.FindingGroup
}

// First returns the cause that explains most.
func (b Block) First() reporters.FindingGroup { return b.Groups[0] }

// Blocks gathers findings by requirement, in their order.
func Blocks(findings []reporters.FindingGroup) (list []Block) {
	at := map[string]int{}
	for _, g := range findings {
		key := g.First.Requirement + " " + string(g.First.Level)
		i, ok := at[key]
		if !ok {
			i, at[key] = len(list), len(list)
			list = append(list, Block{})
		}
		list[i].Groups = append(list[i].Groups, g)
	}
	for _, b := range list { // what fails the run stands before what is known
		slices.SortStableFunc(b.Groups, func(x, y reporters.FindingGroup) int { return cmp.Compare(harmless(x), harmless(y)) })
	}
	return list
}

func harmless(g reporters.FindingGroup) int {
	if g.Fails {
		return 0
	}
	return 1
}

// Also names the other places of a block, the first ones only; most 0 names all.
func (b Block) Also(most int) []string {
	var places []string
	for _, g := range b.Groups[1:] {
		places = append(places, Where(g.First))
	}
	if most > 0 && len(places) > most+1 {
		n := len(places) - most
		places = append(places[:most], Count(n, "more place"))
	}
	return places
}

// ShownPlaces is how many places a block names besides the first.
const ShownPlaces = 3
