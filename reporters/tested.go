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

// TestedAny reports whether any spec did anything but be skipped.
func (r *Run) TestedAny() bool {
	return slices.ContainsFunc(r.Specs, func(s SpecResult) bool { return s.Outcome != Skipped })
}
