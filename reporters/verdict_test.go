package reporters_test

import (
	"testing"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/reporters/internal/sample"
)

// The verdict of merged results follows the rules of Build.
func TestJudgeIsThatOfBuild(t *testing.T) {
	for _, specs := range [][]reporters.SpecRecord{
		nil,
		{sample.Record("a", "passed", sample.IDs("A"))},
		{sample.Record("a", "passed", sample.IDs("A", "B"))},
		{sample.Record("a", "skipped", sample.IDs("A", "B"))},
		{sample.Record("a", "panicked", sample.IDs("A", "B"))},
		{sample.Record("a", "failed", sample.IDs("A", "B"), sample.Must("A", "x"))},
		{sample.Record("a", "passed", sample.IDs("A", "B"), sample.Should("S", "x"))},
	} {
		for _, strict := range []bool{false, true} {
			run := reporters.Build(reporters.Material{Catalogue: sample.Required("A", "B", "S"), Settings: reporters.Settings{Strict: strict}, Specs: specs})
			if got := reporters.Judge(run); got != run.Verdict {
				t.Errorf("%+v, strict %t: %s, Build says %s", specs, strict, got, run.Verdict)
			}
		}
	}
}
