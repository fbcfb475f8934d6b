package changes

// Bounds of looking for a value that two alternatives match.
const (
	maxExclusive = 40     // alternatives of oneOf
	maxMatches   = 20_000 // schemas that values are held against
)

// exclusive asks whether a allows a value that two alternatives of oneOf in b
// match, which refuses it (JSON Schema 2020-12 core, section 10.2.1.3). Only what
// is sure counts: a value is found that both match and that a accepts. Of objects
// those are tried that have the properties of a alone: that two kinds of objects
// which further properties are allowed in have some in common is nothing that
// anybody sends.
func (q *question) exclusive() {
	if q.b.tag != nil {
		return // the discriminator chooses
	}
	for _, g := range q.b.groups {
		if g.keyword != oneOf || len(g.branches) > maxExclusive {
			continue
		}
		if x, y, v := q.matchedTwice(g); v != nil {
			q.failText(ruleAlternatives, q.a.home, g.at, "", branchName(x)+" beside "+branchName(y)+", which both match "+v.show()+",")
			return
		}
	}
}

// matchedTwice returns two alternatives of b and a value of a that surely both
// match; nil for none.
func (q *question) matchedTwice(g group) (x, y, v *node) {
	m := &matcher{question: q, left: maxMatches}
	a := conjunction{schemas: q.a.of.schemas} // with all that excludes each other
	for _, v := range m.candidates(g) {
		if typeOf(v)&(isObject|isArray) != 0 && !q.oldFirst() {
			continue // that objects could not come because they matched twice is nothing that anybody relied on
		}
		x = nil
		for _, b := range g.branches {
			if m.matches(v, all(b)) != yes {
				continue
			}
			if x == nil {
				x = b
				continue
			}
			if m.matches(v, q.a.of) == yes && m.matches(v, a) == yes {
				return x, b, v
			}
			break
		}
	}
	return nil, nil, nil
}

// candidates returns values of a, and scalars where alternatives begin, end or meet.
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
			of := part.and(x)
			if m.shape(of).types&scalars == 0 {
				continue
			}
			for _, y := range g.branches[:i] {
				if len(list) > maxTrials {
					return list
				}
				list = append(list, m.scalars(m.shape(of.and(y)))...)
			}
		}
	}
	return list
}
