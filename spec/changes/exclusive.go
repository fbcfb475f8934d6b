package changes

import "slices"

// maxExclusive bounds the alternatives of oneOf that are asked in pairs.
const maxExclusive = 40

// exclusive asks whether a allows a value that two alternatives of oneOf in b
// match, which refuses it (JSON Schema 2020-12 core, section 10.2.1.3). Only what
// is sure counts: alternatives with a text, a number, a boolean or null in common,
// and one that holds all of another. That two kinds of objects which further
// properties are allowed in have some in common is nothing that anybody sends.
func (q *question) exclusive() {
	if q.b.tag != nil {
		return // the discriminator chooses
	}
	for _, g := range q.b.groups {
		if g.keyword != oneOf || len(g.branches) > maxExclusive || slices.ContainsFunc(q.a.groups, func(a group) bool { return a.at.digest() == g.at.digest() }) {
			continue
		}
		for i := range g.branches {
			for j := range i {
				if q.matchedTwice(g.branches[j], g.branches[i]) {
					q.failText(ruleAlternatives, q.a.home, g.at, "", branchName(g.branches[j])+" beside "+branchName(g.branches[i])+", which match the same values,")
					return
				}
			}
		}
	}
}

// matchedTwice reports whether a surely has a value that both schemas match.
func (q *question) matchedTwice(x, y *node) bool {
	for _, a := range q.alone() {
		both := a.of.and(x).and(y)
		common := q.shape(both)
		if common.types&a.others != 0 {
			continue // another alternative of a may refuse it as well
		}
		if common.hasScalar() {
			return true
		}
		for _, pair := range [][2]*node{{x, y}, {y, x}} {
			inner, outer := all(pair[0]), all(pair[1])
			if common.types&^(isObject|isArray) == 0 && common.types != 0 && q.within(q.part(), inner, outer).holds() && q.within(q.part(), inner, a.of).holds() {
				return true
			}
		}
	}
	return false
}

// An aloneBranch is values of a, and the types of its other alternatives.
type aloneBranch struct {
	of     conjunction
	others types
}

// alone splits a into its alternatives, itself if there are none; nothing where
// they multiply.
func (q *question) alone() []aloneBranch {
	switch len(q.a.groups) {
	case 0:
		return []aloneBranch{{of: q.a.of}}
	case 1:
	default:
		return nil
	}
	g := q.a.groups[0]
	list := make([]aloneBranch, len(g.branches))
	for i := range g.branches {
		list[i].of = q.a.of.with(g, i)
		for j := range g.branches {
			if g.keyword == oneOf && j != i {
				list[i].others |= q.shape(q.a.of.with(g, j)).types
			}
		}
	}
	return list
}

// hasScalar reports whether a shape surely has a value that is neither an object
// nor an array.
func (s *shape) hasScalar() bool {
	if len(s.nots)+len(s.conditions)+len(s.opaque)+len(s.groups)+len(s.multiples)+len(s.patterns) > 0 || s.encoding != nil {
		return false
	}
	if s.enumAt != nil {
		return s.types&^(isObject|isArray) != 0 && len(s.enum) > 0 && s.lower == nil && s.upper == nil && len(s.counts)+len(s.formats) == 0
	}
	if s.types&(isNull|isBoolean) != 0 {
		return true
	}
	if s.types&(isInteger|isFraction) != 0 {
		lower, upper := s.limits()
		return lower == nil || upper == nil || lower.value.Cmp(upper.value) < 0
	}
	least, most := s.counts["minLength"], s.counts["maxLength"]
	return s.types&isString != 0 && len(s.formats) == 0 && (least == nil || most == nil || rational(least.text).Cmp(rational(most.text)) <= 0)
}
