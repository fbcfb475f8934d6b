package reporters

import "github.com/hostup/api-conformance/spec"

// outageRun is the result of a run against a target that is down.
func outageRun(kind string, findings ...spec.Finding) *Run {
	m := Material{
		Suite:     Suite{Name: "hostup-conformance", Version: "v1"},
		Target:    Target{URL: "https://staging.example.test", Outage: &Outage{Kind: kind, Text: "the target answers everything with status 502", Hints: []string{"see whether it is up"}}},
		Catalogue: []spec.Requirement{{ID: "A-READ-001", Level: spec.Must, Sentence: "it is read"}, {ID: "B-001", Level: spec.Should, Sentence: "b"}},
		Specs:     []SpecRecord{{Name: "set-up / preflight", State: StateFailed, Problem: "the target answers everything with status 502", Findings: findings}},
	}
	return Build(m)
}
