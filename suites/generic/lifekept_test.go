package generic

import (
	"encoding/json"
	"testing"

	"github.com/hostup/api-conformance/spec/sample"
)

// Servers write values in their own way, and leave out what is empty: that is no loss.
func TestChanged(t *testing.T) {
	parse := func(text string) (v any) {
		if err := json.Unmarshal([]byte(text), &v); err != nil {
			t.Fatal(err)
		}
		return v
	}
	for _, c := range []struct {
		sent, shown string
		moment      bool
		want        bool
	}{
		{`"text-abc"`, `null`, false, true},
		{`"text-abc"`, `""`, false, true},
		{`"text-abc"`, `"other"`, false, true},
		{`" Text  abc"`, `"text abc"`, false, false},
		{`"a"`, `"<p>a</p>"`, false, false},
		{`"2026-01-01T12:00:00Z"`, `"2026-01-01T13:00:00+01:00"`, true, false},
		{`"2026-01-01T12:00:00Z"`, `null`, true, true},
		{`"text"`, `{"id":7}`, false, false},
		{`""`, `null`, false, false},
		{`1.005`, `1.01`, false, false},
		{`3`, `7`, false, true},
		{`3`, `null`, false, true},
		{`3`, `"3"`, false, false},
		{`0`, `null`, false, false},
		{`true`, `false`, false, true},
		{`true`, `null`, false, true},
		{`false`, `null`, false, false},
		{`["a"]`, `[]`, false, true},
		{`["a"]`, `null`, false, true},
		{`["b","a"]`, `["a","b"]`, false, false},
		{`[]`, `null`, false, false},
		{`null`, `"new"`, false, false},
	} {
		if got := changed(parse(c.sent), parse(c.shown), sample.Description{Moment: c.moment}); got != c.want {
			t.Errorf("%s shown as %s: %v, want %v", c.sent, c.shown, got, c.want)
		}
	}
}
