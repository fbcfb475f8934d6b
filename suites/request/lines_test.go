package request

import "testing"

func TestLines(t *testing.T) {
	for _, x := range []struct {
		name string
		body any
		want string
	}{
		{"application/jsonl", map[string]any{"a": 1}, "{\"a\":1}\n"},
		{"application/x-ndjson", []any{1, "b"}, "1\n\"b\"\n"},
		{"application/json-seq", []any{1, 2}, "\x1e1\n\x1e2\n"},
	} {
		if got := string(lines(x.name, x.body)); got != x.want {
			t.Errorf("%s: %q, want %q", x.name, got, x.want)
		}
	}
}
