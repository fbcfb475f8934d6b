package sample

import (
	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/spec"
)

// Must returns a MUST finding of requirement id at a location.
func Must(id, where string) spec.Finding {
	return spec.Finding{Requirement: id, Level: spec.Must, Operation: Activity, Where: where, Keyword: "k", Want: "w", Got: "g"}
}

// Should is Must for a finding of level SHOULD.
func Should(id, where string) spec.Finding {
	f := Must(id, where)
	f.Level = spec.Should
	return f
}

// Record returns a record that tests the requirements in ids.
func Record(name, state string, ids []string, findings ...spec.Finding) reporters.SpecRecord {
	return reporters.SpecRecord{Name: name, Area: "area", State: state, Requirements: ids, Findings: findings}
}

// IDs returns its arguments.
func IDs(s ...string) []string { return s }

// Required returns a catalogue: A… are MUST, S… are SHOULD.
func Required(all ...string) []spec.Requirement {
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
