package reporters

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

// TestBuildShowsEveryFailingCause: whatever the material, a cause that fails the
// run makes some spec red, and JUnit is red.
func TestBuildShowsEveryFailingCause(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	states := []string{"passed", "failed", "skipped", "pending", "panicked", "timedout"}
	names := ids("A", "B", "S")
	for range 2000 {
		m := Material{Catalogue: required(names...), Settings: Settings{Strict: rng.IntN(2) == 0}}
		for i := range 1 + rng.IntN(4) {
			r := rec(fmt.Sprint(i), states[rng.IntN(len(states))], ids(names[rng.IntN(3)]))
			for range rng.IntN(3) {
				f := must(names[rng.IntN(2)], "x")
				if rng.IntN(2) == 0 {
					f = should("S", "x")
				}
				r.Findings = append(r.Findings, f)
			}
			m.Specs = append(m.Specs, r)
		}
		run := Build(m)
		got, text := junitOf(t, run)
		if red := got.Failures+got.Errors > 0; run.Verdict == NonConformant && !red || run.Verdict == Conformant && red {
			t.Fatalf("verdict %s, JUnit red: %v\n%s", run.Verdict, red, text)
		}
		if got.Tests != len(run.Specs) && run.testedAny() {
			t.Fatalf("a cause is charged to no spec:\n%s", text)
		}
	}
}
