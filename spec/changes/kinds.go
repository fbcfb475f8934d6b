package changes

// inKinds reports whether the objects of a are each in some alternative, when split by
// the values of a property that distinguishes the alternatives.
func (q *question) inKinds(a conjunction, g group) bool {
	s := q.shape(a)
	if s.types != isObject {
		return false
	}
	for _, name := range sortedKeys(s.required) {
		values := q.listed(s, name)
		if len(values) < 2 || len(values) > maxListed || !q.told(name, g) {
			continue
		}
		all := true
		for _, v := range values {
			all = all && q.inSome(a.and(q.kindSchema(name, v)), g)
		}
		if all {
			return true
		}
	}
	return false
}

// listed returns the enum of a property, nil if it has none.
func (q *question) listed(s *shape, name string) []*node {
	of, _ := q.member(s, name)
	return q.shape(of).enum
}

// told reports whether all alternatives have an enum for a property.
func (q *question) told(name string, g group) bool {
	for i := range g.branches {
		if q.listed(q.shape(q.b.of.with(g, i)), name) == nil {
			return false
		}
	}
	return true
}

// kindSchema returns a schema of objects with one value of a property.
func (q *question) kindSchema(name string, v *node) *node {
	n := madeOf(v, "properties", &node{kind: object, file: v.file, line: v.line, parent: v.parent, key: v.key})
	n.kids[0].add(name, q.valueSchema(v))
	return n
}
