package recorded

import (
	"testing"

	"github.com/hostup/api-conformance/spec"
)

// TestRounded: an integer as JavaScript rounds it is not a fault of the server; any other
// change is.
func TestRounded(t *testing.T) {
	for got, want := range map[string]bool{
		"9223372036854776000":           true, // from 9223372036854775807
		"9007199254740992":              true,
		"-9223372036854776000 (number)": true,
		"9223372036854775808":           false,
		"9007199254740993":              false,
		"9007199254740991":              false,
		"42":                            false,
		"1e300":                         false,
		`"9223372036854776000"`:         false,
		"no such property":              false,
	} {
		if rounded(spec.Finding{Got: got}) != want {
			t.Errorf("%s: %t, want %t", got, !want, want)
		}
	}
}
