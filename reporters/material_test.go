package reporters

import (
	"fmt"
	"time"

	"github.com/hostup/api-conformance/spec"
)

// saw is a record of a spec that saw nothing of a requirement.
func saw(r SpecRecord, nothingOf string) SpecRecord {
	r.Unseen = map[string]string{nothingOf: "nothing to judge was seen"}
	return r
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
