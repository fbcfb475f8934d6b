package diff

import (
	"testing"

	"github.com/hostup/api-conformance/reporters/internal/sample"
)

// TestDiffRecordings: a finding may remain if other traffic does not show it.
func TestDiffRecordings(t *testing.T) {
	old, now := sample.Recorded(), sample.Recorded()
	now.Findings = nil
	d := Results(old, now)
	if len(d.Fixed) > 0 || len(d.Unknown) != len(old.Findings) {
		t.Errorf("%d fixed, %d not tested again, want all %d of the latter", len(d.Fixed), len(d.Unknown), len(old.Findings))
	}
}
