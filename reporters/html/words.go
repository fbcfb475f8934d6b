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

// verdictClass returns the CSS class of a verdict. Like other functions here it lets no
// value of a file into class attributes.
func verdictClass(v reporters.Verdict) string {
	if v == reporters.Conformant || v == reporters.Partial {
		return string(v)
	}
	return string(reporters.NonConformant)
}
