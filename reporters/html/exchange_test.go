package html

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/spec"
)

func TestHTMLMarksTheOffendingPlace(t *testing.T) {
	tests := []struct {
		name    string
		finding spec.Finding
		want    string
	}{
		{"a member", spec.Finding{InBody: true, Pointer: "/entries/1/amount"}, `"amount": "2"`},
		{"a missing member", spec.Finding{InBody: true, Pointer: "/entries/0/currency"}, "{"},
		{"a list", spec.Finding{InBody: true, Pointer: "/entries"}, `"entries": [`},
		{"the body", spec.Finding{InBody: true, Pointer: ""}, "{"},
		{"an escaped name", spec.Finding{InBody: true, Pointer: "/a~1b~0c"}, `"a/b~c": 1,`},
		{"a header", spec.Finding{Where: "header content-type"}, "Content-Type: text/plain"},
		{"no header", spec.Finding{Where: "header Retry-After"}, "(no header Retry-After)"},
		{"the status", spec.Finding{Where: "status"}, "HTTP/1.1 200 OK"},
		{"another exchange", spec.Finding{Where: "status", Exchange: "other"}, ""},
		{"no part", spec.Finding{Where: "pages 0 and 1"}, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f := tt.finding
			if f.Exchange == "" {
				f.Exchange = "e"
			}
			f.Want, f.Got = "w", "g"
			e := newPageExchange(reporters.Exchange{ID: "e", Response: &reporters.Message{
				Line: "HTTP/1.1 200 OK", Headers: []reporters.Header{{Name: "Content-Type", Value: "text/plain"}},
				Body: `{"a/b~c":1,"entries":[{"amount":1},{"amount":"2"}]}`,
			}}, f)
			got := ""
			for i, l := range e.Response {
				if l.Bad {
					got = strings.TrimSpace(l.Text)
					if why := e.Response[i+1]; why.Text != "want w, got g" {
						t.Errorf("after it: %+v", why)
					}
				}
			}
			if got != tt.want {
				t.Errorf("marked %q, want %q", got, tt.want)
			}
		})
	}
}

func TestPointerOf(t *testing.T) {
	for in, want := range map[string]string{
		"$": "", "$.a": "/a", "$.entries[0].amount": "/entries/0/amount", `$["a b"][2].c`: "/a b/2/c", `$.a["x/y~"]`: "/a/x~1y~0",
		"$.a and $.b": "/a", "$[": "", `$["`: "", "$x": "", "$.entries[*]": "/entries/*",
	} {
		if got := pointerOf(in); got != want {
			t.Errorf("%s: %q, want %q", in, got, want)
		}
	}
}

func TestLayOut(t *testing.T) {
	for in, want := range map[string]string{
		`{"a":[1,{"b":null}],"c":{},"d":[]}`: "{\n  \"a\": [\n    1,\n    {\n      \"b\": null\n    }\n  ],\n  \"c\": {},\n  \"d\": []\n}",
		`{"a":1,"a":2}`:                      "{\n  \"a\": 1,\n  \"a\": 2\n}",
		`{"a":"x\"y","b`:                     "{\n  \"a\": \"x\\\"y\",\n  \"b",
		`{"a":12`:                            "{\n  \"a\": 12",
		`{"a" 1}`:                            "{\n  \"a\"1}",
		`<html>` + "\n" + `</html>`:          "<html>\n</html>",
		`{} trailing`:                        "{}trailing",
		"":                                   "",
		strings.Repeat("[", 50):              "",
	} {
		var b []string
		for _, l := range layOut(in) {
			b = append(b, l.text)
		}
		if got := strings.Join(b, "\n"); want != "" && got != want {
			t.Errorf("%s: got\n%s\nwant\n%s", in, got, want)
		} else if strings.Join(strings.Fields(strings.Join(b, "")), "") != strings.ReplaceAll(strings.Join(strings.Fields(in), ""), " ", "") {
			t.Errorf("%s: tokens were changed: %v", in, b)
		}
	}
}

func FuzzLayOut(f *testing.F) {
	f.Add(`{"a":[1,{"b":null}],"c":{},"d":"\""}`)
	f.Fuzz(func(t *testing.T, body string) {
		strip := strings.NewReplacer(" ", "", "\n", "", "\r", "", "\t", "").Replace
		var b strings.Builder
		for _, l := range layOut(body) {
			b.WriteString(l.text)
		}
		if strip(b.String()) != strip(body) {
			t.Errorf("%q became %q", body, b.String())
		}
	})
}

// TestPaperLeavesOutWhatIsFar: of a long message, print shows the start and the lines
// around the marked one.
func TestPaperLeavesOutWhatIsFar(t *testing.T) {
	for _, tt := range []struct {
		lines, bad int
		want       []string
	}{
		{lines: 5, bad: -1},
		{lines: near + 2, bad: -1},
		{lines: 100, bad: -1, want: []string{"99: 86 lines"}},
		{lines: 100, bad: 50, want: []string{"38: 25 lines", "99: 36 lines"}},
		{lines: 100, bad: 99, want: []string{"87: 74 lines"}},
	} {
		all := make([]pageLine, tt.lines)
		if tt.bad >= 0 {
			all[tt.bad].Bad = true
		}
		markFar(all)
		var got []string
		for i, l := range all {
			if l.Gap != "" {
				got = append(got, fmt.Sprintf("%d: %s", i, l.Gap))
			}
			if l.Far && l.Bad {
				t.Errorf("line %d of %d is offending and left out", i, tt.lines)
			}
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%d lines, offending %d:\n%s", tt.lines, tt.bad, diff)
		}
	}
}
