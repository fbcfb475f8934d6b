package reporters

import "testing"

// TestBaselineOfRecordings: nor is an entry gone that other traffic does not show.
func TestBaselineOfRecordings(t *testing.T) {
	run := sampleRecorded()
	b := Apply(run, sampleBaseline(), sampleDay).Baseline
	if len(b.Problems) > 0 || len(b.Unjudged) != 1 {
		t.Errorf("problems %v, not judged %v", b.Problems, b.Unjudged)
	}
}
