package result

import (
	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/suites/redact"
)

// Build returns the result of a run or a recording. It is the only way to make one, and
// it redacts all text that comes from the target: values, names, locations and map keys.
func Build(r *redact.Redactor, m reporters.Material) *reporters.Run {
	return reporters.Build(redact.Clean(r, m))
}
