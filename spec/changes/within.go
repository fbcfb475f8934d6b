package changes

import (
	"slices"
	"strconv"
)

// maxDeep limits the pairs that are compared below choices among alternatives: if these
// multiply, the rest counts as different if it is written differently.
const maxDeep = 50_000

// maxTrials bounds the pairs of alternatives that are tried.
const maxTrials = 1024

// A view says in which direction values flow and which side of a comparison is the new
// one.
type view struct {
	response bool // the message is a response
	toServer bool // what is sent must be accepted; otherwise what is received must be known
	reverse  bool // opposite direction, for non-breaking changes
	textual  bool // the values are texts on the wire: parameters and headers
	partial  bool // only a part of a schema is compared: others name further properties
}

// oldFirst reports whether the side that must be within the other is the old one.
func (v view) oldFirst() bool { return v.toServer != v.reverse }

// back returns the view with the sides exchanged.
func (v view) back() view {
	v.reverse = !v.reverse
	return v
}

// direction names the message in texts.
func (v view) direction() string {
	if v.response {
		return "response"
	}
	return "request"
}

// A pair is the result of testing whether all values of one conjunction are values of
// another: they are if there are no failures here and below. Each pair is tested once.
type pair struct {
	view     view
	failures []*finding
	below    []*pair
	done     bool
	verdict  int8 // 0 unknown, 1 holds, -1 fails
	stamp    int
}

type pairKey struct {
	view view
	a, b string
}

// holds reports whether all values are within. A pair that is still being asked, in a
// cycle, counts as within.
func (p *pair) holds() bool {
	seen, open := map[*pair]bool{}, false
	ok := p.check(seen, &open)
	if ok && !open {
		for c := range seen {
			c.verdict = 1
		}
	}
	return ok
}

func (p *pair) check(seen map[*pair]bool, open *bool) bool {
	if p.verdict != 0 || seen[p] {
		return p.verdict >= 0
	}
	seen[p] = true
	if !p.done {
		*open = true
	}
	failed := len(p.failures) > 0
	for i := 0; i < len(p.below) && !failed; i++ {
		failed = !p.below[i].check(seen, open)
	}
	if failed {
		p.verdict = -1
	}
	return !failed
}

func (c *comparison) key(x conjunction) string {
	var b []byte
	for _, n := range x.schemas {
		b = append(strconv.AppendInt(b, int64(c.id(n)), 36), '.')
	}
	for _, ch := range x.chosen {
		b = append(strconv.AppendInt(b, int64(c.id(ch.owner)), 36), ':', '0'+byte(ch.keyword))
		b = append(strconv.AppendInt(b, int64(ch.index), 36), '.')
	}
	return string(b)
}

func (c *comparison) id(n *node) int {
	if n.id == 0 {
		c.ids++
		n.id = c.ids
	}
	return n.id
}

func (c *comparison) shape(x conjunction) *shape {
	key := c.key(x)
	s := c.shapes[key]
	if s == nil {
		s = newShape(x)
		c.shapes[key] = s
		if s.enumAt != nil && s.types&^(isObject|isArray) == s.types {
			m := &matcher{question: &question{comparison: c}, left: maxMatches}
			s.list(func(v *node) bool { return m.fits(v, s) != no })
		}
	}
	return s
}

// within checks whether all values of a are values of b.
func (c *comparison) within(v view, a, b conjunction) *pair {
	key := pairKey{v, c.key(a), c.key(b)}
	if p := c.pairs[key]; p != nil {
		return p
	}
	p := &pair{view: v}
	c.pairs[key] = p
	x := &question{comparison: c, pair: p, view: v, a: c.shape(a), b: c.shape(b)}
	if len(a.chosen)+len(b.chosen) > 2 {
		c.deep++
	}
	if c.deep > maxDeep && len(a.chosen)+len(b.chosen) > 2 {
		if x.a.home != nil && x.b.home != nil && x.a.home.digest() != x.b.home.digest() {
			x.failText(ruleAlternatives, nil, nil, "", "")
		}
	} else {
		x.answer()
	}
	p.done = true
	return p
}

// A question is one pair while it is being asked.
type question struct {
	*comparison
	*pair
	view
	a, b *shape
}

func (q *question) answer() {
	if q.a.types == 0 || q.a.enumAt != nil && len(q.a.enum) == 0 {
		return // there is no such value
	}
	if i := slices.IndexFunc(q.a.groups, func(g group) bool { return g.keyword == nullable }); i >= 0 && q.old.file.version != q.new.file.version {
		// OAS 3.0.3 gives nullable an effect only beside type. An author of the same in
		// 3.1 means nothing by it, or null: either is the same meaning.
		q.add(q.view, q.a.of.with(q.a.groups[i], 0), q.b.of)
		return
	}
	if len(q.a.groups)+len(q.b.groups) > 0 {
		checkNotes(q, "")
	}
	switch {
	case len(q.a.groups) > 0 && len(q.b.groups) > 0:
		q.pairGroups()
	case len(q.b.groups) > 0:
		q.someBranch(q.b.groups[0])
	case len(q.a.groups) > 0:
		q.everyBranch(q.a.groups[0])
	default:
		q.apply()
	}
	q.exclusive()
	q.tags()
}

func (q *question) apply() {
	for _, r := range q.rules {
		r.check(q, r.id)
	}
}

// add asks about a part of the values.
func (q *question) add(v view, a, b conjunction) {
	q.pair.below = append(q.pair.below, q.within(v, a, b))
}
