package reporters

import "testing"

// TestDiffRecordings: what other traffic does not show may still be there.
func TestDiffRecordings(t *testing.T) {
	old, now := sampleRecorded(), sampleRecorded()
	now.Findings = nil
	d := Diff(old, now)
	if len(d.Fixed) > 0 || len(d.Unknown) != len(old.Findings) {
		t.Errorf("%d fixed, %d not tested again, want all %d of the latter", len(d.Fixed), len(d.Unknown), len(old.Findings))
	}
}
