package proof

import (
	"slices"
	"time"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/spec"
)

// A Result is the result of the suite for one server.
type Result struct {
	Kind     string `json:"kind"`
	ID       string `json:"id"`
	Sentence string `json:"sentence"`

	// Of a fault.
	Requirement  string   `json:"requirement,omitempty"`
	Consequences []string `json:"consequences,omitempty"`
	Operation    string   `json:"operation,omitempty"`
	Cell         bool     `json:"cell,omitempty"`     // see [faults.Fault]
	KilledBy     string   `json:"killedBy,omitempty"` // Requirement or one of Consequences

	// Of a variant.
	Source string `json:"source,omitempty"`
	Strict bool   `json:"strict,omitempty"`

	Expected   bool     `json:"expected"`             // killed, quiet, or failed as it should
	ReportedBy []string `json:"reportedBy,omitempty"` // requirements that findings name, sorted
	Alarms     []Alarm  `json:"alarms,omitempty"`     // findings where there must be none, or instead of the fault

	// Requirements by outcome, for a trivial server.
	Passed  []string `json:"passed,omitempty"`
	Skipped []string `json:"skipped,omitempty"`

	Tested   int           `json:"tested"`            // number of requirements that were tested
	Problem  string        `json:"problem,omitempty"` // why the suite could not finish
	Duration time.Duration `json:"durationNanoseconds"`
}

// An Alarm is a finding, or a spec that could not finish.
type Alarm struct {
	Requirement string     `json:"requirement"`
	Level       spec.Level `json:"level,omitempty"`
	Spec        string     `json:"spec"`
	Where       string     `json:"where,omitempty"` // operation, status and location
	Want        string     `json:"want,omitempty"`
	Got         string     `json:"got"`
}

// read takes from a run what results have in common.
func (r *Result) read(run *reporters.Run) {
	for _, q := range run.Requirements {
		switch q.Outcome {
		case reporters.Skipped:
			r.Skipped = append(r.Skipped, q.ID)
			continue
		case reporters.Passed:
			r.Passed = append(r.Passed, q.ID)
		}
		r.Tested++
	}
	for _, g := range run.Findings {
		r.ReportedBy = append(r.ReportedBy, g.First.Requirement)
		r.Alarms = append(r.Alarms, alarm(g))
	}
	slices.Sort(r.ReportedBy)
	r.ReportedBy = slices.Compact(r.ReportedBy)
	for _, s := range run.Specs {
		if s.Outcome == reporters.Errored {
			r.Alarms = append(r.Alarms, Alarm{Requirement: s.Requirements[0], Level: s.Level, Spec: s.Name, Got: s.Problem})
		}
	}
}

func alarm(g reporters.FindingGroup) Alarm {
	f := g.First
	a := Alarm{Requirement: f.Requirement, Level: f.Level, Want: f.Want, Got: f.Got, Where: f.Where}
	if f.Operation != "" {
		a.Where = f.Operation + "  " + f.Where
	}
	if len(g.Specs) > 0 {
		a.Spec = g.Specs[0]
	}
	return a
}
