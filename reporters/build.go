package reporters

import (
	"slices"

	"github.com/hostup/api-conformance/reporters/internal/lists"
	"github.com/hostup/api-conformance/spec"
)

// Build makes a Run from the material of a run. The order of the material does not
// matter, and it is not modified. The rules:
//
// Findings with the same [spec.Finding.Signature] are one group, one cause. A group fails
// the run if its level is MUST, or if the run is strict.
//
// A spec owns the requirements that it tests. A cause is charged to the specs that met it
// and own its requirement, so that it is reported once, there, and not again by every
// spec that happened to see it; if there is no such spec, it is charged to every spec
// that met it. A spec that could not finish is charged with nothing. Every spec lists the
// signatures that it met, charged or not.
//
// A spec is
//
//   - Errored if it panicked, timed out, was interrupted or aborted, or failed although
//     no cause that it met fails the run: then something other than the contract made it
//     fail, and Problem says what;
//   - else Failed if a cause that fails the run is charged to it, even if it was skipped
//     afterwards;
//   - else Skipped if it was skipped or is pending;
//   - else Warned if any other cause is charged to it;
//   - else Passed.
//
// A requirement is
//
//   - Failed if a cause that fails the run names it, and Warned if another does;
//   - else Passed if one of its specs ran to its end, that is, passed or failed only
//     because of causes, and exercised the requirement;
//   - else Errored if one of its specs is;
//   - else Skipped, for the first reason, in the order of spec names, other than
//     "not-selected", or for that if there is no other.
//
// The verdict is
//
//   - Partial if the target was down: see [Run.Down];
//   - else NonConformant if a cause fails the run or a spec is Errored;
//   - else Partial if the run was interrupted, if no spec ran to its end, if a selected
//     spec was left, see [Run.Left], or if [Run.Untested] lists a requirement;
//   - else Conformant.
//
// A group counts its findings, the distinct exchanges that show it and the exchanges of
// its operation in the whole run. It keeps at most three recorded exchanges as examples,
// and the Run keeps only exchanges that some group keeps, each once.
func Build(m Material) *Run {
	b := newBuilder(m)
	run := &Run{
		Schema:   SchemaVersion,
		Suite:    m.Suite,
		Document: m.Document,
		Target:   m.Target,
		Settings: m.Settings,
		Started:  m.Started.UTC().Round(0), // without the monotonic clock, which no file can store
		Duration: m.Duration,

		Interrupted:  m.Interrupted,
		Notices:      lists.Distinct(m.Notices),
		Specs:        b.specResults(),
		Requirements: b.requirementResults(),
		Findings:     b.findingGroups(),
		Exchanges:    b.exchanges(),
		Traffic:      b.traffic(),
		Coverage:     b.coverage(),
		Problems:     m.Problems,
		Drift:        b.drift(),
		Created:      b.created(),
	}
	run.Verdict = b.verdict(run)
	return run
}

// Untested returns the MUST requirements that the run promised to test and did not: those
// that are Skipped, except if a label filter or profile excludes them.
func (r *Run) Untested() []RequirementResult {
	var out []RequirementResult
	for _, q := range r.Requirements {
		chosen := r.Settings.LabelFilter == "" && r.Settings.Profile == "" || q.Skip == nil || q.Skip.Code != SkipNotSelected
		if q.Level == spec.Must && q.Outcome == Skipped && chosen {
			out = append(out, q)
		}
	}
	return out
}

func (b *builder) verdict(run *Run) Verdict {
	ran := false
	if run.Down() {
		return Partial
	}
	for i := range b.specs {
		if b.specs[i].outcome == Errored {
			return NonConformant
		}
		ran = ran || b.specs[i].ended
	}
	switch {
	case slices.ContainsFunc(run.Findings, func(g FindingGroup) bool { return g.Fails }):
		return NonConformant
	case run.Interrupted, !ran, len(run.Left()) > 0, len(run.Untested()) > 0:
		return Partial
	}
	return Conformant
}

// specResults returns the specs, sorted by name.
func (b *builder) specResults() []SpecResult {
	level := map[string]spec.Level{}
	for _, q := range b.m.Catalogue {
		level[q.ID] = q.Level
	}
	results := make([]SpecResult, 0, len(b.specs))
	for _, s := range b.specs {
		r := SpecResult{
			Name:         s.Name,
			Area:         s.Area,
			Requirements: lists.Sorted(s.Requirements),
			Level:        spec.Should,
			Operation:    s.Operation,
			Outcome:      s.outcome,
			Duration:     s.Duration,
			Signatures:   s.signatures(),
		}
		// A requirement that the catalogue lacks counts as MUST.
		strict := func(id string) bool { return level[id] != spec.Should }
		if len(r.Requirements) == 0 || slices.ContainsFunc(r.Requirements, strict) {
			r.Level = spec.Must
		}
		for _, t := range s.Tally {
			r.Exchanges += t.Exchanges
		}
		switch s.outcome {
		case Skipped:
			r.Skip = b.skip(s)
		case Errored:
			r.Problem = problem(s.SpecRecord)
		}
		results = append(results, r)
	}
	return results
}
