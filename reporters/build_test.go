package reporters

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/hostup/api-conformance/spec"
)

func TestBuildOutcomes(t *testing.T) {
	type outcomes map[string]Outcome
	tests := []struct {
		name         string
		catalogue    []spec.Requirement
		settings     Settings
		interrupted  bool
		specs        []SpecRecord
		specOutcomes outcomes
		requirements outcomes
		verdict      Verdict
	}{
		{
			name: "everything passes", catalogue: required("A", "S"),
			specs:        []SpecRecord{rec("a", "passed", ids("A", "S"))},
			specOutcomes: outcomes{"a": Passed}, requirements: outcomes{"A": Passed, "S": Passed}, verdict: Conformant,
		},
		{
			name: "a finding of its own fails a spec, whatever its state", catalogue: required("A"),
			specs:        []SpecRecord{rec("a", "failed", ids("A"), must("A", "x")), rec("b", "passed", ids("A"), must("A", "x"))},
			specOutcomes: outcomes{"a": Failed, "b": Failed}, requirements: outcomes{"A": Failed}, verdict: NonConformant,
		},
		{
			name: "a cause is charged to its owner, not to others that met it", catalogue: required("A", "B"),
			specs:        []SpecRecord{rec("a", "failed", ids("A"), must("A", "x")), rec("b", "failed", ids("B"), must("A", "x"))},
			specOutcomes: outcomes{"a": Failed, "b": Passed}, requirements: outcomes{"A": Failed, "B": Passed}, verdict: NonConformant,
		},
		{
			name: "an owner that did not meet the cause does not take it", catalogue: required("A", "B"),
			specs:        []SpecRecord{rec("a", "failed", ids("A"), must("A", "y")), rec("b", "failed", ids("B"), must("A", "x")), rec("c", "failed", ids("B"), must("A", "x"))},
			specOutcomes: outcomes{"a": Failed, "b": Failed, "c": Failed}, requirements: outcomes{"A": Failed, "B": Passed}, verdict: NonConformant,
		},
		{
			name: "an owner that could not finish does not take it", catalogue: required("A", "B"),
			specs:        []SpecRecord{rec("a", "panicked", ids("A"), must("A", "x")), rec("b", "failed", ids("B"), must("A", "x"))},
			specOutcomes: outcomes{"a": Errored, "b": Failed}, requirements: outcomes{"A": Failed, "B": Passed}, verdict: NonConformant,
		},
		{
			name: "a spec fails by one cause of its own among those of others", catalogue: required("A", "B"),
			specs:        []SpecRecord{rec("a", "failed", ids("A"), must("A", "x")), rec("b", "failed", ids("B"), must("A", "x"), must("B", "x"))},
			specOutcomes: outcomes{"a": Failed, "b": Failed}, requirements: outcomes{"A": Failed, "B": Failed}, verdict: NonConformant,
		},
		{
			name: "states of specs that could not finish", catalogue: required("A", "B", "C", "D", "E", "F"),
			specs: []SpecRecord{
				rec("a", "panicked", ids("A")), rec("b", "timedout", ids("B")), rec("c", "interrupted", ids("C")),
				rec("d", "aborted", ids("D")), rec("e", "failed", ids("E")), rec("f", "exploded", ids("F")),
			},
			specOutcomes: outcomes{"a": Errored, "b": Errored, "c": Errored, "d": Errored, "e": Errored, "f": Errored},
			requirements: outcomes{"A": Errored, "B": Errored, "C": Errored, "D": Errored, "E": Errored, "F": Errored}, verdict: NonConformant,
		},
		{
			name: "failed with nothing but a warning is not explained by it", catalogue: required("A", "S"),
			specs:        []SpecRecord{rec("a", "failed", ids("A"), should("S", "x"))},
			specOutcomes: outcomes{"a": Errored}, requirements: outcomes{"A": Errored, "S": Warned}, verdict: NonConformant,
		},
		{
			name: "a requirement that one spec tested and another could not", catalogue: required("A"),
			specs:        []SpecRecord{rec("a", "passed", ids("A")), rec("b", "timedout", ids("A"))},
			specOutcomes: outcomes{"a": Passed, "b": Errored}, requirements: outcomes{"A": Passed}, verdict: NonConformant,
		},
		{
			name: "a spec that saw nothing of one of its requirements tested the others", catalogue: required("A", "B", "S"),
			specs:        []SpecRecord{saw(rec("a", "passed", ids("A", "B", "S")), "B")},
			specOutcomes: outcomes{"a": Passed}, requirements: outcomes{"A": Passed, "B": Skipped, "S": Passed}, verdict: Partial,
		},
		{
			name: "what one spec did not see another did", catalogue: required("A", "B"),
			specs:        []SpecRecord{saw(rec("a", "passed", ids("A", "B")), "B"), rec("b", "passed", ids("B"))},
			specOutcomes: outcomes{"a": Passed, "b": Passed}, requirements: outcomes{"A": Passed, "B": Passed}, verdict: Conformant,
		},
		{
			name: "warnings go to the owner", catalogue: required("A", "S"),
			specs:        []SpecRecord{rec("a", "passed", ids("A"), should("S", "x")), rec("s", "passed", ids("S"), should("S", "x"))},
			specOutcomes: outcomes{"a": Passed, "s": Warned}, requirements: outcomes{"A": Passed, "S": Warned}, verdict: Conformant,
		},
		{
			name: "or to all without one", catalogue: required("A", "S"),
			specs:        []SpecRecord{rec("a", "passed", ids("A"), should("S", "x")), rec("b", "passed", ids("A"))},
			specOutcomes: outcomes{"a": Warned, "b": Passed}, requirements: outcomes{"A": Passed, "S": Warned}, verdict: Conformant,
		},
		{
			name: "in a strict run they fail", catalogue: required("A", "S"), settings: Settings{Strict: true},
			specs:        []SpecRecord{rec("a", "passed", ids("A"), should("S", "x")), rec("s", "passed", ids("S"), should("S", "x"))},
			specOutcomes: outcomes{"a": Passed, "s": Failed}, requirements: outcomes{"A": Passed, "S": Failed}, verdict: NonConformant,
		},
		{
			name: "a skipped MUST makes it partial", catalogue: required("A", "B"),
			specs:        []SpecRecord{rec("a", "passed", ids("A")), rec("b", "skipped", ids("B"))},
			specOutcomes: outcomes{"a": Passed, "b": Skipped}, requirements: outcomes{"A": Passed, "B": Skipped}, verdict: Partial,
		},
		{
			name: "a skipped SHOULD does not", catalogue: required("A", "S"),
			specs:        []SpecRecord{rec("a", "passed", ids("A")), rec("s", "pending", ids("S"))},
			specOutcomes: outcomes{"a": Passed, "s": Skipped}, requirements: outcomes{"A": Passed, "S": Skipped}, verdict: Conformant,
		},
		{
			name: "nor a MUST that another spec tested", catalogue: required("A"),
			specs:        []SpecRecord{rec("a", "passed", ids("A")), rec("b", "skipped", ids("A"))},
			specOutcomes: outcomes{"a": Passed, "b": Skipped}, requirements: outcomes{"A": Passed}, verdict: Conformant,
		},
		{
			name: "a MUST without a spec makes it partial", catalogue: required("A", "B"),
			specs:        []SpecRecord{rec("a", "passed", ids("A"))},
			specOutcomes: outcomes{"a": Passed}, requirements: outcomes{"A": Passed, "B": Skipped}, verdict: Partial,
		},
		{
			name: "but not if a label filter left it out", catalogue: required("A", "B"), settings: Settings{LabelFilter: "a"},
			specs:        []SpecRecord{rec("a", "passed", ids("A"))},
			specOutcomes: outcomes{"a": Passed}, requirements: outcomes{"A": Passed, "B": Skipped}, verdict: Conformant,
		},
		{
			name: "a cause met before a skip still fails", catalogue: required("A", "B"),
			specs:        []SpecRecord{rec("a", "passed", ids("A")), rec("b", "skipped", ids("B"), must("C", "x"))},
			specOutcomes: outcomes{"a": Passed, "b": Failed}, requirements: outcomes{"A": Passed, "B": Skipped}, verdict: NonConformant,
		},
		{
			name: "a warning met before a skip leaves it skipped", catalogue: required("A", "S"),
			specs:        []SpecRecord{rec("a", "passed", ids("A")), rec("b", "skipped", ids("A"), should("S", "x"))},
			specOutcomes: outcomes{"a": Passed, "b": Skipped}, requirements: outcomes{"A": Passed, "S": Warned}, verdict: Conformant,
		},
		{
			name: "an interrupted run is partial", catalogue: required("A"), interrupted: true,
			specs:        []SpecRecord{rec("a", "passed", ids("A"))},
			specOutcomes: outcomes{"a": Passed}, requirements: outcomes{"A": Passed}, verdict: Partial,
		},
		{
			name: "a run of nothing is partial", settings: Settings{LabelFilter: "typo"}, catalogue: required("A"),
			requirements: outcomes{"A": Skipped}, verdict: Partial,
		},
		{
			name: "a finding without a level is taken for MUST", catalogue: required("A"),
			specs:        []SpecRecord{rec("a", "passed", ids("A"), spec.Finding{Requirement: "A"})},
			specOutcomes: outcomes{"a": Failed}, requirements: outcomes{"A": Failed}, verdict: NonConformant,
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			run := Build(Material{Settings: tt.settings, Interrupted: tt.interrupted, Catalogue: tt.catalogue, Specs: tt.specs})
			var specs, requirements outcomes
			for _, s := range run.Specs {
				if specs == nil {
					specs = outcomes{}
				}
				specs[s.Name] = s.Outcome
				if (s.Skip != nil) != (s.Outcome == Skipped) || (s.Problem != "") != (s.Outcome == Errored) {
					t.Errorf("spec %s is %s with skip %v and problem %q", s.Name, s.Outcome, s.Skip, s.Problem)
				}
			}
			for _, q := range run.Requirements {
				if requirements == nil {
					requirements = outcomes{}
				}
				requirements[q.ID] = q.Outcome
				if (q.Skip != nil) != (q.Outcome == Skipped) {
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
	skip := func(name, code string) SpecRecord {
		r := rec(name, "skipped", ids("A"))
		r.Skip = &Skip{Code: code, Reason: "because " + name}
		return r
	}
	said := rec("a", "skipped", ids("A"))
	said.Problem = "no reason in form"
	tests := []struct {
		name        string
		interrupted bool
		specs       []SpecRecord
		want        Skip
	}{
		{"first by name", false, []SpecRecord{skip("b", SkipSafety), skip("a", SkipNoData)}, Skip{SkipNoData, "because a"}},
		{"one that says more than not selected", false, []SpecRecord{skip("a", SkipNotSelected), skip("b", SkipSafety), skip("c", SkipNoData)}, Skip{SkipSafety, "because b"}},
		{"not selected", false, []SpecRecord{skip("b", SkipNotSelected), skip("a", SkipNotSelected)}, Skip{SkipNotSelected, "because a"}},
		{"no spec", false, nil, Skip{SkipNotSelected, "no spec of it is in this run"}},
		{"pending", false, []SpecRecord{rec("a", "pending", ids("A"))}, Skip{SkipPending, "the spec is marked as pending"}},
		{"interrupted", true, []SpecRecord{rec("a", "skipped", ids("A"))}, Skip{SkipInterrupted, "the run was interrupted before this spec"}},
		{"problem", false, []SpecRecord{said}, Skip{SkipUnexplained, "no reason in form"}},
		{"nothing", false, []SpecRecord{rec("a", "skipped", ids("A"))}, Skip{SkipUnexplained, "the spec was skipped without a reason; report this as a fault of the suite"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			run := Build(Material{Catalogue: required("A"), Interrupted: tt.interrupted, Specs: tt.specs})
			if diff := cmp.Diff(&tt.want, run.Requirements[0].Skip); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
