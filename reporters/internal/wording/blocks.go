package wording

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/reporters/internal/escape"
)

// A Block holds the causes of one requirement and one level, the one that explains most
// first, so that a violation at four locations is shown once, with the locations.
type Block struct {
	Groups []reporters.FindingGroup

	// With lists what the causes entail, by signature, see [reporters.Told].
	With map[string][]reporters.FindingGroup
}

// First returns the cause that explains most.
func (b Block) First() reporters.FindingGroup { return b.Groups[0] }

// Blocks groups findings by requirement, in their order. What one cause entails is in the
// block of that cause.
func Blocks(findings []reporters.FindingGroup) (list []Block) {
	at := map[string]int{}
	causes, with := reporters.Told(findings)
	for _, g := range causes {
		key := g.First.Requirement + " " + string(g.First.Level)
		i, ok := at[key]
		if !ok {
			i, at[key] = len(list), len(list)
			list = append(list, Block{With: with})
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

// Entailed says which other rules the same responses break: those of causes, or of the whole
// block without any, each rule once.
func (b Block) Entailed(causes ...reporters.FindingGroup) (list []string) {
	if len(causes) == 0 {
		causes = b.Groups
	}
	told, more := map[string]bool{}, 0
	for _, c := range causes {
		for _, g := range b.With[c.Signature] {
			switch id := g.First.Requirement; {
			case told[id]:
			case len(list) == ShownPlaces:
				told[id] = true
				more++
			default:
				told[id] = true
				list = append(list, fmt.Sprintf("%s: want %s, got %s", escape.Line(g.First.Requirement, alsoLimit), escape.Line(g.First.Want, alsoLimit), escape.Line(g.First.Got, alsoLimit)))
			}
		}
	}
	if more > 0 {
		list = append(list, Count(more, "more rule"))
	}
	return list
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
