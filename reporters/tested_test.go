package reporters

import (
	"testing"

	"github.com/hostup/api-conformance/spec"
)

// TestTestedMust: what was left out on purpose does not count, nor what is a SHOULD,
// and what could not finish has not been tested.
func TestTestedMust(t *testing.T) {
	result := func(level spec.Level, o Outcome, skip string) RequirementResult {
		r := RequirementResult{Requirement: spec.Requirement{Level: level}, Outcome: o}
		if skip != "" {
			r.Skip = &Skip{Code: skip}
		}
		return r
	}
	for _, test := range []struct {
		name             string
		results          []RequirementResult
		tested, selected int
	}{
		{name: "nothing"},
		{"each outcome", []RequirementResult{
			result(spec.Must, Passed, ""), result(spec.Must, Warned, ""), result(spec.Must, Failed, ""),
			result(spec.Must, Errored, ""), result(spec.Must, Skipped, SkipConfiguration),
		}, 3, 5},
		{"SHOULD", []RequirementResult{result(spec.Should, Passed, ""), result(spec.Should, Skipped, SkipNoData)}, 0, 0},
		{"left out by a filter", []RequirementResult{result(spec.Must, Passed, ""), result(spec.Must, Skipped, SkipNotSelected)}, 1, 1},
	} {
		if tested, selected := TestedMust(&Run{Requirements: test.results}); tested != test.tested || selected != test.selected {
			t.Errorf("%s: %d of %d, want %d of %d", test.name, tested, selected, test.tested, test.selected)
		}
	}
}
