package baseline_test

import (
	"testing"

	"github.com/hostup/api-conformance/reporters/baseline"
	"github.com/hostup/api-conformance/reporters/internal/sample"
)

// TestBaselineOfRecordings: nor is an entry gone that other traffic does not show.
func TestBaselineOfRecordings(t *testing.T) {
	run := sample.Recorded()
	b := baseline.Apply(run, sample.Baseline(), sample.Day).Baseline
	if len(b.Problems) > 0 || len(b.Unjudged) != 1 {
		t.Errorf("problems %v, not judged %v", b.Problems, b.Unjudged)
	}
}
