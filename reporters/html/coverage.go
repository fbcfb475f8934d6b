package html

import (
	"slices"

	"github.com/hostup/api-conformance/reporters"
)

// A pageCoverage is the coverage of one operation. Left is the number of items that are
// not listed for lack of space.
type pageCoverage struct {
	reporters.OperationCoverage
	Kinds []pageKind
	Left  int
}

// A pageKind is the coverage of one kind of items: those never seen, those seen, those
// that cannot be provoked.
type pageKind struct {
	reporters.KindCoverage
	Items []reporters.CoveredItem
}

// pageItems is the number of document items that the page lists, those never observed
// first.
const pageItems = 6000

// Observed returns the coverage of what the run could observe, see
// [reporters.Run.Selected].
func (p *page) Observed() *reporters.Coverage { return p.Run.Selected() }

// coverage selects the coverage that the page lists.
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
		row.Kinds = kinds(row.OperationCoverage)
		p.Covered = append(p.Covered, row)
	}
}

func kinds(o reporters.OperationCoverage) (list []pageKind) {
	items := map[string][]reporters.CoveredItem{}
	for _, i := range o.Items {
		items[i.Kind] = append(items[i.Kind], i)
	}
	for _, k := range o.Kinds() {
		slices.SortStableFunc(items[k.Kind], func(a, b reporters.CoveredItem) int { return place(a) - place(b) })
		list = append(list, pageKind{k, items[k.Kind]})
	}
	return list
}

// place returns where an item stands in the list of its kind.
func place(i reporters.CoveredItem) int {
	switch {
	case i.Count > 0:
		return 1
	case i.Reason != "":
		return 2
	}
	return 0
}
