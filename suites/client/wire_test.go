package client

import (
	"strings"
	"testing"
)

// TestUserAgent: the note says what a request tests, in whole ids and in one line.
func TestUserAgent(t *testing.T) {
	ids := strings.TrimSpace(strings.Repeat("HTTP-ANSWER-001 ", 20))
	for note, want := range map[string]string{
		"":                        "hostup-conformance/1",
		"A-1 (B-2)\r\n":           "hostup-conformance/1 (A-1 B-2)",
		ids:                       "hostup-conformance/1 (" + ids[:12*len("HTTP-ANSWER-001 ")-1] + ")",
		strings.Repeat("x", 1000): "hostup-conformance/1",
	} {
		if got := userAgent("1", note); got != want {
			t.Errorf("%q: got %q, want %q", note, got, want)
		}
	}
}
