package wording

import (
	"cmp"
	"slices"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/reporters/internal/escape"
)

// A Block holds the causes of one requirement and one level, the one that explains most
// first, so that a violation at four locations is shown once, with the locations.
type Block struct {
	Groups []reporters.FindingGroup
}

// First returns the cause that explains most.
func (b Block) First() reporters.FindingGroup { return b.Groups[0] }

// Blocks groups findings by requirement, in their order.
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
	for _, b := range list { // what fails the run precedes what is known
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

// Also returns the other locations of a block, at most most of them and a count; 0 means
// all. Where something else was wanted or sent than at the first one, they say it.
func (b Block) Also(most int) []string {
	var places []string
	first := b.Groups[0].First
	for _, g := range b.Groups[1:] {
		place := Where(g.First)
		switch f := g.First; {
		case f.Want != first.Want:
			place += ": want " + escape.Line(f.Want, alsoLimit) + ", got " + escape.Line(f.Got, alsoLimit)
		case f.Got != first.Got:
			place += ": got " + escape.Line(f.Got, alsoLimit)
		}
		places = append(places, place)
	}
	if most > 0 && len(places) > most+1 {
		n := len(places) - most
		places = append(places[:most], Count(n, "more place"))
	}
	return places
}

// alsoLimit is the number of characters of a value at another location.
const alsoLimit = 80

// ShownPlaces is the number of locations shown for a block besides the first.
const ShownPlaces = 3
