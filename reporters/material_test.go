package reporters_test

import (
	"fmt"
	"time"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/reporters/internal/sample"
	"github.com/hostup/api-conformance/spec"
)

// saw returns a record of a spec that saw nothing of a requirement.
func saw(r reporters.SpecRecord, nothingOf string) reporters.SpecRecord {
	r.Unseen = map[string]string{nothingOf: "nothing to judge was seen"}
	return r
}

// busy returns material with something of everything, for the tests of what Build counts.
func busy() reporters.Material {
	at := func(f spec.Finding, exchange string) spec.Finding { f.Exchange = exchange; return f }
	m := reporters.Material{Catalogue: sample.Required("B", "A", "S"), Started: time.Now(), Notices: []string{"n", "m", "n"}}
	var findings []spec.Finding
	var exchanges []reporters.Exchange
	for i := range 6 {
		id := fmt.Sprintf("ex-%d", i)
		findings = append(findings, at(sample.Must("A", fmt.Sprintf("$.entries[%d]", i)), id), at(sample.Must("A", "$.entries[9]"), id))
		if i > 0 {
			exchanges = append(exchanges, reporters.Exchange{ID: id})
		}
	}
	m.Specs = []reporters.SpecRecord{
		{
			Name: "z", State: "failed", Requirements: sample.IDs("A", "S", "A"), Findings: findings, Exchanges: exchanges,
			Tally:   []reporters.Tally{{Operation: sample.Activity, Exchanges: 7, Statuses: map[int]int{200: 6}, Durations: []time.Duration{3, 1, 2, 9}}},
			Drift:   []reporters.Drift{{Operation: sample.Activity, Where: "$.b", Count: 1}, {Operation: sample.Activity, Where: "$.a", Count: 2}},
			Created: []reporters.Created{{What: "order", ID: "2"}},
		},
		{
			Name: "y", State: "passed", Requirements: sample.IDs("S"), Findings: []spec.Finding{at(sample.Should("S", "x"), "ex-y"), at(sample.Must("A", "$.entries[4]"), "ex-y")},
			Exchanges: []reporters.Exchange{{ID: "ex-y"}, {ID: "ex-unused"}, {ID: "ex-1", Spec: "again"}},
			Tally:     []reporters.Tally{{Operation: sample.Activity, Exchanges: 1, Statuses: map[int]int{200: 1}, Durations: []time.Duration{4}}, {Operation: "GET /", Exchanges: 2}},
			Drift:     []reporters.Drift{{Operation: sample.Activity, Where: "$.a", Count: 3}},
			Created:   []reporters.Created{{What: "order", ID: "1", Spec: "set-up"}, {What: "order", ID: "1", Spec: "set-up"}},
		},
	}
	return m
}
