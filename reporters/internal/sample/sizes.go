package sample

import (
	"fmt"
	"strings"
	"time"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/spec"
)

// ManySpecs returns a run of n specs; each meets all causes, with bodies as large as the
// recorder keeps.
func ManySpecs(n, causes int) *reporters.Run {
	m := reporters.Material{Suite: reporters.Suite{Name: "hostup-conformance", Version: "v1"}, Target: reporters.Target{URL: "https://staging.example.test"}}
	for i := range 117 {
		m.Catalogue = append(m.Catalogue, spec.Requirement{
			ID: fmt.Sprintf("FAM%d-RULE-%03d", i/10, i), Level: spec.Must, Family: fmt.Sprintf("family%d", i/10),
			Sentence: "a sentence of the length that sentences of the catalogue have, more or less", Sources: []string{"https://developer.hostup.se/endpoints/billing/get-v2-billing-activity: response 200", "RFC 9110 section 15.4.1"},
		})
	}
	for i := range n {
		r := reporters.SpecRecord{
			Name: fmt.Sprintf("area / a container of that area / the spec number %d says what it tests in some words", i), Area: "area",
			Operation: fmt.Sprintf("GET /api/v2/operation/%d", i%8), State: reporters.StatePassed, Duration: 5 * time.Millisecond,
			Requirements: []string{m.Catalogue[i%117].ID},
			Tally:        []reporters.Tally{{Operation: fmt.Sprintf("GET /api/v2/operation/%d", i%8), Exchanges: 1, Statuses: map[int]int{200: 1}, Durations: []time.Duration{time.Duration(i) * 100 * time.Microsecond}}},
		}
		for c := range causes {
			id := fmt.Sprintf("x%d-%d", c, i)
			f := Must(m.Catalogue[c].ID, fmt.Sprintf("$.member%d", c))
			f.Exchange, f.Operation = id, r.Operation
			r.State = reporters.StateFailed
			r.Findings = append(r.Findings, f)
			r.Exchanges = append(r.Exchanges, reporters.Exchange{ID: id, Operation: r.Operation, Request: reporters.Message{Line: "GET / HTTP/1.1"}, Response: &reporters.Message{Line: "HTTP/1.1 200 OK", Body: strings.Repeat("x", 8<<10), Bytes: 1 << 20, Cut: true}})
		}
		m.Specs = append(m.Specs, r)
	}
	return reporters.Build(m)
}

// ManyOperations returns a run of n operations with 40 specs each; the first broken ones
// violate a requirement everywhere, and responses have thousands of short lines.
func ManyOperations(n, broken int) *reporters.Run {
	const rules = 40
	run := &reporters.Run{Schema: reporters.SchemaVersion, Verdict: reporters.NonConformant, Target: reporters.Target{URL: "https://staging.example.test"}, Coverage: &reporters.Coverage{}}
	long := reporters.Message{Line: "HTTP/1.1 200 OK", Body: "[" + strings.Repeat("1,", 4000) + "1]", Bytes: 8002}
	for q := range rules {
		run.Requirements = append(run.Requirements, reporters.RequirementResult{Outcome: reporters.Passed, Requirement: spec.Requirement{
			ID: fmt.Sprintf("FAM%d-RULE-%03d", q/5, q), Level: spec.Must, Family: fmt.Sprintf("family%d", q/5), Sentence: "a sentence of the length that sentences of the catalogue have, more or less",
		}})
	}
	for i := range n {
		operation := fmt.Sprintf("GET /api/v2/operation/%d", i)
		o := reporters.OperationCoverage{Operation: operation}
		for k := range 40 {
			o.Items = append(o.Items, reporters.CoveredItem{Key: fmt.Sprint(i, k), Kind: "property", Text: fmt.Sprintf("200 $.entries[*].property%d", k), Count: k % 3})
		}
		run.Coverage.Operations = append(run.Coverage.Operations, o)
		run.Traffic.Operations = append(run.Traffic.Operations, reporters.OperationCount{Operation: operation, Exchanges: rules, Statuses: map[int]int{200: rules}, Latency: []reporters.Bucket{{UpTo: reporters.Bound(24), Count: rules}}})
		for q := range rules {
			s := reporters.SpecResult{Name: fmt.Sprintf("answers / %s / a spec that says what it tests, number %d", operation, q), Requirements: []string{run.Requirements[q].ID}, Level: spec.Must, Operation: operation, Outcome: reporters.Passed}
			if q < broken {
				f := Must(run.Requirements[q].ID, "$[0]")
				f.Operation, f.Exchange, f.InBody, f.Pointer = operation, fmt.Sprintf("x%d-%d", i, q), true, "/0"
				s.Outcome = reporters.Failed
				run.Requirements[q].Outcome = reporters.Failed
				run.Findings = append(run.Findings, reporters.FindingGroup{Signature: f.Signature(), First: f, Fails: true, Count: 1, Examples: []string{f.Exchange}, Specs: []string{s.Name}})
				run.Exchanges = append(run.Exchanges, reporters.Exchange{ID: f.Exchange, Operation: operation, Request: reporters.Message{Line: "GET / HTTP/1.1"}, Response: &long})
			}
			run.Specs = append(run.Specs, s)
		}
	}
	run.Coverage.Recount()
	return run
}
