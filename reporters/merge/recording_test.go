package merge

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/reporters/internal/sample"
)

// TestMergeRecordings: a requirement that one recording tests counts as tested.
func TestMergeRecordings(t *testing.T) {
	a, b := sample.Recorded(), sample.Recorded()
	b.Target.Recording = &reporters.Recording{Files: []string{"tuesday.har", "friday.har"}, Requests: 10, Judged: 9, UnmatchedMore: 1,
		Unreadable: []string{"entries[0] is null"}, UnreadableMore: 2,
		Unmatched: []reporters.Counted{{What: "GET https://staging.example.test/app.css", Count: 10}, {What: "GET https://staging.example.test/app.js", Count: 3}}, Gaps: []reporters.Counted{{What: "no response was recorded", Count: 7}}}
	untested := reporters.SpecResult{Name: "recorded traffic / not tested / ACT-PAGE-003", Area: "recorded traffic", Requirements: []string{"ACT-PAGE-003"}, Level: "MUST", Outcome: reporters.Skipped, Skip: &reporters.Skip{Code: reporters.SkipNoData, Reason: "x"}}
	b.Specs = append(b.Specs, untested)
	b.Requirements[1].Specs = append(b.Requirements[1].Specs, untested.Name)
	merged, err := Results(a, b)
	if err != nil {
		t.Fatal(err)
	}
	want := &reporters.Recording{
		Files: []string{"monday.har", "tuesday.har", "friday.har"}, Origin: a.Target.Recording.Origin, Requests: 70, Judged: 50, Repeated: 2, Bodiless: 3, UnmatchedMore: 1,
		Gaps:       []reporters.Counted{{What: "no response was recorded", Count: 8}, {What: "answered by a cache", Count: 4}},
		Unmatched:  []reporters.Counted{{What: "GET https://staging.example.test/app.js", Count: 12}, {What: "GET https://staging.example.test/app.css", Count: 10}, {What: "GET https://staging.example.test/" + sample.Hostile, Count: 1}},
		Unreadable: []string{"entries[3].request.url is not an absolute URL", "entries[9] is null", "entries[0] is null"}, UnreadableMore: 2,
	}
	if diff := cmp.Diff(want, merged.Target.Recording); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if slices.ContainsFunc(merged.Specs, func(s reporters.SpecResult) bool { return s.Name == untested.Name }) || slices.Contains(merged.Requirements[1].Specs, untested.Name) {
		t.Error("the merged result says that a tested requirement was not tested")
	}
	if a.Target.Recording.Requests != 60 || b.Target.Recording.Requests != 10 {
		t.Error("merging changed a result")
	}
	if _, err := Results(a, sample.Run()); err == nil || !strings.Contains(err.Error(), "different targets") {
		t.Errorf("a run and a recording were merged: %v", err)
	}
}
