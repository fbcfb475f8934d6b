package changes

import "slices"

// Bounds of the search for a value that two alternatives match.
const (
	maxExclusive  = 40      // alternatives of oneOf
	maxMatches    = 5_000   // schemas that the values of one question are matched against
	maxAllMatches = 500_000 // the same for all questions together
	maxOutline    = 3       // references that are followed to see whether alternatives are unchanged
)

// A meeting is two alternatives of oneOf, and a value that both match.
type meeting struct{ x, y, value *node }

// exclusive checks whether a allows a value that two alternatives of oneOf in b match, so
// that b refuses it (JSON Schema 2020-12 core, section 10.2.1.3). Only proof counts: a
// value that both match and a accepts. Objects are tried only with the properties of a:
// two open object types always have some object in common, but nobody sends it.
func (q *question) exclusive() {
	if q.b.tag != nil {
		return // the discriminator chooses
	}
	for _, g := range q.b.groups {
		before := func(a group) bool {
			return a.keyword == oneOf && q.outline(a.at, maxOutline) == q.outline(g.at, maxOutline)
		}
		if g.keyword != oneOf || len(g.branches) > maxExclusive || slices.ContainsFunc(q.a.groups, before) || slices.ContainsFunc(q.a.groups, q.loose) {
			continue
		}
		if m := q.meeting(g); m.value != nil {
			q.failText(ruleAlternatives, q.a.home, g.at, "", branchName(m.x)+" beside "+branchName(m.y)+", which both match "+m.value.show()+",")
			return
		}
	}
}

// loose reports whether an alternative of oneOf is an enum whose values another one
// includes: the author who lists known values beside any string means anyOf.
func (q *question) loose(g group) bool {
	if g.keyword != oneOf || len(g.branches) > maxExclusive {
		return false
	}
	for i, x := range g.branches {
		for j, y := range g.branches {
			if i != j && q.shape(all(x)).enumAt != nil && q.shape(all(y)).enumAt == nil && q.within(q.part(), all(x), all(y)).holds() {
				return true
			}
		}
	}
	return false
}

// meeting returns two alternatives of b and a value of a that provably match, the zero
// value if none is found. The search runs once, whichever side is the new one.
func (q *question) meeting(g group) meeting {
	key := meetingKey{q.response, q.oldFirst(), q.key(q.a.of), g.at}
	m, known := q.meetings[key]
	if !known {
		m = q.matchedTwice(g)
		q.meetings[key] = m
	}
	return m
}

type meetingKey struct {
	response, oldFirst bool
	a                  string
	at                 *node
}

func (q *question) matchedTwice(g group) meeting {
	m := &matcher{question: q, left: min(maxMatches, maxAllMatches-q.matched)}
	defer func(before int) { q.matched += before - m.left }(m.left)
	a := conjunction{schemas: q.a.of.schemas} // without choices, which exclude each other
	for _, v := range m.candidates(g) {
		if typeOf(v)&(isObject|isArray) != 0 && !q.oldFirst() {
			continue // nobody relied on not receiving objects that match twice
		}
		var x *node
		for _, b := range g.branches {
			if m.matches(v, all(b)) != yes {
				continue
			}
			if x == nil {
				x = b
				continue
			}
			if m.matches(v, q.a.of) == yes && m.matches(v, a) == yes {
				return meeting{x, b, v}
			}
			break
		}
	}
	return meeting{}
}

// candidates returns values of a, and scalars at the limits of alternatives.
func (m *matcher) candidates(g group) []*node {
	list := m.samples(m.question.a.of, 0)
	parts := []conjunction{m.question.a.of}
	if len(m.question.a.groups) > 0 {
		parts = nil
		for i := range m.question.a.groups[0].branches {
			parts = append(parts, m.question.a.of.with(m.question.a.groups[0], i))
		}
	}
	scalars := isAny &^ (isObject | isArray)
	for _, part := range parts {
		list = append(list, m.edges(m.shape(part), 0)...)
	}
	for _, b := range g.branches {
		list = append(list, m.edges(m.shape(all(b)), 0)...)
	}
	for _, part := range parts {
		for i, x := range g.branches {
			common := m.shape(part).types & m.shape(all(x)).types & scalars
			if common == 0 {
				continue
			}
			of := part.and(x)
			for _, y := range g.branches[:i] {
				if common&m.shape(all(y)).types == 0 {
					continue
				}
				if len(list) > maxTrials {
					return list
				}
				list = append(list, m.scalars(m.shape(of.and(y)))...)
			}
		}
	}
	return list
}
