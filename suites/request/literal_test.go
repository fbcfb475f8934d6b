package request

import "testing"

func TestLiteral(t *testing.T) {
	for template, want := range map[string]string{
		"/a b/ü/{x y}":    "/a%20b/%C3%BC/{x y}",
		"/a%20b/c'(d):e*": "/a%20b/c'(d):e*",
		"/\"<>\\^`|\t":    "/%22%3C%3E%5C%5E%60%7C%09",
	} {
		if got := literal(template); got != want {
			t.Errorf("%s is written %s, want %s", template, got, want)
		}
	}
}
