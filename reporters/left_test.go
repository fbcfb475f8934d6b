package reporters_test

import (
	"testing"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/reporters/internal/sample"
)

// TestLeft: a spec that could not finish keeps a run from being conformant, even if
// others test its requirement; a spec that was skipped for another reason does not.
func TestLeft(t *testing.T) {
	for code, want := range map[string]reporters.Verdict{
		reporters.SkipUnfinished: reporters.Partial,
		reporters.SkipDown:       reporters.Partial,
		reporters.SkipSafety:     reporters.Conformant,
		reporters.SkipNoData:     reporters.Conformant,
	} {
		left := sample.Record("b", "skipped", sample.IDs("A"))
		left.Skip = &reporters.Skip{Code: code, Reason: "process 2 of 3 was killed"}
		run := reporters.Build(reporters.Material{Catalogue: sample.Required("A"), Specs: []reporters.SpecRecord{sample.Record("a", "passed", sample.IDs("A")), left}})
		if run.Verdict != want || reporters.Judge(run) != want {
			t.Errorf("%s: %s, and of the parts %s, want %s", code, run.Verdict, reporters.Judge(run), want)
		}
		if got := len(run.Left()); got != map[reporters.Verdict]int{reporters.Partial: 1}[want] {
			t.Errorf("%s: %d left", code, got)
		}
	}
}
