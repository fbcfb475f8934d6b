package reporters

import (
	"fmt"
	"time"

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

// saw is a record of a spec that saw nothing of a requirement.
func saw(r SpecRecord, nothingOf string) SpecRecord {
	r.Unseen = map[string]string{nothingOf: "nothing to judge was seen"}
	return r
}

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
