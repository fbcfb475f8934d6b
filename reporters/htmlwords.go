package reporters

import (
	"fmt"

	"github.com/hostup/api-conformance/spec"
)

func text2(v any) string {
	if s, ok := v.(string); ok {
		return s
	}
	return fmt.Sprint(v)
}

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

// verdictClass and its like keep what a file says out of class attributes.
func verdictClass(v Verdict) string {
	if v == Conformant || v == Partial {
		return string(v)
	}
	return string(NonConformant)
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
