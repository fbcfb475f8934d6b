package reporters

import (
	"cmp"
	"slices"
	"strings"

	"github.com/hostup/api-conformance/spec"
)

// compareGroups orders causes: MUST before SHOULD, then what explains more, then by
// signature. A missing response, or the refusal of a valid request, explains all else
// about its operation, and so does a body that is no JSON. What more specs met explains
// more of their findings.
func compareGroups(x, y FindingGroup) int {
	return cmp.Or(
		cmp.Compare(rank(x.First.Level), rank(y.First.Level)),
		cmp.Compare(depth(x.First), depth(y.First)),
		cmp.Compare(len(y.Specs), len(x.Specs)),
		cmp.Compare(x.Signature, y.Signature),
	)
}

// depth returns how deep in a response a cause is: 0 for the whole target.
func depth(f spec.Finding) int {
	switch {
	case f.Scope == spec.WholeTarget:
		return 0
	case f.Requirement == "AUTH-KEY-001": // a target that rejects the key serves nothing
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

// SortGroups sorts causes in place, in the order of all reports.
func SortGroups(list []FindingGroup) { slices.SortStableFunc(list, compareGroups) }

func rank(l spec.Level) int {
	if l == spec.Should {
		return 1
	}
	return 0
}
