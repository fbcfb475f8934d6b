package reporters_test

import (
	"testing"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/reporters/internal/sample"
	"github.com/hostup/api-conformance/spec"
)

// TestDown: a finding that fails the run has its own exit code; the loss of the target is
// no finding beside others.
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
