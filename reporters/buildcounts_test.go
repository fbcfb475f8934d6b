package reporters_test

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/reporters/internal/sample"
	"github.com/hostup/api-conformance/spec"
)

func TestBuildCounts(t *testing.T) {
	run := reporters.Build(busy())
	want := []reporters.FindingGroup{
		{Signature: "A | " + sample.Activity + " | $.entries[*] | k", First: run.Findings[0].First, Fails: true, Count: 13, Exchanges: 7, Of: 8, Specs: []string{"y", "z"}, Examples: []string{"ex-1", "ex-2", "ex-3"}},
		{Signature: "S | " + sample.Activity + " | x | k", First: run.Findings[1].First, Count: 1, Exchanges: 1, Of: 8, Specs: []string{"y"}, Examples: []string{"ex-y"}},
	}
	if diff := cmp.Diff(want, run.Findings); diff != "" {
		t.Errorf("findings (-want +got):\n%s", diff)
	}
	if f := run.Findings[0].First; f.Where != "$.entries[0]" || f.Exchange != "ex-0" {
		t.Errorf("first finding %+v", f)
	}
	wantTraffic := reporters.Traffic{Exchanges: 10, Operations: []reporters.OperationCount{
		{Operation: "GET /", Exchanges: 2, Statuses: map[int]int{}},
		{Operation: sample.Activity, Exchanges: 8, Statuses: map[int]int{200: 7}, Median: 3, Slowest: 9, Latency: []reporters.Bucket{{UpTo: reporters.Bound(0), Count: 5}}},
	}}
	if diff := cmp.Diff(wantTraffic, run.Traffic); diff != "" {
		t.Errorf("traffic (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]reporters.Drift{{Operation: sample.Activity, Where: "$.a", Count: 5}, {Operation: sample.Activity, Where: "$.b", Count: 1}}, run.Drift); diff != "" {
		t.Errorf("drift (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]reporters.Created{{What: "order", ID: "1", Spec: "set-up"}, {What: "order", ID: "2", Spec: "z"}}, run.Created); diff != "" {
		t.Errorf("created (-want +got):\n%s", diff)
	}
	var exchanges []string
	for _, e := range run.Exchanges {
		exchanges = append(exchanges, e.ID)
	}
	if want := sample.IDs("ex-1", "ex-2", "ex-3", "ex-y"); !slices.Equal(exchanges, want) {
		t.Errorf("exchanges %v, want %v", exchanges, want)
	}
	if want := sample.IDs("n", "m"); !slices.Equal(run.Notices, want) {
		t.Errorf("notices %v, want %v", run.Notices, want)
	}
	if z := run.Specs[1]; z.Exchanges != 7 || z.Level != spec.Must || !slices.Equal(z.Requirements, sample.IDs("A", "S")) {
		t.Errorf("spec z: %+v", z)
	}
	if y := run.Specs[0]; y.Exchanges != 3 || y.Level != spec.Should || len(y.Signatures) != 2 {
		t.Errorf("spec y: %+v", y)
	}
	if run.Requirements[0].ID != "B" || run.Requirements[2].ID != "S" {
		t.Error("the requirements are not in the order of the catalogue")
	}
}

// TestBuildDoesNotDependOnOrder builds the same material in many orders, as parallel
// processes deliver it, and checks that the material is not modified.
func TestBuildDoesNotDependOnOrder(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	started := time.Now()
	material := func() reporters.Material {
		m := busy()
		m.Started = started
		m.Specs[1].Exchanges = m.Specs[1].Exchanges[:2]
		return m
	}
	want := reporters.Build(material())
	for range 50 {
		m := material()
		rng.Shuffle(len(m.Specs), func(i, j int) { m.Specs[i], m.Specs[j] = m.Specs[j], m.Specs[i] })
		for i := range m.Specs {
			s := &m.Specs[i]
			rng.Shuffle(len(s.Findings), func(i, j int) { s.Findings[i], s.Findings[j] = s.Findings[j], s.Findings[i] })
			rng.Shuffle(len(s.Exchanges), func(i, j int) { s.Exchanges[i], s.Exchanges[j] = s.Exchanges[j], s.Exchanges[i] })
			rng.Shuffle(len(s.Tally), func(i, j int) { s.Tally[i], s.Tally[j] = s.Tally[j], s.Tally[i] })
		}
		if diff := cmp.Diff(want, reporters.Build(m)); diff != "" {
			t.Fatalf("another order gives another result (-want +got):\n%s", diff)
		}
	}
	m := material()
	reporters.Build(m)
	if diff := cmp.Diff(material(), m); diff != "" {
		t.Errorf("Build changed its material (-before +after):\n%s", diff)
	}
}

func TestDuplicateNames(t *testing.T) {
	specs := []reporters.SpecRecord{{Name: "b"}, {Name: "a"}, {Name: "b"}, {Name: "c"}, {Name: "a"}, {Name: "b"}}
	if got, want := reporters.DuplicateNames(specs), sample.IDs("a", "b"); !slices.Equal(got, want) {
		t.Errorf("DuplicateNames = %v, want %v", got, want)
	}
	if got := reporters.DuplicateNames(specs[:2]); got != nil {
		t.Errorf("DuplicateNames without any = %v", got)
	}
}
