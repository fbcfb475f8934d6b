package junit

import (
	"testing"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/reporters/internal/sample"
)

// TestJUnitOfTheCoverageGate: a run below --min-coverage has its own failing testcase.
func TestJUnitOfTheCoverageGate(t *testing.T) {
	run := reporters.Build(reporters.Material{Catalogue: sample.Required("A"), Specs: []reporters.SpecRecord{sample.Record("a", "passed", sample.IDs("A"))}})
	run.Coverage = sample.Coverage()
	run.Settings.MinCoverage = 90
	if got, _ := junitOf(t, run); got.Failures != 1 || got.Suites[0].Cases[1].Failure.Type != "min-coverage" {
		t.Errorf("JUnit %+v", got)
	}
}
