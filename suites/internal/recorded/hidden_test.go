package recorded

import (
	"testing"

	"github.com/hostup/api-conformance/spec"
)

// TestRounded: what JavaScript makes of an integer that it cannot hold is no fault of the
// server; what it does not make is.
func TestRounded(t *testing.T) {
	for got, want := range map[string]bool{
		"9223372036854776000":           true, // of 9223372036854775807
		"9007199254740992":              true,
		"-9223372036854776000 (number)": true,
		"9223372036854775808":           false,
		"9007199254740993":              false,
		"9007199254740991":              false,
		"42":                            false,
		"1e300":                         false,
		`"9223372036854776000"`:         false,
		"no such member":                false,
	} {
		if rounded(spec.Finding{Got: got}) != want {
			t.Errorf("%s: %t, want %t", got, !want, want)
		}
	}
}
