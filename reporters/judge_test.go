package reporters

import "testing"

// The verdict of merged parts follows the rules of Build.
func TestJudgeIsThatOfBuild(t *testing.T) {
	for _, specs := range [][]SpecRecord{
		nil,
		{rec("a", "passed", ids("A"))},
		{rec("a", "passed", ids("A", "B"))},
		{rec("a", "skipped", ids("A", "B"))},
		{rec("a", "panicked", ids("A", "B"))},
		{rec("a", "failed", ids("A", "B"), must("A", "x"))},
		{rec("a", "passed", ids("A", "B"), should("S", "x"))},
	} {
		for _, strict := range []bool{false, true} {
			run := Build(Material{Catalogue: required("A", "B", "S"), Settings: Settings{Strict: strict}, Specs: specs})
			if got := judge(run); got != run.Verdict {
				t.Errorf("%+v, strict %t: %s, Build says %s", specs, strict, got, run.Verdict)
			}
		}
	}
}
