package changes

import (
	"math/big"
	"slices"
)

// maxRanges bounds the ranges that the limits of alternatives form.
const maxRanges = 16

// inRanges reports whether the numbers of a, or its strings and arrays by length, are
// each in some alternative, when split at the limits of the alternatives.
func (q *question) inRanges(a conjunction, g group) bool {
	s := q.shape(a)
	least, most := "minimum", "maximum"
	var cuts []cut
	for i := range g.branches {
		b := q.shape(q.b.of.with(g, i))
		switch s.types {
		case isInteger, isFraction, isInteger | isFraction:
			cuts = append(cuts, cutsOf(b.limits())...)
		case isString:
			least, most = "minLength", "maxLength"
			cuts = append(cuts, cutsOf(countBound(b.counts[least]), countBound(b.counts[most]))...)
		case isArray:
			least, most = "minItems", "maxItems"
			cuts = append(cuts, cutsOf(countBound(b.counts[least]), countBound(b.counts[most]))...)
		}
	}
	slices.SortFunc(cuts, cut.compare)
	cuts = slices.CompactFunc(cuts, func(x, y cut) bool { return x.compare(y) == 0 })
	if len(cuts) == 0 || len(cuts) > maxRanges {
		return false
	}
	for i := range len(cuts) + 1 {
		piece := &node{kind: object, file: q.a.home.file, line: q.a.home.line, parent: q.a.home.parent, key: q.a.home.key}
		if i > 0 {
			cuts[i-1].limit(piece, least, cuts[i-1].below)
		}
		if i < len(cuts) {
			cuts[i].limit(piece, most, !cuts[i].below)
		}
		if !q.inSome(a.and(piece), g) {
			return false
		}
	}
	return true
}

// A cut is a position just below a number, or just above it.
type cut struct {
	at    *big.Rat
	below bool
}

func (c cut) compare(d cut) int {
	if order := c.at.Cmp(d.at); order != 0 || c.below == d.below {
		return order
	}
	if c.below {
		return -1
	}
	return 1
}

// limit adds a keyword with the number of the cut, inclusive or not.
func (c cut) limit(n *node, keyword string, inclusive bool) {
	value := c.at
	if !inclusive && keyword != "minimum" && keyword != "maximum" {
		step := int64(1) // counts are whole numbers
		if keyword[:3] == "max" {
			step = -1
		}
		value, inclusive = new(big.Rat).Add(value, big.NewRat(step, 1)), true
	}
	if !inclusive {
		keyword = map[string]string{"minimum": "exclusiveMinimum", "maximum": "exclusiveMaximum"}[keyword]
	}
	digits, exact := value.FloatPrec()
	if !exact {
		digits = 40
	}
	n.add(keyword, &node{kind: number, text: value.FloatString(digits), file: n.file, line: n.line, parent: n, key: keyword})
}

// cutsOf returns the ends of a range.
func cutsOf(lower, upper *bound) (cuts []cut) {
	if lower != nil {
		cuts = append(cuts, cut{lower.value, !lower.exclusive})
	}
	if upper != nil {
		cuts = append(cuts, cut{upper.value, upper.exclusive})
	}
	return cuts
}

func countBound(n *node) *bound {
	if n == nil {
		return nil
	}
	return &bound{value: rational(n.text), at: n}
}
