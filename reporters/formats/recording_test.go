package formats

import (
	"fmt"
	"strings"
	"testing"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/reporters/internal/sample"
	"github.com/hostup/api-conformance/reporters/internal/wording"
)

// TestRecordingIsTold: every report says that it is about recorded traffic, from which
// files, what was judged, and which requests match no operation.
func TestRecordingIsTold(t *testing.T) {
	run := sample.Recorded()
	facts := []string{"monday.har", "41 of 60 recorded requests judged", "10 requests match no operation of the document", "app.js",
		"answered by a cache", "2 requests recorded more than once", "the body of 3 responses was not recorded",
		"2 entries are left out", "entries[3].request.url"}
	for format, want := range map[string][]string{
		"text":     append(facts, "nothing was sent", "recorded traffic: monday.har, tuesday.har", "verdict: non-conformant, recorded traffic"),
		"html":     append(facts, "nothing was sent", "tuesday.har", `<a href="#recording">`),
		"markdown": append(facts, "nothing was sent", "### Recorded traffic"),
		"summary":  append(facts, "nothing was sent"),
		"junit":    append(facts, "nothing was sent", `name="recording" value="tuesday.har"`),
		"json":     {`"monday.har"`, `"judged": 41`, `"requests": 60`, `"what": "GET https://staging.example.test/app.js"`, `"entries[9] is null"`},
		"github":   {"nothing was sent", "41 of 60 recorded requests judged", "10 requests match no operation"},
		"badge":    {"(recorded traffic)"},
	} {
		text := writtenAs(t, format, run)
		// Compare only the words, as Markdown, HTML and GitHub escape differently.
		plain := strings.NewReplacer(`\`, "", "\u2060", "", "&#34;", `"`).Replace(text)
		for _, w := range want {
			if !strings.Contains(text, w) && !strings.Contains(plain, w) {
				t.Errorf("%s lacks %q", format, w)
			}
		}
		if strings.Contains(text, "\x1b[2J") || strings.Contains(text, "\u202e") && format != "json" {
			t.Errorf("%s hands on what a recording holds as it is", format)
		}
		if strings.Contains(text, "safety write") || strings.Contains(text, "seed 7") {
			t.Errorf("%s speaks of settings that recorded traffic does not have", format)
		}
	}
	if err := sample.Valid(t, sample.Shown(t, reporters.WriteJSON, run)); err != nil {
		t.Error(err)
	}
}

// TestRecordingListsAreBounded: a recording of a whole browser has thousands of URLs.
func TestRecordingListsAreBounded(t *testing.T) {
	run := sample.Recorded()
	run.Target.Recording.Unmatched, run.Target.Recording.UnmatchedMore = nil, 500
	for i := range 100 {
		run.Target.Recording.Unmatched = append(run.Target.Recording.Unmatched, reporters.Counted{What: fmt.Sprintf("GET https://x.example/%d", i), Count: 1})
	}
	text := writtenAs(t, "text", run)
	if !strings.Contains(text, "600 requests match no operation") || !strings.Contains(text, "https://x.example/9 (1)\n    and 90 more\n    500 requests to other addresses\n") {
		t.Errorf("the summary lists something else:\n%s", text[strings.Index(text, "recorded traffic, nothing"):])
	}
	if n := strings.Count(writtenAs(t, "markdown", run), "x.example"); n != wording.ShownUnmatched {
		t.Errorf("Markdown lists %d addresses, want %d", n, wording.ShownUnmatched)
	}
	if n := strings.Count(writtenAs(t, "html", run), "x.example"); n != 100 {
		t.Errorf("the page lists %d addresses, want all 100", n)
	}
}
