package diff

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/reporters/internal/domtest"
	"github.com/hostup/api-conformance/reporters/internal/golden"
	"github.com/hostup/api-conformance/reporters/internal/sample"
)

func deltaTexts(t *testing.T, d Delta) (text, markdown, object string) {
	t.Helper()
	var a, b, c bytes.Buffer
	for _, err := range []error{d.WriteText(&a), d.WriteMarkdown(&b), d.WriteJSON(&c)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	return a.String(), b.String(), c.String()
}

// sampleDelta returns a delta with entries in every list.
func sampleDelta() Delta {
	old, new := sample.Run(), sample.Run()
	new.Started = old.Started.Add(24 * time.Hour)
	new.Suite.Version = "v0.4.0"
	fresh := sample.FindingRow()
	fresh.Requirement, fresh.Where = "ACT-PAGE-003", "$.entries"
	new.Findings = append([]reporters.FindingGroup{{Signature: fresh.Signature(), First: fresh, Fails: true, Count: 1, Specs: []string{"activity / rows / amounts are numbers"}}}, new.Findings[:1]...)
	gone := sample.FindingRow()
	gone.Requirement, gone.Operation = "PAY-ONCE-001", sample.Pay
	old.Findings = append(old.Findings, reporters.FindingGroup{Signature: gone.Signature(), First: gone, Fails: true, Count: 1, Specs: []string{"pay / once"}})
	new.Requirements[2].Outcome = reporters.Passed
	new.Specs[3].Outcome = reporters.Passed
	new.Specs[1].Outcome = reporters.Passed
	new.Requirements[1].Outcome, new.Requirements[1].Skip = reporters.Skipped, &reporters.Skip{Code: reporters.SkipSafety, Reason: "needs --safety pay"}
	new.Requirements[0].Outcome = reporters.Errored
	new.Requirements[4].Outcome, new.Requirements[4].Skip = reporters.Passed, nil
	n := &new.Traffic.Operations[0]
	n.Median, n.Slowest = 60*time.Millisecond, time.Second
	n.Latency = []reporters.Bucket{{UpTo: reporters.Bound(36), Count: 20}, {UpTo: reporters.Bound(40), Count: 20}}
	return Results(old, new)
}

func TestDiff(t *testing.T) {
	d := sampleDelta()
	for name, n := range map[string][2]int{
		"appeared": {len(d.Appeared), 1}, "remains": {len(d.Remains), 1}, "fixed": {len(d.Fixed), 1}, "unknown": {len(d.Unknown), 1},
		"skipped": {len(d.NewlySkipped), 1}, "tested": {len(d.NewlyTested), 1}, "stopped": {len(d.NewlyStopped), 1}, "slower": {len(d.Slower), 1}, "faster": {len(d.Faster), 0},
	} {
		if n[0] != n[1] {
			t.Errorf("%s: %d, want %d", name, n[0], n[1])
		}
	}
	if !d.Worse() {
		t.Error("a new finding is not worse")
	}
	text, markdown, object := deltaTexts(t, d)
	golden.Compare(t, "diff.txt", []byte(text))
	golden.Compare(t, "diff.md", []byte(markdown))
	var back Delta
	if err := json.Unmarshal([]byte(object), &back); err != nil || len(back.Fixed) != 1 || strings.Contains(object, ": null") {
		t.Errorf("as JSON: %v\n%s", err, object)
	}
	domtest.Rendered(t, markdown)
}

func TestDiffOfTheSame(t *testing.T) {
	d := Results(sample.Run(), sample.Run())
	text, _, object := deltaTexts(t, d)
	if d.Worse() || len(d.Remains) != 2 || !strings.HasSuffix(text, "no new findings, 0 fixed, 2 still violated\n") || strings.Contains(object, "null") {
		t.Errorf("%s", text)
	}
}

// Findings outside of a filter do not count as fixed; results of different selections are
// reported as such.
func TestDiffOfSelections(t *testing.T) {
	now := sample.Run()
	now.Settings.LabelFilter, now.Settings.Strict = "cards", true
	text, markdown, _ := deltaTexts(t, Results(sample.Run(), now))
	const want = "the settings differ (safety write and safety write, strict, only cards)"
	if !strings.Contains(text, "note "+want+"\n") || !strings.Contains(domtest.TextOf(domtest.Rendered(t, markdown).Root), want) {
		t.Errorf("%s\n%s", text, markdown)
	}
}

func TestDiffOfWarnings(t *testing.T) {
	old := reporters.Build(reporters.Material{Catalogue: sample.Required("S"), Specs: []reporters.SpecRecord{sample.Record("a", "passed", sample.IDs("S"))}})
	new := reporters.Build(reporters.Material{Catalogue: sample.Required("S"), Specs: []reporters.SpecRecord{sample.Record("a", "passed", sample.IDs("S"), sample.Should("S", "x"))}})
	if d := Results(old, new); len(d.Appeared) != 1 || d.Worse() {
		t.Errorf("a new warning: %+v", d)
	}
}

func TestDiffLatency(t *testing.T) {
	ms := time.Millisecond
	operation := func(n int, median time.Duration, spread ...time.Duration) *reporters.Run {
		var d []time.Duration
		for range n {
			d = append(d, median)
		}
		d = append(d, spread...)
		return reporters.Build(reporters.Material{Specs: []reporters.SpecRecord{{Name: "a", State: reporters.StatePassed, Tally: []reporters.Tally{{Operation: sample.Activity, Exchanges: len(d), Statuses: map[int]int{200: len(d)}, Durations: d}}}}})
	}
	tests := []struct {
		name           string
		old, new       *reporters.Run
		slower, faster int
	}{
		{"the same", operation(20, 10*ms), operation(20, 10*ms), 0, 0},
		{"three times, but little", operation(20, 5*ms), operation(20, 15*ms), 0, 0},
		{"much, but not twice", operation(20, 100*ms), operation(20, 180*ms), 0, 0},
		{"slower", operation(20, 20*ms), operation(20, 80*ms), 1, 0},
		{"faster", operation(20, 80*ms), operation(20, 20*ms), 0, 1},
		{"too few", operation(5, 20*ms), operation(20, 80*ms), 0, 0},
		{"as slow as the old one often was", operation(10, 20*ms, 90*ms, 90*ms, 90*ms, 90*ms, 90*ms, 90*ms), operation(20, 80*ms), 0, 0},
	}
	for _, tt := range tests {
		if d := Results(tt.old, tt.new); len(d.Slower) != tt.slower || len(d.Faster) != tt.faster {
			t.Errorf("%s: slower %v, faster %v", tt.name, d.Slower, d.Faster)
		}
	}
}

func TestDiffIsEscaped(t *testing.T) {
	old, new := sample.Run(), sample.Poisoned(sample.Hostile+"</details>")
	new.Document.SHA256 = "other"
	text, markdown, _ := deltaTexts(t, Results(old, new))
	for name, s := range map[string]string{"text": text, "markdown": markdown} {
		if strings.ContainsAny(s, "\x1b\x00\u202e") {
			t.Errorf("%s: control characters got through", name)
		}
	}
	if strings.Count(markdown, "</details>") != strings.Count(markdown, "<details") {
		t.Errorf("markdown:\n%s", markdown)
	}
}
