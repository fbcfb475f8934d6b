package reporters

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// sampleRecorded is the sample as the judgement of recorded traffic.
func sampleRecorded() *Run {
	run := sampleRun()
	run.Target.Recording = &Recording{
		Files: []string{"monday.har", "tuesday.har"}, Origin: "https://staging.example.test", Requests: 60, Judged: 41, Repeated: 2, Bodiless: 3,
		Gaps:       []Counted{{"answered by a cache", 4}, {"no answer was recorded", 1}},
		Unmatched:  []Counted{{"GET https://staging.example.test/app.js", 9}, {"GET https://staging.example.test/" + hostile, 1}},
		Unreadable: []string{"entries[3].request.url is not an absolute URL", "entries[9] is null"},
	}
	return run
}

// TestRecordingIsTold: every report says that it is about recorded traffic, about
// which files, what was judged, and which requests match no operation.
func TestRecordingIsTold(t *testing.T) {
	run := sampleRecorded()
	facts := []string{"monday.har", "41 of 60 recorded requests judged", "10 requests match no operation of the document", "app.js",
		"answered by a cache", "2 requests recorded more than once", "the body of 3 answers was not recorded",
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
		text := written(t, format, run)
		// Markdown escapes, HTML and GitHub do too: what is left is the words.
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
	if err := valid(t, jsonOf(t, run)); err != nil {
		t.Error(err)
	}
}

// TestRecordingListsAreBounded: a recording of a whole browser has thousands of
// addresses.
func TestRecordingListsAreBounded(t *testing.T) {
	run := sampleRecorded()
	run.Target.Recording.Unmatched, run.Target.Recording.UnmatchedMore = nil, 500
	for i := range 100 {
		run.Target.Recording.Unmatched = append(run.Target.Recording.Unmatched, Counted{fmt.Sprintf("GET https://x.example/%d", i), 1})
	}
	text := written(t, "text", run)
	if !strings.Contains(text, "600 requests match no operation") || !strings.Contains(text, "https://x.example/9 (1)\n    and 90 more\n    500 requests to other addresses\n") {
		t.Errorf("the summary lists something else:\n%s", text[strings.Index(text, "recorded traffic, nothing"):])
	}
	if n := strings.Count(written(t, "markdown", run), "x.example"); n != shownUnmatched {
		t.Errorf("Markdown lists %d addresses, want %d", n, shownUnmatched)
	}
	if n := strings.Count(written(t, "html", run), "x.example"); n != 100 {
		t.Errorf("the page lists %d addresses, want all 100", n)
	}
}

// TestUnreadableIsBounded: whatever a tool writes, the summary stays one line.
func TestUnreadableIsBounded(t *testing.T) {
	r := &Recording{UnreadableMore: 400}
	for i := range 100 {
		r.Unreadable = append(r.Unreadable, fmt.Sprintf("entries[%d] is null", i))
	}
	if s := r.unreadable(); !strings.HasPrefix(s, "500 entries are left out") || !strings.HasSuffix(s, "entries[9] is null, and 490 more") {
		t.Error(s)
	}
	if s := (&Recording{Unreadable: []string{"entries[0] is null"}}).unreadable(); s != "1 entry is left out, because HAR has no such form: entries[0] is null" {
		t.Error(s)
	}
}

// TestMergeRecordings: a requirement that one recording puts to the test is tested.
func TestMergeRecordings(t *testing.T) {
	a, b := sampleRecorded(), sampleRecorded()
	b.Target.Recording = &Recording{Files: []string{"tuesday.har", "friday.har"}, Requests: 10, Judged: 9, UnmatchedMore: 1,
		Unreadable: []string{"entries[0] is null"}, UnreadableMore: 2,
		Unmatched: []Counted{{"GET https://staging.example.test/app.css", 10}, {"GET https://staging.example.test/app.js", 3}}, Gaps: []Counted{{"no answer was recorded", 7}}}
	untested := SpecResult{Name: "recorded traffic / not tested / ACT-PAGE-003", Area: "recorded traffic", Requirements: []string{"ACT-PAGE-003"}, Level: "MUST", Outcome: Skipped, Skip: &Skip{Code: SkipNoData, Reason: "x"}}
	b.Specs = append(b.Specs, untested)
	b.Requirements[1].Specs = append(b.Requirements[1].Specs, untested.Name)
	merged, err := Merge(a, b)
	if err != nil {
		t.Fatal(err)
	}
	want := &Recording{
		Files: []string{"monday.har", "tuesday.har", "friday.har"}, Origin: a.Target.Recording.Origin, Requests: 70, Judged: 50, Repeated: 2, Bodiless: 3, UnmatchedMore: 1,
		Gaps:       []Counted{{"no answer was recorded", 8}, {"answered by a cache", 4}},
		Unmatched:  []Counted{{"GET https://staging.example.test/app.js", 12}, {"GET https://staging.example.test/app.css", 10}, {"GET https://staging.example.test/" + hostile, 1}},
		Unreadable: []string{"entries[3].request.url is not an absolute URL", "entries[9] is null", "entries[0] is null"}, UnreadableMore: 2,
	}
	if diff := cmp.Diff(want, merged.Target.Recording); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if slices.ContainsFunc(merged.Specs, func(s SpecResult) bool { return s.Name == untested.Name }) || slices.Contains(merged.Requirements[1].Specs, untested.Name) {
		t.Error("the merged result says that a tested requirement was not tested")
	}
	if a.Target.Recording.Requests != 60 || b.Target.Recording.Requests != 10 {
		t.Error("merging changed a result")
	}
	if _, err := Merge(a, sampleRun()); err == nil || !strings.Contains(err.Error(), "different targets") {
		t.Errorf("a run and a recording were merged: %v", err)
	}
}

// TestDiffRecordings: what other traffic does not show may still be there.
func TestDiffRecordings(t *testing.T) {
	old, now := sampleRecorded(), sampleRecorded()
	now.Findings = nil
	d := Diff(old, now)
	if len(d.Fixed) > 0 || len(d.Unknown) != len(old.Findings) {
		t.Errorf("%d fixed, %d not tested again, want all %d of the latter", len(d.Fixed), len(d.Unknown), len(old.Findings))
	}
}

// TestBaselineOfRecordings: nor is an entry gone that other traffic does not show.
func TestBaselineOfRecordings(t *testing.T) {
	run := sampleRecorded()
	b := Apply(run, sampleBaseline(), sampleDay).Baseline
	if len(b.Problems) > 0 || len(b.Unjudged) != 1 {
		t.Errorf("problems %v, not judged %v", b.Problems, b.Unjudged)
	}
}
