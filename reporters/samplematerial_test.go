package reporters

import "github.com/hostup/api-conformance/spec"

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
