package wording

import (
	"fmt"
	"strings"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/reporters/internal/escape"
	"github.com/hostup/api-conformance/spec"
)

// VerdictTitle returns the verdict as a heading says it.
func VerdictTitle(v reporters.Verdict) string {
	switch v {
	case reporters.Conformant:
		return "Conformant"
	case reporters.Partial:
		return "Partial"
	case reporters.NonConformant:
		return "Not conformant"
	}
	return escape.Line(string(v), 40)
}

// OutcomeClass returns one of the constants: any other outcome in a foreign file counts
// as "error".
func OutcomeClass(o reporters.Outcome) string {
	switch o {
	case reporters.Passed, reporters.Failed, reporters.Warned, reporters.Skipped:
		return string(o)
	}
	return string(reporters.Errored)
}

// OutcomeWord returns the outcome of a requirement in a word or two.
func OutcomeWord(o reporters.Outcome) string {
	return map[string]string{"passed": "holds", "failed": "violated", "warned": "warning", "skipped": "not tested", "error": "not finished"}[OutcomeClass(o)]
}

// LevelWord returns MUST or SHOULD: whatever is not SHOULD counts as MUST.
func LevelWord(l spec.Level) string {
	if l == spec.Should {
		return string(spec.Should)
	}
	return string(spec.Must)
}

// Tally returns "1 violated, 3 not tested, 12 hold".
func Tally(n map[reporters.Outcome]int) string {
	var parts []string
	for _, o := range []struct {
		outcome reporters.Outcome
		word    string
	}{{reporters.Failed, "violated"}, {reporters.Warned, "with warnings"}, {reporters.Errored, "not finished"}, {reporters.Skipped, "not tested"}, {reporters.Passed, "hold"}} {
		if n[o.outcome] > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n[o.outcome], o.word))
		}
	}
	if len(parts) == 0 {
		return "nothing of it was tested"
	}
	return strings.Join(parts, ", ")
}
