package reporters_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/reporters/internal/sample"
	"github.com/hostup/api-conformance/spec"
)

// TestDown: a finding that fails the run has its own exit code; the loss of the target is
// no finding beside others.
// A cause of the whole target names the operations that it was met at.
func TestOperationsOfTheWholeTarget(t *testing.T) {
	var m reporters.Material
	for i, operation := range []string{"GET /b", "GET /a", "GET /b"} {
		f := spec.Finding{Requirement: "A-1", Level: spec.Must, Operation: operation, Scope: spec.WholeTarget, Where: "status", Keyword: spec.KeywordSporadic, Exchange: fmt.Sprint("ex-", i)}
		m.Specs = append(m.Specs, reporters.SpecRecord{Name: fmt.Sprint("spec ", i), State: reporters.StateFailed, Findings: []spec.Finding{f}})
	}
	run := reporters.Build(m)
	if len(run.Findings) != 1 {
		t.Fatalf("%d causes", len(run.Findings))
	}
	if diff := cmp.Diff([]string{"GET /a", "GET /b"}, run.Findings[0].Operations); diff != "" {
		t.Errorf("operations (-want +got):\n%s", diff)
	}
	if run.Verdict != reporters.NonConformant || run.Down() {
		t.Errorf("verdict %s, down %v", run.Verdict, run.Down())
	}
	one := reporters.Build(reporters.Material{Specs: m.Specs[:1]})
	if list := one.Findings[0].Operations; list != nil {
		t.Errorf("one operation, which the place names: %v", list)
	}
}

func TestDown(t *testing.T) {
	key := spec.Finding{Requirement: "A-READ-001", Level: spec.Must, Where: "status", Keyword: "accepted"}
	gone := spec.Finding{Requirement: "A-READ-001", Level: spec.Must, Scope: spec.WholeTarget, Keyword: spec.KeywordGone}
	for name, tt := range map[string]struct {
		run     *reporters.Run
		down    bool
		verdict reporters.Verdict
	}{
		"down":              {sample.Down(reporters.OutageError), true, reporters.Partial},
		"a refused key":     {sample.Down(reporters.OutageKey, key), false, reporters.NonConformant},
		"gone":              {sample.Down(reporters.OutageGone, gone), true, reporters.Partial},
		"gone after others": {sample.Down(reporters.OutageGone, key, gone), false, reporters.NonConformant},
	} {
		if tt.run.Down() != tt.down || tt.run.Verdict != tt.verdict {
			t.Errorf("%s: down %t, %s; want %t, %s", name, tt.run.Down(), tt.run.Verdict, tt.down, tt.verdict)
		}
	}
}
