package wording

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/reporters/internal/sample"
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
			f:    sample.FindingRow(), req: sample.RequirementRow, curl: `curl -sS x -H "Authorization: Bearer $HOSTUP_API_KEY"`,
			want: `ACT-ROW-001  MUST  an amount is a number
  where  GET /api/v2/billing/activity -> 200  $.entries[0].amount
  want   number
  got    "98.75" (string)
  source spec/openapi.yaml:212  ·  https://developer.hostup.se/endpoints/billing/get-v2-billing-activity
  curl   curl -sS x -H "Authorization: Bearer $HOSTUP_API_KEY"`,
		},
		{
			name: "several answers, no place in the document, no command",
			f:    spec.Finding{Requirement: "ACT-PAGE-003", Level: spec.Must, Operation: sample.Activity, Where: "pages 0 and 1", Want: "no entry twice", Got: "act_1 twice"},
			req:  sample.RequirementPage,
			want: `ACT-PAGE-003  MUST  the page after the last one is empty
  where  GET /api/v2/billing/activity  pages 0 and 1
  want   no entry twice
  got    act_1 twice
  source https://developer.hostup.se/endpoints/billing/get-v2-billing-activity`,
		},
		{
			name: "hostile value",
			f:    sample.FindingUTC(), req: sample.RequirementUTC,
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
			if diff := cmp.Diff(tt.want, Finding(tt.f, tt.req, tt.curl)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestFindingTextIsBounded(t *testing.T) {
	long := strings.Repeat("å\n", 100_000)
	f := spec.Finding{Requirement: long, Level: spec.Level(long), Operation: long, Where: long, Want: long, Got: long, File: long}
	got := Finding(f, spec.Requirement{Sentence: long, Sources: []string{long}}, long)
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
		g    reporters.FindingGroup
		want string
	}{
		{reporters.FindingGroup{Count: 31, Exchanges: 12, Of: 40, Specs: []string{"a", "b", "c"}}, "in 12 of 40 responses, met by 3 specs"},
		{reporters.FindingGroup{Count: 1, Exchanges: 1, Of: 1, Specs: []string{"a"}}, "in 1 of 1 response, met by 1 spec"},
		{reporters.FindingGroup{Count: 2, Specs: []string{"a"}}, "2 times, met by 1 spec"},
		{reporters.FindingGroup{Exchanges: 4, Of: 900, Operations: []string{"GET /a", "GET /b", "GET /c", "GET /d", "GET /e"}}, "in 4 of 900 responses, at 5 operations: GET /a, GET /b, GET /c, and 2 more"},
	}
	for _, tt := range tests {
		if got := Seen(tt.g); got != tt.want {
			t.Errorf("seen(%+v) = %q, want %q", tt.g, got, tt.want)
		}
	}
}
