package reporters

import (
	"cmp"
	"slices"
	"strings"

	"github.com/hostup/api-conformance/spec"
)

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
	case f.Scope == spec.WholeTarget:
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

// SortGroups sorts causes for all reports.
func SortGroups(list []FindingGroup) { slices.SortStableFunc(list, compareGroups) }

func rank(l spec.Level) int {
	if l == spec.Should {
		return 1
	}
	return 0
}
