package changes

import "slices"

func (s *shape) closedBy(c *comparison, name string) *node {
	_, closed := c.member(s, name)
	return closed
}

func checkAdditional(q *question, id string) {
	if q.both(isObject) == 0 || len(q.b.closures) == 0 {
		return
	}
	var a, b []*node
	for _, x := range q.a.closures {
		a = append(a, x.schema)
	}
	for _, x := range q.b.closures {
		b = append(b, x.schema)
	}
	if q.shape(all(a...)).never != nil {
		return
	}
	if len(a) == 0 {
		if !q.within(q.view, all(q.a.nowhere(q.comparison)), all(b...)).holds() {
			q.failAt(id, nil, q.b.closures[0].at)
		}
		return
	}
	if q.shape(all(b...)).never != nil {
		q.failAt(id, q.a.closures[0].at, q.b.closures[0].at)
		return
	}
	q.add(q.view, all(a...), all(b...))
}

func checkPatternProperties(q *question, id string) {
	if q.both(isObject) == 0 {
		return
	}
	for _, pattern := range q.b.patternsBy {
		b := q.b.byPattern[pattern]
		if a := q.a.byPattern[pattern]; a != nil {
			q.add(q.view, all(a...), all(b...))
			continue
		}
		var others []*node
		for _, x := range q.a.closures {
			others = append(others, x.schema)
		}
		if q.shape(all(others...)).never != nil {
			continue
		}
		if len(others) == 0 {
			others = []*node{q.a.nowhere(q.comparison)}
		}
		if !q.within(q.view, all(others...), all(b...)).holds() {
			q.failAt(id, nil, b[0])
		}
	}
	closing := q.closing()
	for _, pattern := range q.a.patternsBy {
		a := q.a.byPattern[pattern]
		if len(closing) > 0 && q.b.byPattern[pattern] == nil && !q.within(q.view, all(a...), all(closing...)).holds() {
			q.failAt(id, a[0], q.b.closures[0].at)
		}
	}
}

func (q *question) closing() (schemas []*node) {
	for _, x := range q.b.closures {
		schemas = append(schemas, x.schema)
	}
	return schemas
}

func checkPropertyNames(q *question, id string) {
	if q.both(isObject) == 0 || len(q.b.naming) == 0 {
		return
	}
	if q.a.closed() && !slices.ContainsFunc(q.a.names, func(name string) bool { return !q.named(name) }) {
		return
	}
	if len(q.a.naming) == 0 && !q.within(q.view, all(q.typeSchema("string", q.a.home)), all(q.b.naming...)).holds() {
		q.failAt(id, nil, q.b.naming[0])
	}
	if len(q.a.naming) == 0 {
		return
	}
	q.add(q.view, all(q.a.naming...).and(q.typeSchema("string", q.a.home)), all(q.b.naming...))
}

// named reports whether b certainly allows a property name.
func (q *question) named(name string) bool {
	m := &matcher{question: q, left: maxMatches}
	return m.matches(&node{kind: text, text: name}, all(q.b.naming...)) == yes
}
