package reporters

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

func TestMergeOfOneIsTheSame(t *testing.T) {
	got, err := Merge(sampleRun())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(sampleRun(), got, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("merged (-want +got):\n%s", diff)
	}
}

func TestMergeAddsUp(t *testing.T) {
	before := shown(t, WriteJSON, sampleRun())
	a, b := sampleRun(), sampleRun()
	b.Started = a.Started.Add(time.Minute)
	b.Specs[0].Outcome = Failed
	b.Specs[5].Outcome, b.Specs[5].Skip = Passed, nil // pay / declined
	b.Requirements[4].Outcome, b.Requirements[4].Skip = Passed, nil
	b.Specs = append(b.Specs, SpecResult{Name: "z", Level: "MUST", Outcome: Passed})
	b.Settings.Safety = "pay"
	got, err := Merge(a, b)
	if err != nil {
		t.Fatal(err)
	}
	if g := got.Findings[0]; g.Count != 62 || g.Exchanges != 24 || g.Of != 80 || len(got.Findings) != 2 {
		t.Errorf("finding %+v", g)
	}
	if diff := cmp.Diff([]string{"ex-1", "ex-1-2"}, got.Findings[0].Examples); diff != "" {
		t.Errorf("examples: %s", diff)
	}
	if len(got.Exchanges) != 4 || len(got.Specs) != 8 || got.Specs[0].Outcome != Failed || got.Specs[5].Outcome != Passed || got.Requirements[4].Outcome != Passed {
		t.Errorf("merged wrongly: %d exchanges, specs %+v", len(got.Exchanges), got.Specs)
	}
	if got.Duration != time.Minute+a.Duration || got.Settings.Safety != "pay" || got.Traffic.Exchanges != 82 || got.Drift[1].Count != 24 || len(got.Created) != 1 {
		t.Errorf("head %+v %+v", got.Duration, got.Settings)
	}
	if c := got.Coverage; c.Seen != 3 || c.Operations[0].Items[0].Count != 78 {
		t.Errorf("coverage %+v", c)
	}
	if n := got.Traffic.Operations[0]; samples(n.Latency) != 80 || n.Statuses[200] != 78 || n.Median != bound(26) {
		t.Errorf("traffic %+v", n)
	}
	if shown(t, WriteJSON, a) != before {
		t.Error("Merge changed its argument")
	}
	if err := valid(t, shown(t, WriteJSON, got)); err != nil {
		t.Error(err)
	}
}

func TestMergeOfShards(t *testing.T) {
	shard := func(filter, passes string) *Run {
		m := Material{Catalogue: required("A", "B"), Settings: Settings{LabelFilter: filter}, Specs: []SpecRecord{rec(passes, "passed", ids(passes))}}
		return Build(m)
	}
	got, err := Merge(shard("A", "A"), shard("B", "B"))
	if err != nil {
		t.Fatal(err)
	}
	if got.Verdict != Conformant || got.Settings.LabelFilter != "(A) || (B)" {
		t.Errorf("%s with filter %q", got.Verdict, got.Settings.LabelFilter)
	}
	got, err = Merge(shard("", "A"), shard("A", "A"))
	if err != nil || got.Verdict != Partial || got.Settings.LabelFilter != "" {
		t.Errorf("%v: %s with filter %q", err, got.Verdict, got.Settings.LabelFilter)
	}
}

func TestMergeRefuses(t *testing.T) {
	for name, change := range map[string]func(*Run){
		"documents": func(r *Run) { r.Document.SHA256 = "x" },
		"overlays":  func(r *Run) { r.Document.OverlaySHA256 = "x" },
		"targets":   func(r *Run) { r.Target.URL = "https://other.example.test" },
		"suites":    func(r *Run) { r.Suite.Version = "v9" },
		"settings":  func(r *Run) { r.Settings.Strict = true },
		"profile":   func(r *Run) { r.Settings.Profile = "static-mock" },
		"baseline":  func(r *Run) { r.Baseline = &BaselineResult{} },
	} {
		other := sampleRun()
		change(other)
		if _, err := Merge(sampleRun(), other); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := Merge(); err == nil {
		t.Error("nothing was merged")
	}
	a, b := sampleRun(), sampleRun()
	a.Target, b.Target = Target{URL: "http://127.0.0.1:1", Embedded: true}, Target{URL: "http://127.0.0.1:2", Embedded: true}
	if _, err := Merge(a, b); err != nil {
		t.Errorf("embedded servers differ by their port only: %v", err)
	}
}
