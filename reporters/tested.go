package reporters

import (
	"fmt"
	"slices"

	"github.com/hostup/api-conformance/spec"
)

// TestedMust returns how many MUST requirements the run tested, that is, with an outcome
// other than skipped or error, and how many it selected. What a label filter or a profile
// excludes was not selected.
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

// Left returns the selected specs that were not judged for reasons other than the
// contract or the user: a process of the run died, or the target or a proxy before it was
// down. Other specs may have tested their requirements, but what these would have found
// is unknown. codes restricts the reasons.
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

// TestedAny reports whether any spec was not skipped.
func (r *Run) TestedAny() bool {
	return slices.ContainsFunc(r.Specs, func(s SpecResult) bool { return s.Outcome != Skipped })
}

// TooLittle returns why the run tested too little for a meaningful verdict, and what to
// do about it. It returns "" if nothing is left, see [Run.Left], and at least half of the
// selected MUST requirements were tested, or if that is allowed, or if the run ended for
// another reason: a violation, an outage, an interruption. Recorded traffic is never too
// little.
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

// DocumentFails returns why the document fails the run, if the run was told to fail on
// its problems; "" if it does not.
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
