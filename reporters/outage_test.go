package reporters

import (
	"testing"

	"github.com/hostup/api-conformance/spec"
)

// TestDown: a finding that fails the run is told by its own exit code; that the target
// went away is none besides others.
func TestDown(t *testing.T) {
	key := spec.Finding{Requirement: "A-READ-001", Level: spec.Must, Where: "status", Keyword: "accepted"}
	gone := spec.Finding{Requirement: "A-READ-001", Level: spec.Must, Scope: spec.WholeTarget, Keyword: spec.KeywordGone}
	for name, tt := range map[string]struct {
		run     *Run
		down    bool
		verdict Verdict
	}{
		"down":              {outageRun(OutageError), true, Partial},
		"a refused key":     {outageRun(OutageKey, key), false, NonConformant},
		"gone":              {outageRun(OutageGone, gone), true, Partial},
		"gone after others": {outageRun(OutageGone, key, gone), false, NonConformant},
	} {
		if tt.run.Down() != tt.down || tt.run.Verdict != tt.verdict {
			t.Errorf("%s: down %t, %s; want %t, %s", name, tt.run.Down(), tt.run.Verdict, tt.down, tt.verdict)
		}
	}
}
