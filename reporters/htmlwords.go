package reporters

import (
	"fmt"
)

func text2(v any) string {
	if s, ok := v.(string); ok {
		return s
	}
	return fmt.Sprint(v)
}

// verdictClass and its like keep what a file says out of class attributes.
func verdictClass(v Verdict) string {
	if v == Conformant || v == Partial {
		return string(v)
	}
	return string(NonConformant)
}
