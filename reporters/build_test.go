package reporters

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/hostup/api-conformance/spec"
)

// must and should make findings of requirement id at a place.
func must(id, where string) spec.Finding {
	return spec.Finding{Requirement: id, Level: spec.Must, Operation: activity, Where: where, Keyword: "k", Want: "w", Got: "g"}
}

func should(id, where string) spec.Finding {
	f := must(id, where)
	f.Level = spec.Should
	return f
}

// rec makes a record that tests the requirements of ids, separated by spaces.
func rec(name, state string, ids []string, findings ...spec.Finding) SpecRecord {
	return SpecRecord{Name: name, Area: "area", State: state, Requirements: ids, Findings: findings}
}

func ids(s ...string) []string { return s }

// required makes a catalogue: A… are MUST, S… are SHOULD.
func required(all ...string) []spec.Requirement {
	var out []spec.Requirement
	for _, id := range all {
		level := spec.Must
		if id[0] == 'S' {
			level = spec.Should
		}
		out = append(out, spec.Requirement{ID: id, Level: level})
	}
	return out
}

func TestBuildOutcomes(t *testing.T) {
	type outcomes map[string]Outcome
	tests := []struct {
		name         string
		catalogue    []spec.Requirement
		settings     Settings
		interrupted  bool
		specs        []SpecRecord
		specOutcomes outcomes
		requirements outcomes
		verdict      Verdict
	}{
		{
			name: "everything passes", catalogue: required("A", "S"),
			specs:        []SpecRecord{rec("a", "passed", ids("A", "S"))},
			specOutcomes: outcomes{"a": Passed}, requirements: outcomes{"A": Passed, "S": Passed}, verdict: Conformant,
		},
		{
			name: "a finding of its own fails a spec, whatever its state", catalogue: required("A"),
			specs:        []SpecRecord{rec("a", "failed", ids("A"), must("A", "x")), rec("b", "passed", ids("A"), must("A", "x"))},
			specOutcomes: outcomes{"a": Failed, "b": Failed}, requirements: outcomes{"A": Failed}, verdict: NonConformant,
		},
		{
			name: "a cause is charged to its owner, not to others that met it", catalogue: required("A", "B"),
			specs:        []SpecRecord{rec("a", "failed", ids("A"), must("A", "x")), rec("b", "failed", ids("B"), must("A", "x"))},
			specOutcomes: outcomes{"a": Failed, "b": Passed}, requirements: outcomes{"A": Failed, "B": Passed}, verdict: NonConformant,
		},
		{
			name: "an owner that did not meet the cause does not take it", catalogue: required("A", "B"),
			specs:        []SpecRecord{rec("a", "failed", ids("A"), must("A", "y")), rec("b", "failed", ids("B"), must("A", "x")), rec("c", "failed", ids("B"), must("A", "x"))},
			specOutcomes: outcomes{"a": Failed, "b": Failed, "c": Failed}, requirements: outcomes{"A": Failed, "B": Passed}, verdict: NonConformant,
		},
		{
			name: "an owner that could not finish does not take it", catalogue: required("A", "B"),
			specs:        []SpecRecord{rec("a", "panicked", ids("A"), must("A", "x")), rec("b", "failed", ids("B"), must("A", "x"))},
			specOutcomes: outcomes{"a": Errored, "b": Failed}, requirements: outcomes{"A": Failed, "B": Passed}, verdict: NonConformant,
		},
		{
			name: "a spec fails by one cause of its own among those of others", catalogue: required("A", "B"),
			specs:        []SpecRecord{rec("a", "failed", ids("A"), must("A", "x")), rec("b", "failed", ids("B"), must("A", "x"), must("B", "x"))},
			specOutcomes: outcomes{"a": Failed, "b": Failed}, requirements: outcomes{"A": Failed, "B": Failed}, verdict: NonConformant,
		},
		{
			name: "states of specs that could not finish", catalogue: required("A", "B", "C", "D", "E", "F"),
			specs: []SpecRecord{
				rec("a", "panicked", ids("A")), rec("b", "timedout", ids("B")), rec("c", "interrupted", ids("C")),
				rec("d", "aborted", ids("D")), rec("e", "failed", ids("E")), rec("f", "exploded", ids("F")),
			},
			specOutcomes: outcomes{"a": Errored, "b": Errored, "c": Errored, "d": Errored, "e": Errored, "f": Errored},
			requirements: outcomes{"A": Errored, "B": Errored, "C": Errored, "D": Errored, "E": Errored, "F": Errored}, verdict: NonConformant,
		},
		{
			name: "failed with nothing but a warning is not explained by it", catalogue: required("A", "S"),
			specs:        []SpecRecord{rec("a", "failed", ids("A"), should("S", "x"))},
			specOutcomes: outcomes{"a": Errored}, requirements: outcomes{"A": Errored, "S": Warned}, verdict: NonConformant,
		},
		{
			name: "a requirement that one spec tested and another could not", catalogue: required("A"),
			specs:        []SpecRecord{rec("a", "passed", ids("A")), rec("b", "timedout", ids("A"))},
			specOutcomes: outcomes{"a": Passed, "b": Errored}, requirements: outcomes{"A": Passed}, verdict: NonConformant,
		},
		{
			name: "warnings go to the owner", catalogue: required("A", "S"),
			specs:        []SpecRecord{rec("a", "passed", ids("A"), should("S", "x")), rec("s", "passed", ids("S"), should("S", "x"))},
			specOutcomes: outcomes{"a": Passed, "s": Warned}, requirements: outcomes{"A": Passed, "S": Warned}, verdict: Conformant,
		},
		{
			name: "or to all without one", catalogue: required("A", "S"),
			specs:        []SpecRecord{rec("a", "passed", ids("A"), should("S", "x")), rec("b", "passed", ids("A"))},
			specOutcomes: outcomes{"a": Warned, "b": Passed}, requirements: outcomes{"A": Passed, "S": Warned}, verdict: Conformant,
		},
		{
			name: "in a strict run they fail", catalogue: required("A", "S"), settings: Settings{Strict: true},
			specs:        []SpecRecord{rec("a", "passed", ids("A"), should("S", "x")), rec("s", "passed", ids("S"), should("S", "x"))},
			specOutcomes: outcomes{"a": Passed, "s": Failed}, requirements: outcomes{"A": Passed, "S": Failed}, verdict: NonConformant,
		},
		{
			name: "a skipped MUST makes it partial", catalogue: required("A", "B"),
			specs:        []SpecRecord{rec("a", "passed", ids("A")), rec("b", "skipped", ids("B"))},
			specOutcomes: outcomes{"a": Passed, "b": Skipped}, requirements: outcomes{"A": Passed, "B": Skipped}, verdict: Partial,
		},
		{
			name: "a skipped SHOULD does not", catalogue: required("A", "S"),
			specs:        []SpecRecord{rec("a", "passed", ids("A")), rec("s", "pending", ids("S"))},
			specOutcomes: outcomes{"a": Passed, "s": Skipped}, requirements: outcomes{"A": Passed, "S": Skipped}, verdict: Conformant,
		},
		{
			name: "nor a MUST that another spec tested", catalogue: required("A"),
			specs:        []SpecRecord{rec("a", "passed", ids("A")), rec("b", "skipped", ids("A"))},
			specOutcomes: outcomes{"a": Passed, "b": Skipped}, requirements: outcomes{"A": Passed}, verdict: Conformant,
		},
		{
			name: "a MUST without a spec makes it partial", catalogue: required("A", "B"),
			specs:        []SpecRecord{rec("a", "passed", ids("A"))},
			specOutcomes: outcomes{"a": Passed}, requirements: outcomes{"A": Passed, "B": Skipped}, verdict: Partial,
		},
		{
			name: "but not if a label filter left it out", catalogue: required("A", "B"), settings: Settings{LabelFilter: "a"},
			specs:        []SpecRecord{rec("a", "passed", ids("A"))},
			specOutcomes: outcomes{"a": Passed}, requirements: outcomes{"A": Passed, "B": Skipped}, verdict: Conformant,
		},
		{
			name: "a cause met before a skip still fails", catalogue: required("A", "B"),
			specs:        []SpecRecord{rec("a", "passed", ids("A")), rec("b", "skipped", ids("B"), must("C", "x"))},
			specOutcomes: outcomes{"a": Passed, "b": Failed}, requirements: outcomes{"A": Passed, "B": Skipped}, verdict: NonConformant,
		},
		{
			name: "a warning met before a skip leaves it skipped", catalogue: required("A", "S"),
			specs:        []SpecRecord{rec("a", "passed", ids("A")), rec("b", "skipped", ids("A"), should("S", "x"))},
			specOutcomes: outcomes{"a": Passed, "b": Skipped}, requirements: outcomes{"A": Passed, "S": Warned}, verdict: Conformant,
		},
		{
			name: "an interrupted run is partial", catalogue: required("A"), interrupted: true,
			specs:        []SpecRecord{rec("a", "passed", ids("A"))},
			specOutcomes: outcomes{"a": Passed}, requirements: outcomes{"A": Passed}, verdict: Partial,
		},
		{
			name: "a run of nothing is partial", settings: Settings{LabelFilter: "typo"}, catalogue: required("A"),
			requirements: outcomes{"A": Skipped}, verdict: Partial,
		},
		{
			name: "a finding without a level is taken for MUST", catalogue: required("A"),
			specs:        []SpecRecord{rec("a", "passed", ids("A"), spec.Finding{Requirement: "A"})},
			specOutcomes: outcomes{"a": Failed}, requirements: outcomes{"A": Failed}, verdict: NonConformant,
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			run := Build(Material{Settings: tt.settings, Interrupted: tt.interrupted, Catalogue: tt.catalogue, Specs: tt.specs})
			var specs, requirements outcomes
			for _, s := range run.Specs {
				if specs == nil {
					specs = outcomes{}
				}
				specs[s.Name] = s.Outcome
				if (s.Skip != nil) != (s.Outcome == Skipped) || (s.Problem != "") != (s.Outcome == Errored) {
					t.Errorf("spec %s is %s with skip %v and problem %q", s.Name, s.Outcome, s.Skip, s.Problem)
				}
			}
			for _, q := range run.Requirements {
				if requirements == nil {
					requirements = outcomes{}
				}
				requirements[q.ID] = q.Outcome
				if (q.Skip != nil) != (q.Outcome == Skipped) {
					t.Errorf("requirement %s is %s with skip %v", q.ID, q.Outcome, q.Skip)
				}
			}
			if diff := cmp.Diff(tt.specOutcomes, specs); diff != "" {
				t.Errorf("specs (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tt.requirements, requirements); diff != "" {
				t.Errorf("requirements (-want +got):\n%s", diff)
			}
			if run.Verdict != tt.verdict {
				t.Errorf("verdict %s, want %s", run.Verdict, tt.verdict)
			}
		})
	}
}

func TestBuildSkipReasons(t *testing.T) {
	skip := func(name, code string) SpecRecord {
		r := rec(name, "skipped", ids("A"))
		r.Skip = &Skip{Code: code, Reason: "because " + name}
		return r
	}
	said := rec("a", "skipped", ids("A"))
	said.Problem = "no reason in form"
	tests := []struct {
		name        string
		interrupted bool
		specs       []SpecRecord
		want        Skip
	}{
		{"first by name", false, []SpecRecord{skip("b", SkipSafety), skip("a", SkipNoData)}, Skip{SkipNoData, "because a"}},
		{"one that says more than not selected", false, []SpecRecord{skip("a", SkipNotSelected), skip("b", SkipSafety), skip("c", SkipNoData)}, Skip{SkipSafety, "because b"}},
		{"not selected", false, []SpecRecord{skip("b", SkipNotSelected), skip("a", SkipNotSelected)}, Skip{SkipNotSelected, "because a"}},
		{"no spec", false, nil, Skip{SkipNotSelected, "no spec of it is in this run"}},
		{"pending", false, []SpecRecord{rec("a", "pending", ids("A"))}, Skip{SkipPending, "the spec is marked as pending"}},
		{"interrupted", true, []SpecRecord{rec("a", "skipped", ids("A"))}, Skip{SkipInterrupted, "the run was interrupted before this spec"}},
		{"problem", false, []SpecRecord{said}, Skip{SkipUnexplained, "no reason in form"}},
		{"nothing", false, []SpecRecord{rec("a", "skipped", ids("A"))}, Skip{SkipUnexplained, "the spec was skipped without a reason; report this as a fault of the suite"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			run := Build(Material{Catalogue: required("A"), Interrupted: tt.interrupted, Specs: tt.specs})
			if diff := cmp.Diff(&tt.want, run.Requirements[0].Skip); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// busy is material that has some of everything, for the tests of what Build
// counts.
func busy() Material {
	at := func(f spec.Finding, exchange string) spec.Finding { f.Exchange = exchange; return f }
	m := Material{Catalogue: required("B", "A", "S"), Started: time.Now(), Notices: []string{"n", "m", "n"}}
	var findings []spec.Finding
	var exchanges []Exchange
	for i := range 6 {
		id := fmt.Sprintf("ex-%d", i)
		findings = append(findings, at(must("A", fmt.Sprintf("$.entries[%d]", i)), id), at(must("A", "$.entries[9]"), id))
		if i > 0 {
			exchanges = append(exchanges, Exchange{ID: id})
		}
	}
	m.Specs = []SpecRecord{
		{
			Name: "z", State: "failed", Requirements: ids("A", "S", "A"), Findings: findings, Exchanges: exchanges,
			Tally:   []Tally{{Operation: activity, Exchanges: 7, Statuses: map[int]int{200: 6}, Durations: []time.Duration{3, 1, 2, 9}}},
			Drift:   []Drift{{activity, "$.b", 1}, {activity, "$.a", 2}},
			Created: []Created{{What: "order", ID: "2"}},
		},
		{
			Name: "y", State: "passed", Requirements: ids("S"), Findings: []spec.Finding{at(should("S", "x"), "ex-y"), at(must("A", "$.entries[4]"), "ex-y")},
			Exchanges: []Exchange{{ID: "ex-y"}, {ID: "ex-unused"}, {ID: "ex-1", Spec: "again"}},
			Tally:     []Tally{{Operation: activity, Exchanges: 1, Statuses: map[int]int{200: 1}, Durations: []time.Duration{4}}, {Operation: "GET /", Exchanges: 2}},
			Drift:     []Drift{{activity, "$.a", 3}},
			Created:   []Created{{What: "order", ID: "1", Spec: "set-up"}, {What: "order", ID: "1", Spec: "set-up"}},
		},
	}
	return m
}

func TestBuildCounts(t *testing.T) {
	run := Build(busy())
	want := []FindingGroup{
		{Signature: "A | " + activity + " | $.entries[*] | k", First: run.Findings[0].First, Fails: true, Count: 13, Exchanges: 7, Of: 8, Specs: []string{"y", "z"}, Examples: []string{"ex-1", "ex-2", "ex-3"}},
		{Signature: "S | " + activity + " | x | k", First: run.Findings[1].First, Count: 1, Exchanges: 1, Of: 8, Specs: []string{"y"}, Examples: []string{"ex-y"}},
	}
	if diff := cmp.Diff(want, run.Findings); diff != "" {
		t.Errorf("findings (-want +got):\n%s", diff)
	}
	if f := run.Findings[0].First; f.Where != "$.entries[0]" || f.Exchange != "ex-0" {
		t.Errorf("first finding %+v", f)
	}
	wantTraffic := Traffic{Exchanges: 10, Operations: []OperationCount{
		{Operation: "GET /", Exchanges: 2, Statuses: map[int]int{}},
		{Operation: activity, Exchanges: 8, Statuses: map[int]int{200: 7}, Median: 3, Slowest: 9, Latency: []Bucket{{bound(0), 5}}},
	}}
	if diff := cmp.Diff(wantTraffic, run.Traffic); diff != "" {
		t.Errorf("traffic (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]Drift{{activity, "$.a", 5}, {activity, "$.b", 1}}, run.Drift); diff != "" {
		t.Errorf("drift (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]Created{{What: "order", ID: "1", Spec: "set-up"}, {What: "order", ID: "2", Spec: "z"}}, run.Created); diff != "" {
		t.Errorf("created (-want +got):\n%s", diff)
	}
	var exchanges []string
	for _, e := range run.Exchanges {
		exchanges = append(exchanges, e.ID)
	}
	if want := ids("ex-1", "ex-2", "ex-3", "ex-y"); !slices.Equal(exchanges, want) {
		t.Errorf("exchanges %v, want %v", exchanges, want)
	}
	if want := ids("n", "m"); !slices.Equal(run.Notices, want) {
		t.Errorf("notices %v, want %v", run.Notices, want)
	}
	if z := run.Specs[1]; z.Exchanges != 7 || z.Level != spec.Must || !slices.Equal(z.Requirements, ids("A", "S")) {
		t.Errorf("spec z: %+v", z)
	}
	if y := run.Specs[0]; y.Exchanges != 3 || y.Level != spec.Should || len(y.Signatures) != 2 {
		t.Errorf("spec y: %+v", y)
	}
	if run.Requirements[0].ID != "B" || run.Requirements[2].ID != "S" {
		t.Error("the requirements are not in the order of the catalogue")
	}
}

// TestBuildDoesNotDependOnOrder builds the same material in many orders, as
// parallel processes deliver it, and checks that it is left as it was.
func TestBuildDoesNotDependOnOrder(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	started := time.Now()
	material := func() Material {
		m := busy()
		m.Started = started
		m.Specs[1].Exchanges = m.Specs[1].Exchanges[:2]
		return m
	}
	want := Build(material())
	for range 50 {
		m := material()
		rng.Shuffle(len(m.Specs), func(i, j int) { m.Specs[i], m.Specs[j] = m.Specs[j], m.Specs[i] })
		for i := range m.Specs {
			s := &m.Specs[i]
			rng.Shuffle(len(s.Findings), func(i, j int) { s.Findings[i], s.Findings[j] = s.Findings[j], s.Findings[i] })
			rng.Shuffle(len(s.Exchanges), func(i, j int) { s.Exchanges[i], s.Exchanges[j] = s.Exchanges[j], s.Exchanges[i] })
			rng.Shuffle(len(s.Tally), func(i, j int) { s.Tally[i], s.Tally[j] = s.Tally[j], s.Tally[i] })
		}
		if diff := cmp.Diff(want, Build(m)); diff != "" {
			t.Fatalf("another order gives another result (-want +got):\n%s", diff)
		}
	}
	m := material()
	Build(m)
	if diff := cmp.Diff(material(), m); diff != "" {
		t.Errorf("Build changed its material (-before +after):\n%s", diff)
	}
}

// TestBuildShowsEveryFailingCause: whatever the material, a cause that fails the
// run makes some spec red, and JUnit is red.
func TestBuildShowsEveryFailingCause(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	states := []string{"passed", "failed", "skipped", "pending", "panicked", "timedout"}
	names := ids("A", "B", "S")
	for range 2000 {
		m := Material{Catalogue: required(names...), Settings: Settings{Strict: rng.IntN(2) == 0}}
		for i := range 1 + rng.IntN(4) {
			r := rec(fmt.Sprint(i), states[rng.IntN(len(states))], ids(names[rng.IntN(3)]))
			for range rng.IntN(3) {
				f := must(names[rng.IntN(2)], "x")
				if rng.IntN(2) == 0 {
					f = should("S", "x")
				}
				r.Findings = append(r.Findings, f)
			}
			m.Specs = append(m.Specs, r)
		}
		run := Build(m)
		got, text := junitOf(t, run)
		if red := got.Failures+got.Errors > 0; run.Verdict == NonConformant && !red || run.Verdict == Conformant && red {
			t.Fatalf("verdict %s, JUnit red: %v\n%s", run.Verdict, red, text)
		}
		if got.Tests != len(run.Specs) && testedAny(run) {
			t.Fatalf("a cause is charged to no spec:\n%s", text)
		}
	}
}

func TestDuplicateNames(t *testing.T) {
	specs := []SpecRecord{{Name: "b"}, {Name: "a"}, {Name: "b"}, {Name: "c"}, {Name: "a"}, {Name: "b"}}
	if got, want := DuplicateNames(specs), ids("a", "b"); !slices.Equal(got, want) {
		t.Errorf("DuplicateNames = %v, want %v", got, want)
	}
	if got := DuplicateNames(specs[:2]); got != nil {
		t.Errorf("DuplicateNames without any = %v", got)
	}
}
