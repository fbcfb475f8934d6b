package wording

import (
	"slices"
	"strings"

	"github.com/hostup/api-conformance/reporters"
)

// Operations returns the operations in the order of the document, if the result has it,
// then others that specs are about.
func Operations(run *reporters.Run) []string {
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

// Cell is a requirement of an operation.
type Cell struct{ ID, Operation string }

// Outcomes returns the outcome of each requirement of each operation. HEAD is counted
// with the GET of the same path; what belongs to none of the operations is under "".
func Outcomes(run *reporters.Run, operations []string) map[Cell]reporters.Outcome {
	row := RowOf(operations)
	outcomes := map[Cell]reporters.Outcome{}
	put := func(id, operation string, o reporters.Outcome) {
		k := Cell{ID: id, Operation: row(operation)}
		if was, ok := outcomes[k]; !ok || Worth(OutcomeClass(o)) < Worth(OutcomeClass(was)) {
			outcomes[k] = o
		}
	}
	for _, s := range run.Specs {
		o := s.Outcome
		if o == reporters.Failed || o == reporters.Warned {
			o = reporters.Passed // findings decide, see below
		}
		for _, id := range s.Requirements {
			put(id, s.Operation, o)
		}
	}
	for _, g := range run.Findings {
		o := reporters.Warned
		if g.Fails {
			o = reporters.Failed
		}
		put(g.First.Requirement, g.First.Operation, o)
	}
	return outcomes
}

// RowOf returns a function that maps an operation to the one of operations that it is
// shown with, "" for none.
func RowOf(operations []string) func(string) string {
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

// An OperationSummary sums up the outcomes of one operation or, for "", of several.
type OperationSummary struct{ Operation, Summary string }

// OperationSummaries returns the summary of each operation; requirements of no single
// operation come last, if there are any.
func OperationSummaries(run *reporters.Run) (rows []OperationSummary) {
	operations := Operations(run)
	counts := map[string]map[reporters.Outcome]int{}
	outcomes := Outcomes(run, operations)
	for _, q := range run.Requirements {
		for _, operation := range append(slices.Clone(operations), "") {
			o, ok := outcomes[Cell{q.ID, operation}]
			if !ok {
				continue
			}
			if counts[operation] == nil {
				counts[operation] = map[reporters.Outcome]int{}
			}
			counts[operation][reporters.Outcome(OutcomeClass(o))]++
		}
	}
	for _, operation := range append(slices.Clone(operations), "") {
		if counts[operation] != nil || operation != "" {
			rows = append(rows, OperationSummary{operation, Tally(counts[operation])})
		}
	}
	return rows
}

// Worth ranks outcomes: the most informative is 0.
func Worth(outcome string) int {
	return slices.Index([]string{"failed", "warned", "passed", "error", "skipped"}, outcome)
}
