package reporters_test

import (
	"testing"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/spec"
)

// TestTestedMust: requirements excluded on purpose and SHOULD requirements are not
// counted, and those of unfinished specs are untested.
func TestTestedMust(t *testing.T) {
	result := func(level spec.Level, o reporters.Outcome, skip string) reporters.RequirementResult {
		r := reporters.RequirementResult{Requirement: spec.Requirement{Level: level}, Outcome: o}
		if skip != "" {
			r.Skip = &reporters.Skip{Code: skip}
		}
		return r
	}
	for _, test := range []struct {
		name             string
		results          []reporters.RequirementResult
		tested, selected int
	}{
		{name: "nothing"},
		{"each outcome", []reporters.RequirementResult{
			result(spec.Must, reporters.Passed, ""), result(spec.Must, reporters.Warned, ""), result(spec.Must, reporters.Failed, ""),
			result(spec.Must, reporters.Errored, ""), result(spec.Must, reporters.Skipped, reporters.SkipConfiguration),
		}, 3, 5},
		{"SHOULD", []reporters.RequirementResult{result(spec.Should, reporters.Passed, ""), result(spec.Should, reporters.Skipped, reporters.SkipNoData)}, 0, 0},
		{"left out by a filter", []reporters.RequirementResult{result(spec.Must, reporters.Passed, ""), result(spec.Must, reporters.Skipped, reporters.SkipNotSelected)}, 1, 1},
	} {
		if tested, selected := reporters.TestedMust(&reporters.Run{Requirements: test.results}); tested != test.tested || selected != test.selected {
			t.Errorf("%s: %d of %d, want %d of %d", test.name, tested, selected, test.tested, test.selected)
		}
	}
}
