package reporters

import "testing"

// TestJUnitOfTheCoverageGate: a run that observed less than it was told to has one
// failing testcase, of its own.
func TestJUnitOfTheCoverageGate(t *testing.T) {
	run := Build(Material{Catalogue: required("A"), Specs: []SpecRecord{rec("a", "passed", ids("A"))}})
	run.Coverage = sampleCoverage()
	run.Settings.MinCoverage = 90
	if got, _ := junitOf(t, run); got.Failures != 1 || got.Suites[0].Cases[1].Failure.Type != "min-coverage" {
		t.Errorf("JUnit %+v", got)
	}
}
