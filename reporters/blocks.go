package reporters

import (
	"cmp"
	"slices"
	"strings"

	"github.com/hostup/api-conformance/spec"
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

// compareGroups orders causes: MUST before SHOULD, then what explains more, then by
// signature. Where a request got no answer, or a valid one was refused, everything
// else about its operation follows from that; so it does where the body is no JSON.
// What more specs met explains more of what they found.
func compareGroups(x, y FindingGroup) int {
	return cmp.Or(
		cmp.Compare(rank(x.First.Level), rank(y.First.Level)),
		cmp.Compare(depth(x.First), depth(y.First)),
		cmp.Compare(len(y.Specs), len(x.Specs)),
		cmp.Compare(x.Signature, y.Signature),
	)
}

// depth is how far into an answer one has to look to see a cause: 0 for none at all.
func depth(f spec.Finding) int {
	switch {
	case f.Keyword == spec.KeywordGone:
		return 0
	case f.Requirement == "AUTH-KEY-001": // whom the target does not know it serves nothing
		return 1
	case f.Where == "status" && f.Keyword == "accepted":
		return 2
	case f.Where == "connection":
		return 3
	case f.Where == "body", strings.HasPrefix(f.Where, "header Content-"):
		return 4
	}
	return 5
}

// sortGroups sorts causes for all reports.
func sortGroups(list []FindingGroup) { slices.SortStableFunc(list, compareGroups) }
