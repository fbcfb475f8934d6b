package reporters

import (
	"fmt"
	"slices"
	"strings"

	"github.com/hostup/api-conformance/spec"
)

// A pageOperation is a row of the matrix: an operation, or "" for specs of
// several.
type pageOperation struct {
	Operation, Summary string
	Cells              []pageCell
}

// A pageCell is what a run says of one requirement of one operation.
type pageCell struct {
	spec.Requirement
	Operation string
	Level     string
	Outcome   string // class
	Word      string
	Glyph     string
	Href      string
}

var glyphs = map[string]string{"failed": "×", "warned": "!", "skipped": "–", "error": "?"}

// matrix lists for every operation the requirements that specs test on it, or
// that findings say are violated there.
func matrix(run *Run, operations []string) []pageOperation {
	known := map[string]bool{}
	for _, o := range operations {
		known[o] = true
	}
	type key struct{ id, operation string }
	outcomes := map[key]Outcome{}
	better := []Outcome{Skipped, Errored, Passed, Warned, Failed} // what says more wins
	row := func(operation string) string {
		if get, ok := strings.CutPrefix(operation, "HEAD "); ok && known["GET "+get] {
			return "GET " + get
		}
		if !known[operation] {
			return ""
		}
		return operation
	}
	put := func(id, operation string, o Outcome) {
		operation = row(operation)
		k := key{id, operation}
		if was, ok := outcomes[k]; !ok || slices.Index(better, o) > slices.Index(better, was) {
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
	href := map[key]string{}
	for i, g := range run.Findings {
		o := Warned
		if g.Fails {
			o = Failed
		}
		operation := row(g.First.Operation)
		put(g.First.Requirement, operation, o)
		if k := (key{g.First.Requirement, operation}); href[k] == "" {
			href[k] = fmt.Sprintf("#finding-%d", i+1)
		}
	}
	var rows []pageOperation
	for _, operation := range append(slices.Clone(operations), "") {
		row := pageOperation{Operation: operation}
		n := map[Outcome]int{}
		for _, q := range run.Requirements {
			o, ok := outcomes[key{q.ID, operation}]
			if !ok {
				continue
			}
			class := outcomeClass(o)
			n[Outcome(class)]++
			h := href[key{q.ID, operation}]
			if h == "" {
				h = "#req-" + line(q.ID, unlimited)
			}
			row.Cells = append(row.Cells, pageCell{
				Requirement: q.Requirement, Operation: operation, Level: levelWord(q.Level),
				Outcome: class, Word: outcomeWord(o), Glyph: glyphs[class], Href: h,
			})
		}
		if row.Summary = tallyText(n); len(row.Cells) > 0 || operation != "" {
			rows = append(rows, row)
		}
	}
	return rows
}

// tallyText is "12 hold, 1 violated, 3 not tested".
func tallyText(n map[Outcome]int) string {
	var parts []string
	for _, o := range []struct {
		outcome Outcome
		word    string
	}{{Failed, "violated"}, {Warned, "with warnings"}, {Errored, "not finished"}, {Skipped, "not tested"}, {Passed, "hold"}} {
		if n[o.outcome] > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n[o.outcome], o.word))
		}
	}
	if len(parts) == 0 {
		return "nothing of it was tested"
	}
	return strings.Join(parts, ", ")
}

// A pageFamily is a group of rows in the table of requirements.
type pageFamily struct {
	Name, Summary string
	Rows          []pageRequirement
}

type pageRequirement struct {
	spec.Requirement
	Level, Outcome, Word, Operations string
	Skip, Sources                    string
	Links                            []string
}

func families(run *Run) []pageFamily {
	operations := map[string][]string{}
	for _, s := range run.Specs {
		for _, id := range s.Requirements {
			operations[id] = append(operations[id], line(s.Operation, unlimited))
		}
	}
	links := map[string][]string{}
	for i, g := range run.Findings {
		links[g.First.Requirement] = append(links[g.First.Requirement], fmt.Sprintf("finding-%d", i+1))
		operations[g.First.Requirement] = append(operations[g.First.Requirement], line(g.First.Operation, unlimited))
	}
	var out []pageFamily
	for _, q := range run.Requirements {
		i := slices.IndexFunc(out, func(f pageFamily) bool { return f.Name == q.Family })
		if i < 0 {
			out = append(out, pageFamily{Name: q.Family})
			i = len(out) - 1
		}
		r := pageRequirement{
			Requirement: q.Requirement, Level: levelWord(q.Level), Outcome: outcomeClass(q.Outcome), Word: outcomeWord(q.Outcome),
			Operations: strings.Join(sorted(operations[q.ID]), "\n"),
			Sources:    line(strings.Join(q.Sources, "  ·  "), unlimited), Links: links[q.ID],
		}
		if q.Skip != nil {
			r.Skip = line(q.Skip.Reason, valueLimit)
		}
		out[i].Rows = append(out[i].Rows, r)
	}
	for i := range out {
		n := map[Outcome]int{}
		for _, r := range out[i].Rows {
			n[Outcome(r.Outcome)]++
		}
		out[i].Summary = tallyText(n)
	}
	return out
}
