package reporters

import (
	"slices"
	"strings"
)

// operationsOf lists the operations in the order of the document, if the result
// knows it, then others that specs are about.
func operationsOf(run *Run) []string {
	var out []string
	known := map[string]bool{"": true}
	if run.Coverage != nil {
		for _, o := range run.Coverage.Operations {
			out = append(out, o.Operation)
			known[o.Operation] = true
		}
	}
	var rest []string
	for _, s := range run.Specs {
		if !known[s.Operation] {
			rest = append(rest, s.Operation)
			known[s.Operation] = true
		}
	}
	slices.Sort(rest)
	return append(out, rest...)
}

// inMatrix is a requirement of an operation.
type inMatrix struct{ id, operation string }

// outcomesOf says what became of each requirement of each operation, and where the
// page tells of its violation.
func outcomesOf(run *Run, operations []string, anchors map[string]string) (outcomes map[inMatrix]Outcome, href map[inMatrix]string) {
	known := map[string]bool{}
	for _, o := range operations {
		known[o] = true
	}
	row := func(operation string) string {
		if get, ok := strings.CutPrefix(operation, "HEAD "); ok && known["GET "+get] {
			return "GET " + get
		}
		if !known[operation] {
			return ""
		}
		return operation
	}
	outcomes, href = map[inMatrix]Outcome{}, map[inMatrix]string{}
	put := func(id, operation string, o Outcome) inMatrix {
		k := inMatrix{id, row(operation)}
		if was, ok := outcomes[k]; !ok || worth(outcomeClass(o)) < worth(outcomeClass(was)) {
			outcomes[k] = o
		}
		return k
	}
	for _, s := range run.Specs {
		o := s.Outcome
		if o == Failed || o == Warned {
			o = Passed // by what it found, see below
		}
		for _, id := range s.Requirements {
			put(id, s.Operation, o)
		}
	}
	for _, g := range run.Findings {
		o := Warned
		if g.Fails {
			o = Failed
		}
		if k := put(g.First.Requirement, g.First.Operation, o); href[k] == "" {
			href[k] = anchors[g.Signature]
		}
	}
	return outcomes, href
}

// worth orders outcomes: what says more is less.
func worth(outcome string) int {
	return slices.Index([]string{"failed", "warned", "passed", "error", "skipped"}, outcome)
}
