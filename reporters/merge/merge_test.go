package merge

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/reporters/internal/sample"
	"github.com/hostup/api-conformance/spec"
)

func TestMergeOfOneIsTheSame(t *testing.T) {
	got, err := Results(sample.Run())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(sample.Run(), got, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("merged (-want +got):\n%s", diff)
	}
}

func TestMergeAddsOperationsOfTheWholeTarget(t *testing.T) {
	with := func(first string, all ...string) *reporters.Run {
		f := spec.Finding{Requirement: "A-1", Level: spec.Must, Operation: first, Scope: spec.WholeTarget, Where: "status", Keyword: spec.KeywordSporadic}
		run := sample.Run()
		run.Findings = []reporters.FindingGroup{{Signature: f.Signature(), First: f, Fails: true, Count: 1, Operations: all}}
		return run
	}
	for _, test := range []struct {
		a, b *reporters.Run
		want []string
	}{
		{with("GET /a"), with("GET /a"), nil},
		{with("GET /a"), with("GET /b"), []string{"GET /a", "GET /b"}},
		{with("GET /c"), with("GET /a", "GET /a", "GET /b"), []string{"GET /a", "GET /b", "GET /c"}},
	} {
		got, err := Results(test.a, test.b)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(test.want, got.Findings[0].Operations); diff != "" {
			t.Errorf("operations (-want +got):\n%s", diff)
		}
	}
}

func TestMergeAddsUp(t *testing.T) {
	before := sample.Shown(t, reporters.WriteJSON, sample.Run())
	a, b := sample.Run(), sample.Run()
	b.Started = a.Started.Add(time.Minute)
	b.Specs[0].Outcome = reporters.Failed
	b.Specs[5].Outcome, b.Specs[5].Skip = reporters.Passed, nil // pay / declined
	b.Requirements[4].Outcome, b.Requirements[4].Skip = reporters.Passed, nil
	b.Specs = append(b.Specs, reporters.SpecResult{Name: "z", Level: "MUST", Outcome: reporters.Passed})
	b.Settings.Safety = "pay"
	got, err := Results(a, b)
	if err != nil {
		t.Fatal(err)
	}
	if g := got.Findings[0]; g.Count != 62 || g.Exchanges != 24 || g.Of != 80 || len(got.Findings) != 2 {
		t.Errorf("finding %+v", g)
	}
	if diff := cmp.Diff([]string{"ex-1", "ex-1-2"}, got.Findings[0].Examples); diff != "" {
		t.Errorf("examples: %s", diff)
	}
	if len(got.Exchanges) != 4 || len(got.Specs) != 8 || got.Specs[0].Outcome != reporters.Failed || got.Specs[5].Outcome != reporters.Passed || got.Requirements[4].Outcome != reporters.Passed {
		t.Errorf("merged wrongly: %d exchanges, specs %+v", len(got.Exchanges), got.Specs)
	}
	if got.Duration != time.Minute+a.Duration || got.Settings.Safety != "pay" || got.Traffic.Exchanges != 82 || got.Drift[1].Count != 24 || len(got.Created) != 1 {
		t.Errorf("head %+v %+v", got.Duration, got.Settings)
	}
	if c := got.Coverage; c.Seen != 3 || c.Operations[0].Items[0].Count != 78 {
		t.Errorf("coverage %+v", c)
	}
	if n := got.Traffic.Operations[0]; reporters.Samples(n.Latency) != 80 || n.Statuses[200] != 78 || n.Median != reporters.Bound(26) {
		t.Errorf("traffic %+v", n)
	}
	if sample.Shown(t, reporters.WriteJSON, a) != before {
		t.Error("Merge changed its argument")
	}
	if err := sample.Valid(t, sample.Shown(t, reporters.WriteJSON, got)); err != nil {
		t.Error(err)
	}
}

func TestMergeOfShards(t *testing.T) {
	shard := func(filter, passes string) *reporters.Run {
		m := reporters.Material{Catalogue: sample.Required("A", "B"), Settings: reporters.Settings{LabelFilter: filter}, Specs: []reporters.SpecRecord{sample.Record(passes, "passed", sample.IDs(passes))}}
		return reporters.Build(m)
	}
	got, err := Results(shard("A", "A"), shard("B", "B"))
	if err != nil {
		t.Fatal(err)
	}
	if got.Verdict != reporters.Conformant || got.Settings.LabelFilter != "(A) || (B)" {
		t.Errorf("%s with filter %q", got.Verdict, got.Settings.LabelFilter)
	}
	got, err = Results(shard("", "A"), shard("A", "A"))
	if err != nil || got.Verdict != reporters.Partial || got.Settings.LabelFilter != "" {
		t.Errorf("%v: %s with filter %q", err, got.Verdict, got.Settings.LabelFilter)
	}
}

func TestMergeRefuses(t *testing.T) {
	for name, change := range map[string]func(*reporters.Run){
		"documents": func(r *reporters.Run) { r.Document.SHA256 = "x" },
		"overlays":  func(r *reporters.Run) { r.Document.OverlaySHA256 = "x" },
		"targets":   func(r *reporters.Run) { r.Target.URL = "https://other.example.test" },
		"suites":    func(r *reporters.Run) { r.Suite.Version = "v9" },
		"settings":  func(r *reporters.Run) { r.Settings.Strict = true },
		"profile":   func(r *reporters.Run) { r.Settings.Profile = "static-mock" },
		"baseline":  func(r *reporters.Run) { r.Baseline = &reporters.BaselineResult{} },
	} {
		other := sample.Run()
		change(other)
		if _, err := Results(sample.Run(), other); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := Results(); err == nil {
		t.Error("nothing was merged")
	}
	a, b := sample.Run(), sample.Run()
	a.Target, b.Target = reporters.Target{URL: "http://127.0.0.1:1", Embedded: true}, reporters.Target{URL: "http://127.0.0.1:2", Embedded: true}
	if _, err := Results(a, b); err != nil {
		t.Errorf("embedded servers differ by their port only: %v", err)
	}
}
