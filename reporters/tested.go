package reporters

import (
	"fmt"
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

// TooLittle says that the run tested too little for its verdict to mean anything, and
// what to do about it; "" if it left nothing, see [Run.Left], and tested at least half of the MUST requirements that it
// selected, or was allowed not to, or ends for another reason: a violation, an outage,
// an interruption. Recorded traffic shows what it shows, and is never too little.
func (r *Run) TooLittle() string {
	if r.Verdict != Partial || r.Target.Recording != nil || r.Interrupted || r.Down() {
		return ""
	}
	some := slices.ContainsFunc(r.Requirements, func(q RequirementResult) bool { return q.Outcome != Skipped })
	if len(r.Requirements) > 0 && !some {
		return "nothing was tested: every spec was skipped, see the reasons in the report"
	}
	if left := r.Left(); len(left) > 0 && !r.Settings.AllowPartial {
		return fmt.Sprintf("not everything could be judged: %d of %d specs, the first %q: %s: see the report, or allow it with --allow-partial", len(left), len(r.Specs), left[0].Name, left[0].Skip.Reason)
	}
	tested, selected := TestedMust(r)
	if r.Settings.AllowPartial || 2*tested >= selected {
		return ""
	}
	return fmt.Sprintf("too little was tested: %d of %d MUST requirements, fewer than half: see the reasons in the report, or allow it with --allow-partial", tested, selected)
}

// DocumentFails says that something is wrong with the document and that the run was
// told to fail over it; "" if not.
func (r *Run) DocumentFails() string {
	if !r.Settings.StrictDocument || len(r.Problems) == 0 {
		return ""
	}
	p, noun := r.Problems[0], "problems"
	if len(r.Problems) == 1 {
		noun = "problem"
	}
	return fmt.Sprintf("%d %s with the document (--strict-document), the first: %s: %s: %s", len(r.Problems), noun, p.Place(), p.ID, p.Text)
}
