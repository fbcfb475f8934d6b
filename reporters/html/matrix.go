package html

import (
	"slices"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/reporters/internal/escape"
	"github.com/hostup/api-conformance/reporters/internal/wording"
	"github.com/hostup/api-conformance/spec"
)

// A pageOperation is a row of the matrix: an operation, or "" for specs of several
// operations.
type pageOperation struct {
	Operation, Summary, Outcome string
	Families                    []pageGroup
	Holding                     int // satisfied requirements that are not listed, for lack of space
}

// A pageGroup is the result of one family of requirements for an operation.
type pageGroup struct {
	Name, Outcome, Tally string
	Marks                []string   // CSS classes of the small squares; empty if there is no space
	Cells                []pageCell // the listed requirements
}

// A pageCell is the result of one requirement for one operation.
type pageCell struct {
	spec.Requirement
	Level   string
	Outcome string // CSS class
	Word    string
	Glyph   string
	Href    string
}

// Limits of the matrix: rows that are not folded, and requirements that are listed by id.
const (
	shownRows = 60
	pageCells = 3000
)

var glyphs = map[string]string{"passed": "✓", "failed": "×", "warned": "!", "skipped": "–", "error": "?"}

// matrix builds the rows of the page.
func (p *page) matrix() {
	p.Matrix = matrix(p.Run, p.Operations, p.anchors())
	if len(p.Matrix) > shownRows+1 {
		slices.SortStableFunc(p.Matrix, func(a, b pageOperation) int { return wording.Worth(a.Outcome) - wording.Worth(b.Outcome) })
		p.Matrix, p.MoreMatrix = p.Matrix[:shownRows], p.Matrix[shownRows:]
	}
}

// matrix returns for every operation, by family, the requirements that specs test on it
// or that findings report as violated. anchors maps signatures to the anchors of causes.
func matrix(run *reporters.Run, operations []string, anchors map[string]string) (rows []pageOperation) {
	outcomes, row := wording.Outcomes(run, operations), wording.RowOf(operations)
	href := map[wording.Cell]string{}
	for _, g := range run.Findings {
		if k := (wording.Cell{ID: g.First.Requirement, Operation: row(g.First.Operation)}); href[k] == "" {
			href[k] = anchors[g.Signature]
		}
	}
	whole := len(outcomes) <= pageCells
	room := pageCells
	for _, operation := range append(slices.Clone(operations), "") {
		var cells []pageCell
		for _, q := range run.Requirements {
			k := wording.Cell{ID: q.ID, Operation: operation}
			o, ok := outcomes[k]
			if !ok {
				continue
			}
			class := wording.OutcomeClass(o)
			c := pageCell{
				Requirement: q.Requirement, Level: wording.LevelWord(q.Level),
				Outcome: class, Word: wording.OutcomeWord(o), Glyph: glyphs[class], Href: "#" + href[k],
			}
			if href[k] == "" {
				c.Href = "#req-" + escape.Line(q.ID, escape.Unlimited)
			}
			cells = append(cells, c)
		}
		if len(cells) > 0 || operation != "" {
			rows = append(rows, newRow(operation, cells, whole, &room))
		}
	}
	return rows
}

// newRow builds the row of an operation. If the page has no space for all cells, it lists
// only those that are not satisfied, while there is space.
func newRow(operation string, cells []pageCell, whole bool, room *int) pageOperation {
	row := pageOperation{Operation: operation, Outcome: "skipped"}
	n := map[reporters.Outcome]int{}
	at := map[string]int{}
	for _, c := range cells {
		i, ok := at[c.Family]
		if !ok {
			i, at[c.Family] = len(row.Families), len(row.Families)
			row.Families = append(row.Families, pageGroup{Name: escape.Line(c.Family, 40), Outcome: "skipped"})
		}
		g := &row.Families[i]
		n[reporters.Outcome(c.Outcome)]++
		row.Outcome, g.Outcome = worse(row.Outcome, c.Outcome), worse(g.Outcome, c.Outcome)
		switch {
		case whole || c.Outcome != "passed" && *room > 0:
			*room--
			g.Cells = append(g.Cells, c)
		case c.Outcome == "passed":
			row.Holding++
		}
		if whole {
			g.Marks = append(g.Marks, c.Outcome)
		}
	}
	for name, i := range at {
		of := map[reporters.Outcome]int{}
		for _, c := range cells {
			if c.Family == name {
				of[reporters.Outcome(c.Outcome)]++
			}
		}
		row.Families[i].Tally = wording.Tally(of)
	}
	row.Summary = wording.Tally(n)
	return row
}

func worse(a, b string) string {
	if wording.Worth(b) < wording.Worth(a) {
		return b
	}
	return a
}
