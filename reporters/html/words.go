package html

import (
	"fmt"

	"github.com/hostup/api-conformance/reporters"
)

func text2(v any) string {
	if s, ok := v.(string); ok {
		return s
	}
	return fmt.Sprint(v)
}

// verdictClass and its like keep what a file says out of class attributes.
func verdictClass(v reporters.Verdict) string {
	if v == reporters.Conformant || v == reporters.Partial {
		return string(v)
	}
	return string(reporters.NonConformant)
}
