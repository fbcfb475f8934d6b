package reporters

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/hostup/api-conformance/spec"
)

func TestFindingText(t *testing.T) {
	tests := []struct {
		name string
		f    spec.Finding
		req  spec.Requirement
		curl string
		want string
	}{
		{
			name: "everything",
			f:    findingRow(), req: requirementRow, curl: `curl -sS x -H "Authorization: Bearer $HOSTUP_API_KEY"`,
			want: `ACT-ROW-001  MUST  an amount is a number
  where  GET /api/v2/billing/activity -> 200  $.entries[0].amount
  want   number
  got    "98.75" (string)
  source spec/openapi.yaml:212  ·  https://developer.hostup.se/endpoints/billing/get-v2-billing-activity
  curl   curl -sS x -H "Authorization: Bearer $HOSTUP_API_KEY"`,
		},
		{
			name: "several answers, no place in the document, no command",
			f:    spec.Finding{Requirement: "ACT-PAGE-003", Level: spec.Must, Operation: activity, Where: "pages 0 and 1", Want: "no entry twice", Got: "act_1 twice"},
			req:  requirementPage,
			want: `ACT-PAGE-003  MUST  the page after the last one is empty
  where  GET /api/v2/billing/activity  pages 0 and 1
  want   no entry twice
  got    act_1 twice
  source https://developer.hostup.se/endpoints/billing/get-v2-billing-activity`,
		},
		{
			name: "hostile value",
			f:    findingUTC(), req: requirementUTC,
			want: `ACT-UTC-001  SHOULD  a time is in UTC
  where  GET /api/v2/billing/activity -> 200  $.entries[0].date
  want   a time that ends in Z
  got    "\x1b[2J]]><b attr="x">&amp;\x00\ufffe\xff\u202egpj.exe"
  source spec/strict.overlay.yaml:12  ·  https://developer.hostup.se/endpoints/billing/get-v2-billing-activity: example`,
		},
		{
			name: "not in the catalogue",
			f:    spec.Finding{Requirement: "X-1", Level: spec.Must, Operation: "GET /", Where: "status", Want: "404", Got: "500"},
			want: `X-1  MUST  (this requirement is not in the catalogue)
  where  GET /  status
  want   404
  got    500`,
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, FindingText(tt.f, tt.req, tt.curl)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestFindingTextIsBounded(t *testing.T) {
	long := strings.Repeat("å\n", 100_000)
	f := spec.Finding{Requirement: long, Level: spec.Level(long), Operation: long, Where: long, Want: long, Got: long, File: long}
	got := FindingText(f, spec.Requirement{Sentence: long, Sources: []string{long}}, long)
	if n := utf8.RuneCountInString(got); n > 7000 {
		t.Errorf("%d characters", n)
	}
	if n := strings.Count(got, "\n"); n != 5 {
		t.Errorf("%d line feeds, want 5: values must stay on their lines", n)
	}
	if !strings.Contains(got, "… (200000 characters)") {
		t.Errorf("a cut value does not say how long it was:\n%s", got)
	}
}

func TestSeen(t *testing.T) {
	tests := []struct {
		g    FindingGroup
		want string
	}{
		{FindingGroup{Count: 31, Exchanges: 12, Of: 40, Specs: []string{"a", "b", "c"}}, "in 12 of 40 answers, met by 3 specs"},
		{FindingGroup{Count: 1, Exchanges: 1, Of: 1, Specs: []string{"a"}}, "in 1 of 1 answer, met by 1 spec"},
		{FindingGroup{Count: 2, Specs: []string{"a"}}, "2 times, met by 1 spec"},
	}
	for _, tt := range tests {
		if got := seen(tt.g); got != tt.want {
			t.Errorf("seen(%+v) = %q, want %q", tt.g, got, tt.want)
		}
	}
}

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
		if got := line(tt.in, tt.limit); got != tt.want {
			t.Errorf("line(%q, %d) = %q, want %q", tt.in, tt.limit, got, tt.want)
		}
	}
}

func TestMiddleAndWrap(t *testing.T) {
	if got, want := middle("GET /api/v2/billing/activity", 12), "GET /…tivity"; got != want {
		t.Errorf("middle = %q, want %q", got, want)
	}
	if got := middle("short", 0); got != "short" {
		t.Errorf("middle without width = %q", got)
	}
	if got, want := wrap("one two three four", 9, "  "), "one two\n  three\n  four"; got != want {
		t.Errorf("wrap = %q, want %q", got, want)
	}
}

// Rules that no line of the document states are shown where it describes the
// operation.
func TestLineFor(t *testing.T) {
	run := &Run{Document: Document{Path: "spec/openapi.yaml", Lines: map[string]int{"GET /a": 30, "POST /a": 20, "GET /b": 50}}}
	for _, tt := range []struct {
		name string
		f    spec.Finding
		file string
		line int
	}{
		{"the line of the rule", spec.Finding{Operation: "GET /a", File: "spec/strict.overlay.yaml", Line: 7}, "spec/strict.overlay.yaml", 7},
		{"the operation", spec.Finding{Operation: "GET /a"}, "spec/openapi.yaml", 30},
		{"a file without a line", spec.Finding{Operation: "GET /b", File: "spec/openapi.yaml"}, "spec/openapi.yaml", 50},
		{"another method of the path", spec.Finding{Operation: "DELETE /a"}, "spec/openapi.yaml", 20},
		{"HEAD", spec.Finding{Operation: "HEAD /b"}, "spec/openapi.yaml", 50},
		{"a path that is not documented", spec.Finding{Operation: "GET /nowhere"}, "", 0},
		{"no operation", spec.Finding{}, "", 0},
	} {
		if file, at := lineFor(run, tt.f); file != tt.file || at != tt.line {
			t.Errorf("%s: %s:%d, want %s:%d", tt.name, file, at, tt.file, tt.line)
		}
	}
}
