package baseline_test

import (
	"testing"

	"github.com/hostup/api-conformance/reporters/baseline"
	"github.com/hostup/api-conformance/reporters/internal/sample"
)

// TestBaselineOfRecordings: an entry is not gone because other traffic does not show it.
func TestBaselineOfRecordings(t *testing.T) {
	run := sample.Recorded()
	b := baseline.Apply(run, sample.Baseline(), sample.Day).Baseline
	if len(b.Problems) > 0 || len(b.Unjudged) != 1 {
		t.Errorf("problems %v, not judged %v", b.Problems, b.Unjudged)
	}
}
