package result

import (
	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/suites/redact"
)

// Build makes the result of what a run or a recording left behind. It is the only
// way to one, and nothing of a target's answers gets past the redactor here: neither
// in a value nor in a name, a place or the key of a map.
func Build(r *redact.Redactor, m reporters.Material) *reporters.Run {
	return reporters.Build(redact.Clean(r, m))
}
