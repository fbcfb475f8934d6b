package changes

import (
	"testing"
	"time"
)

func TestInclusion(t *testing.T) {
	for _, tt := range []struct {
		patterns []string
		by       string
		want     included
	}{
		{[]string{"^[0-9]{13}$"}, "^([0-9]{10}|[0-9]{13})$", includes},
		{[]string{"^([0-9]{10}|[0-9]{13})$"}, "^[0-9]{13}$", excludes},
		{[]string{"^[a-z]+$"}, "^[a-z0-9-]+$", includes},
		{[]string{"^[a-z0-9-]+$"}, "^[a-z]+$", excludes},
		{[]string{"^[0-9]+$"}, `^\d+$`, includes},
		{[]string{`^\d+$`}, "[0-9]", includes},
		{[]string{"^a"}, "^b", excludes},
		{[]string{"^a"}, "a", includes},
		{[]string{"a"}, "^a", excludes},
		{[]string{"^ab*$"}, "^a(b|bb)*$", includes},
		{[]string{"^a(b|bb)*$"}, "^ab*$", includes},
		{[]string{"^[A-Z]{3}$"}, "(?i)^[a-z]{3}$", includes},
		{[]string{"(?i)^k$"}, "^[kK]$", excludes}, // the sign of Kelvin
		{[]string{"^[A-Z]{2}$", "A"}, "^(A[A-Z]|[A-Z]A)$", includes},
		{[]string{"^[A-Z]{2}$", "A"}, "^A", excludes},
		{[]string{"^[a-c]$"}, "^[^d-z]$", includes},
		{[]string{`^a b$`}, `\bb\b`, includes},
		{[]string{`^ab$`}, `\bb`, excludes},
		{[]string{"^.$"}, "^[^x]$", excludes},
		{[]string{"^x.*$"}, "^x", includes},
		{[]string{"^x"}, "^x.*$", excludes}, // a new line
		{[]string{"^(?!a)"}, "b", untold},
		{[]string{"b"}, `^(a)\1$`, untold},
		{[]string{"^(a|b)*a(a|b){4}$"}, "^(a|b)*b(a|b){4}$", excludes},
		{[]string{"^(a|b)*a(a|b){60}$"}, "^(a|b|c)*a(a|b){60}$", untold}, // too much to tell
		{nil, "^[^]*$", untold},
		{nil, "", includes},
		{nil, `^[\s\S]*$`, includes},
		{nil, "x", excludes},
		{[]string{`^\p{L}+$`}, `^[\p{L}\p{N}]+$`, includes},
		{[]string{"$a"}, "never", includes}, // nothing matches it
	} {
		began := time.Now()
		if got := inclusion(tt.patterns, tt.by); got != tt.want {
			t.Errorf("%q by %q: %d, want %d (%s)", tt.patterns, tt.by, got, tt.want, time.Since(began))
		}
	}
}
