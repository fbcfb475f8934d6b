package run

import (
	"slices"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/spec"
)

// tellDone reports the results of a spec that has ended.
func (o Options) tellDone(rec reporters.SpecRecord, fails func(f spec.Finding) bool) {
	if o.OnDone == nil {
		return
	}
	for _, part := range parts(rec, fails) {
		o.OnDone(part.Name, o.rough(part, fails))
	}
}

// rough returns the outcome as far as the spec alone decides it. One that only met a
// violation of a rule that others test has not failed, as in the final result, unless none
// of these meets it.
func (o Options) rough(r reporters.SpecRecord, fails func(f spec.Finding) bool) reporters.Outcome {
	switch r.State {
	case reporters.StatePassed:
		if len(r.Findings) > 0 {
			return reporters.Warned
		}
		return reporters.Passed
	case reporters.StateFailed:
		owned := func(f spec.Finding) bool {
			return fails(f) && slices.Contains(r.Requirements, f.Requirement) && (o.Known == nil || !o.Known(f.Signature()))
		}
		switch {
		case slices.ContainsFunc(r.Findings, owned):
			return reporters.Failed
		case slices.ContainsFunc(r.Findings, fails):
			return reporters.Warned
		}
		return reporters.Errored
	case reporters.StateSkipped, reporters.StatePending:
		return reporters.Skipped
	}
	return reporters.Errored
}
