package changes

import (
	"slices"
	"strconv"
)

// maxDeep bounds the pairs that are asked below choices among alternatives:
// where these multiply, what is left is taken as another if it is written so.
const maxDeep = 50_000

// maxTrials bounds the alternatives of two sides that are tried with each other.
const maxTrials = 1024

// A view says which way values go and which side of a comparison is the new one.
type view struct {
	response bool // the message they stand in
	toServer bool // what was sent has to be accepted; else what is received has to be known
	reverse  bool // asked the other way round: for what is not breaking
	textual  bool // the values are texts on the wire: parameters and headers
	partial  bool // what is compared is a part of a schema: others name further properties
}

// oldFirst reports whether the side that has to be within the other is the old one.
func (v view) oldFirst() bool { return v.toServer != v.reverse }

// direction names the message for people.
func (v view) direction() string {
	if v.response {
		return "response"
	}
	return "request"
}

// A pair is what comes of asking whether all values of one conjunction are ones
// of another: no failures, here and below, if they are. It is asked once.
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

// holds reports whether all values are within. What is still being asked, in a
// circle, counts as within.
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
	}
	return s
}

// within asks whether all values of a are values of b.
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

// A question is one pair while it is asked.
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
		// OAS 3.0.3 lets nullable count beside type only. Whoever writes the same
		// in 3.1 takes it as nothing, or as null: either is the same meaning.
		q.add(q.view, q.a.of.with(q.a.groups[i], 0), q.b.of)
		return
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

// everyBranch is for alternatives of a alone: each has to be within b. If some
// are, the others are what is told.
func (q *question) everyBranch(g group) {
	var failing []*pair
	for i := range g.branches {
		if p := q.within(q.view, q.a.of.with(g, i), q.b.of); !p.holds() {
			failing = append(failing, p)
		}
	}
	if len(failing) == 0 {
		return
	}
	if len(failing) == len(g.branches) {
		// what they have in common tells it in fewer words
		if q.apply(); !q.holds() {
			return
		}
	}
	q.below = append(q.below, failing...)
}

// someBranch is for alternatives of b alone: a has to be within one of them, as
// a whole or type by type.
func (q *question) someBranch(g group) {
	if q.inSome(q.a.of, g) {
		return
	}
	parts := q.byType()
	failed := false
	for _, part := range parts {
		if q.inSome(part, g) {
			continue
		}
		failed = true
		if i := q.closest(part, g); i >= 0 {
			q.add(q.view, part, q.b.of.with(g, i))
			continue
		}
		q.failText(ruleAlternatives, q.a.home, g.at, q.a.typesText(), keywordName(g.keyword)+" of "+itoa(len(g.branches))+" schemas")
	}
	if !failed && len(parts) == 0 {
		q.failText(ruleAlternatives, q.a.home, g.at, "", keywordName(g.keyword))
	}
}

func (q *question) inSome(a conjunction, g group) bool {
	return slices.ContainsFunc(q.order(a, g), func(i int) bool { return q.within(q.view, a, q.b.of.with(g, i)).holds() })
}

// order returns the branches that share a type with a.
func (q *question) order(a conjunction, g group) []int {
	var list []int
	mine := q.shape(a).types
	for i := range g.branches {
		if q.shape(q.b.of.with(g, i)).types&mine != 0 {
			list = append(list, i)
		}
	}
	return list
}

// closest returns the one branch that shares a type with a, -1 if there are
// none or several.
func (q *question) closest(a conjunction, g group) int {
	if list := q.order(a, g); len(list) == 1 {
		return list[0]
	}
	return -1
}

// byType splits a into its types.
func (q *question) byType() []conjunction {
	var parts []conjunction
	for _, name := range []string{"null", "boolean", "integer", "number", "string", "array", "object"} {
		if name == "integer" && q.a.types&isFraction != 0 || q.a.types&typeNames[name] == 0 {
			continue
		}
		if name == "number" && q.a.types&isFraction == 0 {
			continue
		}
		parts = append(parts, q.a.of.and(q.typeSchema(name, q.a.home)))
	}
	return parts
}

func (c *comparison) typeSchema(name string, at *node) *node {
	if c.typeSchemas[name] == nil {
		c.typeSchemas[name] = made(at, typeMember, name)
	}
	return c.typeSchemas[name]
}

// pairGroups is for alternatives on both sides: each of a has to be within one
// of b. Those that a discriminator calls the same, that are written alike, or that
// lead to a schema of the same name, are taken together first.
func (q *question) pairGroups() {
	if len(q.a.groups) > 1 && len(q.a.groups) == len(q.b.groups) {
		q.eachGroup()
		return
	}
	ga, gb := q.chooseGroups()
	partner, free := q.partners(ga, gb)
	var lost []int
	try := len(ga.branches)*len(gb.branches) <= maxTrials
	for i, j := range partner {
		if j >= 0 {
			q.add(q.view, q.a.of.with(ga, i), q.b.of.with(gb, j))
			continue
		}
		if !try || !q.within(q.view, q.a.of.with(ga, i), q.b.of).holds() {
			lost = append(lost, i)
		}
	}
	if len(lost) == 1 && len(free) == 1 || len(lost) == len(free) && len(ga.branches) == len(gb.branches) && ga.keyword == gb.keyword && q.alike(ga, gb, lost, free) {
		for k, i := range lost {
			q.add(q.view, q.a.of.with(ga, i), q.b.of.with(gb, free[k]))
		}
		return
	}
	for _, i := range lost {
		q.failText(ruleAlternatives, ga.branches[i], gb.at, branchName(ga.branches[i]), "")
	}
}

// eachGroup compares several groups one by one, in order, so that their branches
// do not multiply: a branch alone with the one of its name or place.
func (q *question) eachGroup() {
	q.apply()
	for k, ga := range q.a.groups {
		gb := q.b.groups[k]
		partner, free := q.partners(ga, gb)
		for i, j := range partner {
			if j < 0 {
				if n := slices.IndexFunc(free, func(f int) bool { return q.within(q.part(), all(ga.branches[i]), all(gb.branches[f])).holds() }); n >= 0 {
					continue
				}
				if len(free) == 0 || len(ga.branches) != len(gb.branches) {
					q.failText(ruleAlternatives, ga.branches[i], gb.at, branchName(ga.branches[i]), "")
					continue
				}
				j, free = free[0], free[1:]
			}
			q.pair.below = append(q.pair.below, q.within(q.part(), all(ga.branches[i]), all(gb.branches[j])))
		}
	}
}

// alike reports whether the branches that are left share their types in pairs.
func (q *question) alike(ga, gb group, lost, free []int) bool {
	for k, i := range lost {
		if q.shape(q.a.of.with(ga, i)).types&q.shape(q.b.of.with(gb, free[k])).types == 0 {
			return false
		}
	}
	return true
}

func (q *question) chooseGroups() (group, group) {
	for _, ga := range q.a.groups {
		for _, gb := range q.b.groups {
			if ga.keyword == gb.keyword && ga.at.digest() == gb.at.digest() {
				return ga, gb
			}
		}
	}
	for _, ga := range q.a.groups {
		for _, gb := range q.b.groups {
			if ga.keyword == gb.keyword {
				return ga, gb
			}
		}
	}
	return q.a.groups[0], q.b.groups[0]
}

// partners returns, for each branch of ga, the branch of gb that it is compared
// with, or -1, and the branches of gb that are left.
func (q *question) partners(ga, gb group) (partner, free []int) {
	names := func(g group, s *shape) []func(int) string {
		return []func(int) string{
			func(i int) string { return s.tagOf(g.branches[i]) },
			func(i int) string { return strconv.FormatUint(g.branches[i].digest(), 36) },
			func(i int) string { return g.branches[i].str("$ref") },
			func(i int) string { return g.branches[i].str("title") },
		}
	}
	partner = make([]int, len(ga.branches))
	for i := range partner {
		partner[i] = -1
	}
	taken := make([]bool, len(gb.branches))
	of, to := names(ga, q.a), names(gb, q.b)
	for k := range of {
		byName := map[string]int{}
		for j := range gb.branches {
			if name := to[k](j); name != "" && !taken[j] {
				byName[name] = j
			}
		}
		for i := range ga.branches {
			if j, found := byName[of[k](i)]; found && partner[i] < 0 && !taken[j] {
				partner[i], taken[j] = j, true
			}
		}
	}
	for j := range taken {
		if !taken[j] {
			free = append(free, j)
		}
	}
	return partner, free
}

func keywordName(k keyword) string {
	return [...]string{anyOf: "anyOf", oneOf: "oneOf", nullable: "nullable"}[k]
}

// branchName says which alternative it is, for people.
func branchName(n *node) string {
	if ref := n.str("$ref"); ref != "" {
		return ref
	}
	if title := n.str("title"); title != "" {
		return title
	}
	return n.show()
}
