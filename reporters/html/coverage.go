package html

import (
	"slices"

	"github.com/hostup/api-conformance/reporters"
)

// A pageCoverage is how much was observed of one operation; Left are the items that
// there was no room for.
type pageCoverage struct {
	reporters.OperationCoverage
	Left int
}

// pageItems is how many items of the document the page lists, those never seen first.
const pageItems = 6000

// Observed is what the run could observe, see [reporters.Run.Selected].
func (p *page) Observed() *reporters.Coverage { return p.Run.Selected() }

// coverage chooses what is listed of the coverage.
func (p *page) coverage() {
	c := p.Run.Selected()
	if c == nil {
		return
	}
	n := 0
	for _, o := range c.Operations {
		n += len(o.Items)
	}
	for i, o := range c.Operations {
		if i == pageRows {
			p.MoreCovered = len(c.Operations) - i
			return
		}
		most := len(o.Items)
		if n > pageItems {
			most = min(most, pageItems/min(len(c.Operations), pageRows))
		}
		row := pageCoverage{OperationCoverage: o, Left: len(o.Items) - most}
		if row.Left > 0 {
			row.Items = slices.Clone(o.Items)
			slices.SortStableFunc(row.Items, func(a, b reporters.CoveredItem) int { return min(a.Count, 1) - min(b.Count, 1) })
			row.Items = row.Items[:most]
		}
		p.Covered = append(p.Covered, row)
	}
}
