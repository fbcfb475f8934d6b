package request

import (
	"regexp"
	"testing"
)

// An id that nothing has keeps its shape, and much of it is left to chance.
func TestUnheard(t *testing.T) {
	const random = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	for _, c := range []struct {
		id, pattern string
		want        bool
	}{
		{"news", `^[a-z-]+$`, true},
		{"9780306406157", `^[0-9]{13}$`, true},
		{"d290f1ee-6c54-4b01-90e6-d76b4a1c7f5f", `^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`, true},
		{"ab12", `^[a-z]{2}[0-9]{2}$`, false}, // 10,000 others, some of which there may be
		{"", `.*`, false},
	} {
		meets := regexp.MustCompile(c.pattern).MatchString
		got, ok := Unheard(c.id, random, meets)
		if ok != c.want || ok && (got == c.id || !meets(got)) {
			t.Errorf("%q: %q, %v, want %v", c.id, got, ok, c.want)
		}
	}
}
