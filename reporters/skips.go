package reporters

import (
	"cmp"
	"slices"
)

// A pageSkip is a reason with what it left untested.
type pageSkip struct {
	Skip
	Count int // specs
	IDs   []string
}

// Summary is "227 specs, 62 rules".
func (s pageSkip) Summary() string {
	rules := count(len(s.IDs), "rule")
	if s.Count == 0 {
		return rules
	}
	return count(s.Count, "spec") + ", " + rules
}

// skipsOf lists the reasons: what can be set first, then what most wait for.
func skipsOf(run *Run) []pageSkip {
	var out []pageSkip
	known := map[Skip]int{}
	at := func(s *Skip) *pageSkip {
		key := Skip{Code: SkipUnexplained, Reason: "no reason given"}
		if s != nil {
			key = *s
		}
		i, ok := known[key]
		if !ok {
			i, known[key] = len(out), len(out)
			out = append(out, pageSkip{Skip: key})
		}
		return &out[i]
	}
	for _, s := range run.Specs {
		if s.Outcome == Skipped {
			e := at(s.Skip)
			e.Count++
			e.IDs = append(e.IDs, s.Requirements...)
		}
	}
	for _, q := range run.Requirements {
		if q.Outcome == Skipped && len(q.Specs) == 0 {
			e := at(q.Skip)
			e.IDs = append(e.IDs, q.ID)
		}
	}
	for i := range out {
		out[i].IDs = sorted(out[i].IDs)
	}
	slices.SortStableFunc(out, func(a, b pageSkip) int {
		return cmp.Or(cmp.Compare(skipRank(a), skipRank(b)), cmp.Compare(b.Count, a.Count), cmp.Compare(a.Code, b.Code), cmp.Compare(a.Reason, b.Reason))
	})
	return out
}

// skipRank puts first what the reader can do something about, and last what was not
// asked for.
func skipRank(s pageSkip) int {
	switch s.Code {
	case SkipConfiguration:
		return 0
	case SkipSafety:
		return 1
	case SkipNotSelected:
		return 3
	}
	return 2
}
