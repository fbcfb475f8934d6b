package changes

import (
	"slices"
	"strconv"
)

// everyBranch handles alternatives of a only: each must be within b. If some are, only
// the others are reported.
func (q *question) everyBranch(g group) {
	var failing []*pair
	var lost []*node
	var same []int
	for i := range g.branches {
		a := q.a.of.with(g, i)
		if p := q.within(q.view, a, q.b.of); !p.holds() {
			failing, lost = append(failing, p), append(lost, g.branches[i])
		} else if g.keyword != nullable && q.within(q.back(), q.b.of, a).holds() {
			same = append(same, i)
		}
	}
	switch {
	case len(same) > 0 && !q.partial && (len(lost) > 0 || q.reverse): // b is one of the alternatives: the others were added, or removed
		for i, b := range g.branches {
			if slices.Contains(lost, b) || len(lost) == 0 && !slices.Contains(same, i) {
				q.failText(ruleAlternatives, b, q.b.home, branchName(b), "")
			}
		}
		return
	case len(failing) == 0:
		return
	case len(failing) == len(g.branches):
		// the common part reports it in fewer words
		if q.apply(); !q.holds() {
			return
		}
	}
	q.below = append(q.below, failing...)
}

// someBranch handles alternatives of b only: a must be within one of them as a whole, or
// type by type, or value by value if it is an enum.
func (q *question) someBranch(g group) {
	if q.inSome(q.a.of, g) {
		return
	}
	parts := q.byType()
	failed := false
	for _, part := range parts {
		if q.inSome(part, g) || q.inRanges(part, g) || q.inKinds(part, g) {
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
	return q.shape(a).types == 0 || slices.ContainsFunc(q.order(a, g), func(i int) bool { return q.within(q.view, a, q.b.of.with(g, i)).holds() })
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

// closest returns the only branch that shares a type with a, -1 if there are none or
// several.
func (q *question) closest(a conjunction, g group) int {
	if list := q.order(a, g); len(list) == 1 {
		return list[0]
	}
	return -1
}

// byType splits a into its enum values, else into its types.
func (q *question) byType() []conjunction {
	var parts []conjunction
	if q.a.enumAt != nil && len(q.a.enum) <= maxTrials {
		for _, v := range q.a.enum {
			parts = append(parts, q.a.of.and(q.valueSchema(v)))
		}
		return parts
	}
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

// valueSchema returns a schema for a single value.
func (c *comparison) valueSchema(v *node) *node {
	if c.valueSchemas[v] == nil {
		c.valueSchemas[v] = madeOf(v, "const", &node{kind: v.kind, text: v.text, keys: v.keys, kids: v.kids, file: v.file, line: v.line, parent: v.parent, key: v.key})
	}
	return c.valueSchemas[v]
}

// pairGroups handles alternatives on both sides: each of a must be within one of b.
// Identical ones are paired first, then those with the same discriminator value or the
// same schema name.
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
		a := q.a.of.with(ga, i)
		whole := func() bool { return try && q.within(q.view, a, q.b.of).holds() }
		scalar := q.shape(a).types&(isObject|isArray) == 0 && q.a.tag == nil && q.b.tag == nil
		switch {
		case j >= 0 && (!scalar || q.within(q.view, a, q.b.of.with(gb, j)).holds() || !whole()):
			q.add(q.view, a, q.b.of.with(gb, j))
		case whole():
			q.add(q.view, a, q.b.of)
		default:
			lost = append(lost, i)
		}
	}
	if q.reverse && !q.partial && try && ga.keyword == gb.keyword && ga.keyword != nullable && len(lost) == 0 {
		q.unlike(ga, gb, partner, free)
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

// unlike reports alternatives that break no client because others include their values,
// unless they are only rewritten.
func (q *question) unlike(ga, gb group, partner, free []int) {
	for i, j := range partner {
		if j >= 0 {
			continue
		}
		a := q.a.of.with(ga, i)
		n := slices.IndexFunc(free, func(j int) bool {
			b := q.b.of.with(gb, j)
			return q.within(q.view, a, b).holds() && q.within(q.back(), b, a).holds()
		})
		if n >= 0 {
			free = slices.Delete(free, n, n+1)
			continue
		}
		q.failText(ruleAlternatives, ga.branches[i], gb.at, branchName(ga.branches[i]), "")
	}
	for _, j := range free {
		if q.shape(all(gb.branches[j])).types == isNull && slices.ContainsFunc(q.a.of.chosen, func(c choice) bool { return c.keyword == nullable }) {
			continue // nullable reports it
		}
		q.failText(ruleAlternatives, ga.at, gb.branches[j], "", branchName(gb.branches[j]))
	}
}

// eachGroup compares several groups one by one, identical ones first and the rest in
// order, so that their branches do not multiply: each branch is compared with the one of
// its name or position.
func (q *question) eachGroup() {
	q.apply()
	names := func(groups []group) (all [][]string) {
		for _, g := range groups {
			kind := keywordName(g.keyword)
			all = append(all, []string{kind + " " + strconv.FormatUint(g.at.digest(), 36), kind, "any"})
		}
		return all
	}
	groups, _ := paired(names(q.a.groups), names(q.b.groups))
	for k, ga := range q.a.groups {
		gb := q.b.groups[groups[k]]
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

// alike reports whether the remaining branches share types pairwise.
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

// partners returns for each branch of ga the index of its partner in gb, or -1, and the
// remaining branches of gb.
func (q *question) partners(ga, gb group) (partner, free []int) {
	names := func(g group, s *shape) (all [][]string) {
		for _, b := range g.branches {
			tag, written := s.tagOf(b), strconv.FormatUint(b.digest(), 36)
			all = append(all, []string{tag + " " + written, tag, written, b.str("$ref"), b.str("title")})
		}
		return all
	}
	return paired(names(ga, q.a), names(gb, q.b))
}

func keywordName(k keyword) string {
	return [...]string{anyOf: "anyOf", oneOf: "oneOf", nullable: "nullable"}[k]
}

// branchName returns a readable name of an alternative.
func branchName(n *node) string {
	if ref := n.str("$ref"); ref != "" {
		return ref
	}
	if title := n.str("title"); title != "" {
		return title
	}
	return n.show()
}
