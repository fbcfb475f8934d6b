package reporters

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/spec/packs"
)

// requirementResults returns the requirements in the order of the catalogue.
func (b *builder) requirementResults() []RequirementResult {
	results := make([]RequirementResult, 0, len(b.m.Catalogue))
	for _, q := range b.m.Catalogue {
		results = append(results, b.requirementResult(q))
	}
	return results
}

func (b *builder) requirementResult(q spec.Requirement) RequirementResult {
	r := RequirementResult{Requirement: q, Specs: []string{}}
	var ended, errored bool
	var skip *Skip
	for _, s := range b.specs {
		if !slices.Contains(s.Requirements, q.ID) {
			continue
		}
		r.Specs = append(r.Specs, s.Name)
		missing, unseen := s.Unseen[q.ID]
		ended = ended || s.ended && !unseen
		errored = errored || s.outcome == Errored
		var why *Skip
		switch {
		case s.outcome == Skipped || s.Skip != nil:
			why = b.skip(s)
		case unseen:
			why = &Skip{Code: SkipNoData, Reason: missing}
		}
		if why != nil && (skip == nil || skip.Code == SkipNotSelected && why.Code != SkipNotSelected) {
			skip = why
		}
	}
	var fails bool
	for _, g := range b.groups {
		if g.First.Requirement == q.ID {
			r.Signatures = append(r.Signatures, g.Signature)
			fails = fails || g.Fails
		}
	}
	slices.Sort(r.Signatures)
	r.Specs = slices.Compact(r.Specs)

	switch {
	case fails:
		r.Outcome = Failed
	case len(r.Signatures) > 0:
		r.Outcome = Warned
	case ended:
		r.Outcome = Passed
	case errored:
		r.Outcome = Errored
	default:
		r.Outcome = Skipped
		r.Skip = skip
		if o := b.m.Target.Outage; skip == nil && o != nil && !o.During() {
			r.Skip = &Skip{Code: SkipDown, Reason: o.Text}
		}
		r.Skip = cmp.Or(r.Skip, &Skip{Code: SkipNotSelected, Reason: b.notSelected(q)})
	}
	return r
}

// notSelected returns why no spec of a requirement is in the run.
func (b *builder) notSelected(q spec.Requirement) string {
	profile, err := packs.ProfileNamed(b.m.Settings.Profile)
	if err == nil {
		for _, name := range append([]string{q.ID}, q.Operations...) {
			if why := profile.Reason(name); why != "" {
				return "the profile " + profile.Name + " leaves it out: " + why
			}
		}
	}
	if b.m.Settings.LabelFilter != "" {
		return "the label filter leaves it out"
	}
	return "no spec of it is in this run"
}

// skip returns why a spec was skipped, even if the spec itself does not say.
func (b *builder) skip(s *record) *Skip {
	switch {
	case s.Skip != nil:
		why := *s.Skip
		return &why
	case s.State == StatePending:
		return &Skip{Code: SkipPending, Reason: "the spec is marked as pending"}
	case b.m.Interrupted:
		return &Skip{Code: SkipInterrupted, Reason: "the run was interrupted before this spec"}
	case s.Problem != "":
		return &Skip{Code: SkipUnexplained, Reason: s.Problem}
	}
	return &Skip{Code: SkipUnexplained, Reason: "the spec was skipped without a reason; report this as a fault of the suite"}
}

// problem returns why a spec could not finish, even if the spec itself does not say.
func problem(s SpecRecord) string {
	switch {
	case s.Problem != "":
		return s.Problem
	case s.State == StateFailed:
		return "the spec failed without a finding that fails the run; report this as a fault of the suite"
	case !slices.Contains([]string{StatePanicked, StateTimedout, StateInterrupted, StateAborted}, s.State):
		return fmt.Sprintf("the spec ended in a state that is not known: %q", s.State)
	}
	return s.State
}
