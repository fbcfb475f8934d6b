package junit

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/reporters/internal/sample"
)

// TestBuildShowsEveryFailingCause: for any material, a cause that fails the run fails
// some spec, and JUnit shows a failure.
func TestBuildShowsEveryFailingCause(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	states := []string{"passed", "failed", "skipped", "pending", "panicked", "timedout"}
	names := sample.IDs("A", "B", "S")
	for range 2000 {
		m := reporters.Material{Catalogue: sample.Required(names...), Settings: reporters.Settings{Strict: rng.IntN(2) == 0}}
		for i := range 1 + rng.IntN(4) {
			r := sample.Record(fmt.Sprint(i), states[rng.IntN(len(states))], sample.IDs(names[rng.IntN(3)]))
			for range rng.IntN(3) {
				f := sample.Must(names[rng.IntN(2)], "x")
				if rng.IntN(2) == 0 {
					f = sample.Should("S", "x")
				}
				r.Findings = append(r.Findings, f)
			}
			m.Specs = append(m.Specs, r)
		}
		run := reporters.Build(m)
		got, text := junitOf(t, run)
		if red := got.Failures+got.Errors > 0; run.Verdict == reporters.NonConformant && !red || run.Verdict == reporters.Conformant && red {
			t.Fatalf("verdict %s, JUnit red: %v\n%s", run.Verdict, red, text)
		}
		if got.Tests != len(run.Specs) && run.TestedAny() && run.TooLittle() == "" {
			t.Fatalf("a cause is charged to no spec:\n%s", text)
		}
	}
}
