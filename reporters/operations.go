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

// outcomesOf says what became of each requirement of each operation. What a HEAD
// shows stands with the GET of the same path; what is of none of the operations, with "".
func outcomesOf(run *Run, operations []string) map[inMatrix]Outcome {
	row := rowOf(operations)
	outcomes := map[inMatrix]Outcome{}
	put := func(id, operation string, o Outcome) {
		k := inMatrix{id, row(operation)}
		if was, ok := outcomes[k]; !ok || worth(outcomeClass(o)) < worth(outcomeClass(was)) {
			outcomes[k] = o
		}
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
		put(g.First.Requirement, g.First.Operation, o)
	}
	return outcomes
}

// rowOf returns a function from an operation to the one of operations that it is shown
// with, "" for none.
func rowOf(operations []string) func(string) string {
	known := map[string]bool{}
	for _, o := range operations {
		known[o] = true
	}
	return func(operation string) string {
		if get, ok := strings.CutPrefix(operation, "HEAD "); ok && known["GET "+get] {
			return "GET " + get
		}
		if !known[operation] {
			return ""
		}
		return operation
	}
}

// A summaryRow is what became of the requirements of one operation, or, "", of
// several.
type summaryRow struct{ operation, summary string }

// summaryRows sums up what became of the requirements of each operation; those of no
// single operation come last, if there are any.
func summaryRows(run *Run) (rows []summaryRow) {
	operations := operationsOf(run)
	counts := map[string]map[Outcome]int{}
	outcomes := outcomesOf(run, operations)
	for _, q := range run.Requirements {
		for _, operation := range append(slices.Clone(operations), "") {
			o, ok := outcomes[inMatrix{q.ID, operation}]
			if !ok {
				continue
			}
			if counts[operation] == nil {
				counts[operation] = map[Outcome]int{}
			}
			counts[operation][Outcome(outcomeClass(o))]++
		}
	}
	for _, operation := range append(slices.Clone(operations), "") {
		if counts[operation] != nil || operation != "" {
			rows = append(rows, summaryRow{operation, tallyText(counts[operation])})
		}
	}
	return rows
}

// worth orders outcomes: what says more is less.
func worth(outcome string) int {
	return slices.Index([]string{"failed", "warned", "passed", "error", "skipped"}, outcome)
}
