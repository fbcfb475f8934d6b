package merge

import (
	"cmp"
	"slices"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/reporters/internal/lists"
)

// mergedRecording returns the sum of two recordings; either may be nil.
func mergedRecording(r, o *reporters.Recording) *reporters.Recording {
	if r == nil || o == nil {
		return cmp.Or(r, o)
	}
	sum := *r
	sum.Files = lists.Distinct(append(slices.Clone(r.Files), o.Files...))
	sum.Requests += o.Requests
	sum.Judged += o.Judged
	sum.Repeated += o.Repeated
	sum.Bodiless += o.Bodiless
	sum.Gaps = addCounts(r.Gaps, o.Gaps)
	sum.Unmatched = addCounts(r.Unmatched, o.Unmatched)
	sum.UnmatchedMore += o.UnmatchedMore
	sum.Unreadable = append(slices.Clone(r.Unreadable), o.Unreadable...)
	sum.UnreadableMore += o.UnreadableMore
	return &sum
}

func addCounts(a, b []reporters.Counted) []reporters.Counted {
	if len(a)+len(b) == 0 {
		return nil
	}
	counts := map[string]int{}
	for _, c := range slices.Concat(a, b) {
		counts[c.What] += c.Count
	}
	return reporters.ByCount(counts)
}
