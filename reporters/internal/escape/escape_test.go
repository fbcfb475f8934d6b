package escape

import (
	"strings"
	"testing"
)

func TestLine(t *testing.T) {
	tests := []struct {
		in    string
		limit int
		want  string
	}{
		{"plain å 日本", 50, "plain å 日本"},
		{"a\r\n\tb", 50, `a\r\n\tb`},
		{"\x1b]0;x\x07\x7f\u009b", 50, `\x1b]0;x\x07\x7f\u009b`},
		{"a\u00a0b\u200d\U000e0001", 50, `a\u00a0b\u200d\U000e0001`},
		{"\xff\xc3", 50, `\xff\xc3`},
		{"\ufffd", 50, "\ufffd"},
		{strings.Repeat("a", 51), 50, strings.Repeat("a", 33) + "… (51 characters)"},
		{strings.Repeat("\x00", 20), 50, strings.Repeat(`\x00`, 8) + "… (20 characters)"},
		{strings.Repeat("a", 50), 50, strings.Repeat("a", 50)},
	}
	for _, tt := range tests {
		if got := Line(tt.in, tt.limit); got != tt.want {
			t.Errorf("line(%q, %d) = %q, want %q", tt.in, tt.limit, got, tt.want)
		}
	}
}

func TestMiddleAndWrap(t *testing.T) {
	if got, want := Middle("GET /api/v2/billing/activity", 12), "GET /…tivity"; got != want {
		t.Errorf("middle = %q, want %q", got, want)
	}
	if got := Middle("short", 0); got != "short" {
		t.Errorf("middle without width = %q", got)
	}
	if got, want := Wrap("one two three four", 9, "  "), "one two\n  three\n  four"; got != want {
		t.Errorf("wrap = %q, want %q", got, want)
	}
}
