package reporters

import (
	"fmt"
	"strings"

	"github.com/hostup/api-conformance/spec"
)

func verdictTitle(v Verdict) string {
	switch v {
	case Conformant:
		return "Conformant"
	case Partial:
		return "Partial"
	case NonConformant:
		return "Not conformant"
	}
	return line(string(v), 40)
}

func outcomeClass(o Outcome) string {
	switch o {
	case Passed, Failed, Warned, Skipped:
		return string(o)
	}
	return string(Errored)
}

func outcomeWord(o Outcome) string {
	return map[string]string{"passed": "holds", "failed": "violated", "warned": "warning", "skipped": "not tested", "error": "not finished"}[outcomeClass(o)]
}

func levelWord(l spec.Level) string {
	if l == spec.Should {
		return string(spec.Should)
	}
	return string(spec.Must)
}

// tallyText is "1 violated, 3 not tested, 12 hold".
func tallyText(n map[Outcome]int) string {
	var parts []string
	for _, o := range []struct {
		outcome Outcome
		word    string
	}{{Failed, "violated"}, {Warned, "with warnings"}, {Errored, "not finished"}, {Skipped, "not tested"}, {Passed, "hold"}} {
		if n[o.outcome] > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n[o.outcome], o.word))
		}
	}
	if len(parts) == 0 {
		return "nothing of it was tested"
	}
	return strings.Join(parts, ", ")
}
