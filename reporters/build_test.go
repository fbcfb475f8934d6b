package reporters_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/reporters/internal/sample"
	"github.com/hostup/api-conformance/spec"
)

func TestBuildOutcomes(t *testing.T) {
	type outcomes map[string]reporters.Outcome
	tests := []struct {
		name         string
		catalogue    []spec.Requirement
		settings     reporters.Settings
		interrupted  bool
		specs        []reporters.SpecRecord
		specOutcomes outcomes
		requirements outcomes
		verdict      reporters.Verdict
	}{
		{
			name: "everything passes", catalogue: sample.Required("A", "S"),
			specs:        []reporters.SpecRecord{sample.Record("a", "passed", sample.IDs("A", "S"))},
			specOutcomes: outcomes{"a": reporters.Passed}, requirements: outcomes{"A": reporters.Passed, "S": reporters.Passed}, verdict: reporters.Conformant,
		},
		{
			name: "a finding of its own fails a spec, whatever its state", catalogue: sample.Required("A"),
			specs:        []reporters.SpecRecord{sample.Record("a", "failed", sample.IDs("A"), sample.Must("A", "x")), sample.Record("b", "passed", sample.IDs("A"), sample.Must("A", "x"))},
			specOutcomes: outcomes{"a": reporters.Failed, "b": reporters.Failed}, requirements: outcomes{"A": reporters.Failed}, verdict: reporters.NonConformant,
		},
		{
			name: "a cause is charged to its owner, not to others that met it", catalogue: sample.Required("A", "B"),
			specs:        []reporters.SpecRecord{sample.Record("a", "failed", sample.IDs("A"), sample.Must("A", "x")), sample.Record("b", "failed", sample.IDs("B"), sample.Must("A", "x"))},
			specOutcomes: outcomes{"a": reporters.Failed, "b": reporters.Passed}, requirements: outcomes{"A": reporters.Failed, "B": reporters.Passed}, verdict: reporters.NonConformant,
		},
		{
			name: "an owner that did not meet the cause does not take it", catalogue: sample.Required("A", "B"),
			specs:        []reporters.SpecRecord{sample.Record("a", "failed", sample.IDs("A"), sample.Must("A", "y")), sample.Record("b", "failed", sample.IDs("B"), sample.Must("A", "x")), sample.Record("c", "failed", sample.IDs("B"), sample.Must("A", "x"))},
			specOutcomes: outcomes{"a": reporters.Failed, "b": reporters.Failed, "c": reporters.Failed}, requirements: outcomes{"A": reporters.Failed, "B": reporters.Passed}, verdict: reporters.NonConformant,
		},
		{
			name: "an owner that could not finish does not take it", catalogue: sample.Required("A", "B"),
			specs:        []reporters.SpecRecord{sample.Record("a", "panicked", sample.IDs("A"), sample.Must("A", "x")), sample.Record("b", "failed", sample.IDs("B"), sample.Must("A", "x"))},
			specOutcomes: outcomes{"a": reporters.Errored, "b": reporters.Failed}, requirements: outcomes{"A": reporters.Failed, "B": reporters.Passed}, verdict: reporters.NonConformant,
		},
		{
			name: "a spec fails by one cause of its own among those of others", catalogue: sample.Required("A", "B"),
			specs:        []reporters.SpecRecord{sample.Record("a", "failed", sample.IDs("A"), sample.Must("A", "x")), sample.Record("b", "failed", sample.IDs("B"), sample.Must("A", "x"), sample.Must("B", "x"))},
			specOutcomes: outcomes{"a": reporters.Failed, "b": reporters.Failed}, requirements: outcomes{"A": reporters.Failed, "B": reporters.Failed}, verdict: reporters.NonConformant,
		},
		{
			name: "states of specs that could not finish", catalogue: sample.Required("A", "B", "C", "D", "E", "F"),
			specs: []reporters.SpecRecord{
				sample.Record("a", "panicked", sample.IDs("A")), sample.Record("b", "timedout", sample.IDs("B")), sample.Record("c", "interrupted", sample.IDs("C")),
				sample.Record("d", "aborted", sample.IDs("D")), sample.Record("e", "failed", sample.IDs("E")), sample.Record("f", "exploded", sample.IDs("F")),
			},
			specOutcomes: outcomes{"a": reporters.Errored, "b": reporters.Errored, "c": reporters.Errored, "d": reporters.Errored, "e": reporters.Errored, "f": reporters.Errored},
			requirements: outcomes{"A": reporters.Errored, "B": reporters.Errored, "C": reporters.Errored, "D": reporters.Errored, "E": reporters.Errored, "F": reporters.Errored}, verdict: reporters.NonConformant,
		},
		{
			name: "failed with nothing but a warning is not explained by it", catalogue: sample.Required("A", "S"),
			specs:        []reporters.SpecRecord{sample.Record("a", "failed", sample.IDs("A"), sample.Should("S", "x"))},
			specOutcomes: outcomes{"a": reporters.Errored}, requirements: outcomes{"A": reporters.Errored, "S": reporters.Warned}, verdict: reporters.NonConformant,
		},
		{
			name: "a requirement that one spec tested and another could not", catalogue: sample.Required("A"),
			specs:        []reporters.SpecRecord{sample.Record("a", "passed", sample.IDs("A")), sample.Record("b", "timedout", sample.IDs("A"))},
			specOutcomes: outcomes{"a": reporters.Passed, "b": reporters.Errored}, requirements: outcomes{"A": reporters.Passed}, verdict: reporters.NonConformant,
		},
		{
			name: "a spec that saw nothing of one of its requirements tested the others", catalogue: sample.Required("A", "B", "S"),
			specs:        []reporters.SpecRecord{saw(sample.Record("a", "passed", sample.IDs("A", "B", "S")), "B")},
			specOutcomes: outcomes{"a": reporters.Passed}, requirements: outcomes{"A": reporters.Passed, "B": reporters.Skipped, "S": reporters.Passed}, verdict: reporters.Partial,
		},
		{
			name: "what one spec did not see another did", catalogue: sample.Required("A", "B"),
			specs:        []reporters.SpecRecord{saw(sample.Record("a", "passed", sample.IDs("A", "B")), "B"), sample.Record("b", "passed", sample.IDs("B"))},
			specOutcomes: outcomes{"a": reporters.Passed, "b": reporters.Passed}, requirements: outcomes{"A": reporters.Passed, "B": reporters.Passed}, verdict: reporters.Conformant,
		},
		{
			name: "warnings go to the owner", catalogue: sample.Required("A", "S"),
			specs:        []reporters.SpecRecord{sample.Record("a", "passed", sample.IDs("A"), sample.Should("S", "x")), sample.Record("s", "passed", sample.IDs("S"), sample.Should("S", "x"))},
			specOutcomes: outcomes{"a": reporters.Passed, "s": reporters.Warned}, requirements: outcomes{"A": reporters.Passed, "S": reporters.Warned}, verdict: reporters.Conformant,
		},
		{
			name: "or to all without one", catalogue: sample.Required("A", "S"),
			specs:        []reporters.SpecRecord{sample.Record("a", "passed", sample.IDs("A"), sample.Should("S", "x")), sample.Record("b", "passed", sample.IDs("A"))},
			specOutcomes: outcomes{"a": reporters.Warned, "b": reporters.Passed}, requirements: outcomes{"A": reporters.Passed, "S": reporters.Warned}, verdict: reporters.Conformant,
		},
		{
			name: "in a strict run they fail", catalogue: sample.Required("A", "S"), settings: reporters.Settings{Strict: true},
			specs:        []reporters.SpecRecord{sample.Record("a", "passed", sample.IDs("A"), sample.Should("S", "x")), sample.Record("s", "passed", sample.IDs("S"), sample.Should("S", "x"))},
			specOutcomes: outcomes{"a": reporters.Passed, "s": reporters.Failed}, requirements: outcomes{"A": reporters.Passed, "S": reporters.Failed}, verdict: reporters.NonConformant,
		},
		{
			name: "a skipped MUST makes it partial", catalogue: sample.Required("A", "B"),
			specs:        []reporters.SpecRecord{sample.Record("a", "passed", sample.IDs("A")), sample.Record("b", "skipped", sample.IDs("B"))},
			specOutcomes: outcomes{"a": reporters.Passed, "b": reporters.Skipped}, requirements: outcomes{"A": reporters.Passed, "B": reporters.Skipped}, verdict: reporters.Partial,
		},
		{
			name: "a skipped SHOULD does not", catalogue: sample.Required("A", "S"),
			specs:        []reporters.SpecRecord{sample.Record("a", "passed", sample.IDs("A")), sample.Record("s", "pending", sample.IDs("S"))},
			specOutcomes: outcomes{"a": reporters.Passed, "s": reporters.Skipped}, requirements: outcomes{"A": reporters.Passed, "S": reporters.Skipped}, verdict: reporters.Conformant,
		},
		{
			name: "nor a MUST that another spec tested", catalogue: sample.Required("A"),
			specs:        []reporters.SpecRecord{sample.Record("a", "passed", sample.IDs("A")), sample.Record("b", "skipped", sample.IDs("A"))},
			specOutcomes: outcomes{"a": reporters.Passed, "b": reporters.Skipped}, requirements: outcomes{"A": reporters.Passed}, verdict: reporters.Conformant,
		},
		{
			name: "a MUST without a spec makes it partial", catalogue: sample.Required("A", "B"),
			specs:        []reporters.SpecRecord{sample.Record("a", "passed", sample.IDs("A"))},
			specOutcomes: outcomes{"a": reporters.Passed}, requirements: outcomes{"A": reporters.Passed, "B": reporters.Skipped}, verdict: reporters.Partial,
		},
		{
			name: "but not if a label filter left it out", catalogue: sample.Required("A", "B"), settings: reporters.Settings{LabelFilter: "a"},
			specs:        []reporters.SpecRecord{sample.Record("a", "passed", sample.IDs("A"))},
			specOutcomes: outcomes{"a": reporters.Passed}, requirements: outcomes{"A": reporters.Passed, "B": reporters.Skipped}, verdict: reporters.Conformant,
		},
		{
			name: "a cause met before a skip still fails", catalogue: sample.Required("A", "B"),
			specs:        []reporters.SpecRecord{sample.Record("a", "passed", sample.IDs("A")), sample.Record("b", "skipped", sample.IDs("B"), sample.Must("C", "x"))},
			specOutcomes: outcomes{"a": reporters.Passed, "b": reporters.Failed}, requirements: outcomes{"A": reporters.Passed, "B": reporters.Skipped}, verdict: reporters.NonConformant,
		},
		{
			name: "a warning met before a skip leaves it skipped", catalogue: sample.Required("A", "S"),
			specs:        []reporters.SpecRecord{sample.Record("a", "passed", sample.IDs("A")), sample.Record("b", "skipped", sample.IDs("A"), sample.Should("S", "x"))},
			specOutcomes: outcomes{"a": reporters.Passed, "b": reporters.Skipped}, requirements: outcomes{"A": reporters.Passed, "S": reporters.Warned}, verdict: reporters.Conformant,
		},
		{
			name: "an interrupted run is partial", catalogue: sample.Required("A"), interrupted: true,
			specs:        []reporters.SpecRecord{sample.Record("a", "passed", sample.IDs("A"))},
			specOutcomes: outcomes{"a": reporters.Passed}, requirements: outcomes{"A": reporters.Passed}, verdict: reporters.Partial,
		},
		{
			name: "a run of nothing is partial", settings: reporters.Settings{LabelFilter: "typo"}, catalogue: sample.Required("A"),
			requirements: outcomes{"A": reporters.Skipped}, verdict: reporters.Partial,
		},
		{
			name: "a finding without a level is taken for MUST", catalogue: sample.Required("A"),
			specs:        []reporters.SpecRecord{sample.Record("a", "passed", sample.IDs("A"), spec.Finding{Requirement: "A"})},
			specOutcomes: outcomes{"a": reporters.Failed}, requirements: outcomes{"A": reporters.Failed}, verdict: reporters.NonConformant,
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			run := reporters.Build(reporters.Material{Settings: tt.settings, Interrupted: tt.interrupted, Catalogue: tt.catalogue, Specs: tt.specs})
			var specs, requirements outcomes
			for _, s := range run.Specs {
				if specs == nil {
					specs = outcomes{}
				}
				specs[s.Name] = s.Outcome
				if (s.Skip != nil) != (s.Outcome == reporters.Skipped) || (s.Problem != "") != (s.Outcome == reporters.Errored) {
					t.Errorf("spec %s is %s with skip %v and problem %q", s.Name, s.Outcome, s.Skip, s.Problem)
				}
			}
			for _, q := range run.Requirements {
				if requirements == nil {
					requirements = outcomes{}
				}
				requirements[q.ID] = q.Outcome
				if (q.Skip != nil) != (q.Outcome == reporters.Skipped) {
					t.Errorf("requirement %s is %s with skip %v", q.ID, q.Outcome, q.Skip)
				}
			}
			if diff := cmp.Diff(tt.specOutcomes, specs); diff != "" {
				t.Errorf("specs (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tt.requirements, requirements); diff != "" {
				t.Errorf("requirements (-want +got):\n%s", diff)
			}
			if run.Verdict != tt.verdict {
				t.Errorf("verdict %s, want %s", run.Verdict, tt.verdict)
			}
		})
	}
}

func TestBuildSkipReasons(t *testing.T) {
	skip := func(name, code string) reporters.SpecRecord {
		r := sample.Record(name, "skipped", sample.IDs("A"))
		r.Skip = &reporters.Skip{Code: code, Reason: "because " + name}
		return r
	}
	said := sample.Record("a", "skipped", sample.IDs("A"))
	said.Problem = "no reason in form"
	tests := []struct {
		name        string
		interrupted bool
		specs       []reporters.SpecRecord
		want        reporters.Skip
	}{
		{"first by name", false, []reporters.SpecRecord{skip("b", reporters.SkipSafety), skip("a", reporters.SkipNoData)}, reporters.Skip{Code: reporters.SkipNoData, Reason: "because a"}},
		{"one that says more than not selected", false, []reporters.SpecRecord{skip("a", reporters.SkipNotSelected), skip("b", reporters.SkipSafety), skip("c", reporters.SkipNoData)}, reporters.Skip{Code: reporters.SkipSafety, Reason: "because b"}},
		{"not selected", false, []reporters.SpecRecord{skip("b", reporters.SkipNotSelected), skip("a", reporters.SkipNotSelected)}, reporters.Skip{Code: reporters.SkipNotSelected, Reason: "because a"}},
		{"no spec", false, nil, reporters.Skip{Code: reporters.SkipNotSelected, Reason: "no spec of it is in this run"}},
		{"pending", false, []reporters.SpecRecord{sample.Record("a", "pending", sample.IDs("A"))}, reporters.Skip{Code: reporters.SkipPending, Reason: "the spec is marked as pending"}},
		{"interrupted", true, []reporters.SpecRecord{sample.Record("a", "skipped", sample.IDs("A"))}, reporters.Skip{Code: reporters.SkipInterrupted, Reason: "the run was interrupted before this spec"}},
		{"problem", false, []reporters.SpecRecord{said}, reporters.Skip{Code: reporters.SkipUnexplained, Reason: "no reason in form"}},
		{"nothing", false, []reporters.SpecRecord{sample.Record("a", "skipped", sample.IDs("A"))}, reporters.Skip{Code: reporters.SkipUnexplained, Reason: "the spec was skipped without a reason; report this as a fault of the suite"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			run := reporters.Build(reporters.Material{Catalogue: sample.Required("A"), Interrupted: tt.interrupted, Specs: tt.specs})
			if diff := cmp.Diff(&tt.want, run.Requirements[0].Skip); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
