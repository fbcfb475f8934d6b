package wording

import (
	"cmp"
	"slices"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/reporters/internal/lists"
)

// A Skipped is a reason with what it left untested.
type Skipped struct {
	reporters.Skip
	Count int // specs
	IDs   []string
}

// Summary returns "227 specs, 62 rules".
func (s Skipped) Summary() string {
	rules := Count(len(s.IDs), "rule")
	if s.Count == 0 {
		return rules
	}
	return Count(s.Count, "spec") + ", " + rules
}

// Skips returns the reasons: first those that settings can remove, then the most
// frequent.
func Skips(run *reporters.Run) []Skipped {
	var out []Skipped
	known := map[reporters.Skip]int{}
	at := func(s *reporters.Skip) *Skipped {
		key := reporters.Skip{Code: reporters.SkipUnexplained, Reason: "no reason given"}
		if s != nil {
			key = *s
		}
		i, ok := known[key]
		if !ok {
			i, known[key] = len(out), len(out)
			out = append(out, Skipped{Skip: key})
		}
		return &out[i]
	}
	for _, s := range run.Specs {
		if s.Outcome == reporters.Skipped {
			e := at(s.Skip)
			e.Count++
			e.IDs = append(e.IDs, s.Requirements...)
		}
	}
	for _, q := range run.Requirements {
		if q.Outcome == reporters.Skipped && len(q.Specs) == 0 {
			e := at(q.Skip)
			e.IDs = append(e.IDs, q.ID)
		}
	}
	for i := range out {
		out[i].IDs = lists.Sorted(out[i].IDs)
	}
	slices.SortStableFunc(out, func(a, b Skipped) int {
		return cmp.Or(cmp.Compare(skipRank(a), skipRank(b)), cmp.Compare(b.Count, a.Count), cmp.Compare(a.Code, b.Code), cmp.Compare(a.Reason, b.Reason))
	})
	return out
}

// skipRank puts what the reader can change first, and what was not selected last.
func skipRank(s Skipped) int {
	switch s.Code {
	case reporters.SkipConfiguration:
		return 0
	case reporters.SkipSafety:
		return 1
	case reporters.SkipNotSelected:
		return 3
	}
	return 2
}
