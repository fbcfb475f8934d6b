package reporters

import (
	"slices"

	"github.com/hostup/api-conformance/spec"
)

// TestedMust counts the MUST requirements that the run selected, and those of them
// that it tested: with an outcome other than skipped or "could not finish". What a
// label filter or a profile leaves out was not selected.
func TestedMust(run *Run) (tested, selected int) {
	for _, q := range run.Requirements {
		if q.Level != spec.Must || q.Outcome == Skipped && q.Skip != nil && q.Skip.Code == SkipNotSelected {
			continue
		}
		selected++
		if q.Outcome != Skipped && q.Outcome != Errored {
			tested++
		}
	}
	return tested, selected
}

// Left returns the specs that were selected and not judged for a reason that is
// neither the contract's nor the user's: a process of the run died, or the target, or
// what stands before it, was down. Others may have tested their requirements, and
// still nobody knows what these would have said.
func (r *Run) Left(codes ...string) (list []SpecResult) {
	if len(codes) == 0 {
		codes = []string{SkipUnfinished, SkipDown}
	}
	for _, s := range r.Specs {
		if s.Outcome == Skipped && s.Skip != nil && slices.Contains(codes, s.Skip.Code) {
			list = append(list, s)
		}
	}
	return list
}

// TestedAny reports whether any spec did anything but be skipped.
func (r *Run) TestedAny() bool {
	return slices.ContainsFunc(r.Specs, func(s SpecResult) bool { return s.Outcome != Skipped })
}
