package sample

import (
	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/spec"
)

// Down returns the result of a run against a target that is down.
func Down(kind string, findings ...spec.Finding) *reporters.Run {
	m := reporters.Material{
		Suite:     reporters.Suite{Name: "hostup-conformance", Version: "v1"},
		Target:    reporters.Target{URL: "https://staging.example.test", Outage: &reporters.Outage{Kind: kind, Text: "the target answers everything with status 502", Hints: []string{"see whether it is up"}}},
		Catalogue: []spec.Requirement{{ID: "A-READ-001", Level: spec.Must, Sentence: "it is read"}, {ID: "B-001", Level: spec.Should, Sentence: "b"}},
		Specs:     []reporters.SpecRecord{{Name: "set-up / preflight", State: reporters.StateFailed, Problem: "the target answers everything with status 502", Findings: findings}},
	}
	return reporters.Build(m)
}
