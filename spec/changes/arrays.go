package changes

import (
	"slices"
)

// item returns what must hold for the item at index i.
func (s *shape) item(i int) conjunction {
	var schemas []*node
	for _, p := range s.prefixes {
		if i < len(p) {
			schemas = append(schemas, p[i])
		}
	}
	for _, r := range s.rests {
		if i >= r.behind {
			schemas = append(schemas, r.at)
		}
	}
	return all(schemas...)
}

func checkItems(q *question, id string) {
	if q.both(isArray) == 0 {
		return
	}
	most := 0
	for _, s := range []*shape{q.a, q.b} {
		for _, p := range s.prefixes {
			most = max(most, len(p))
		}
		for _, r := range s.rests {
			most = max(most, r.behind)
		}
	}
	for i := range min(most, 1000) + 1 {
		if limit := q.a.counts["maxItems"]; limit != nil && rational(limit.text).Cmp(rational(itoa(i))) <= 0 {
			return
		}
		a, b := q.a.item(i), q.b.item(i)
		if len(b.schemas) == 0 || q.shape(a).never != nil {
			continue
		}
		if len(a.schemas) == 0 {
			// the keyword on the items reports what they are
			if !q.within(q.view, all(q.a.nowhere(q.comparison)), b).holds() {
				q.failAt(id, nil, b.schemas[0])
			}
			continue
		}
		q.add(q.view, a, b)
	}
}

// nowhere returns the schema that allows everything, for what a shape does not restrict.
func (s *shape) nowhere(c *comparison) *node { return c.anything(s.home) }

func checkUniqueItems(q *question, id string) {
	if q.both(isArray) == 0 || q.b.unique == nil || q.a.unique != nil {
		return
	}
	if limit := q.a.counts["maxItems"]; limit != nil && rational(limit.text).Cmp(rational("1")) <= 0 {
		return
	}
	q.failAt(id, nil, q.b.unique)
}

func checkContains(q *question, id string) {
	if q.both(isArray) == 0 {
		return
	}
	for _, b := range q.b.contains {
		if b.min > 0 && !slices.ContainsFunc(q.a.contains, func(a containment) bool {
			return a.min >= b.min && q.within(q.view, all(a.schema), all(b.schema)).holds()
		}) || b.max >= 0 && !slices.ContainsFunc(q.a.contains, func(a containment) bool {
			return a.max >= 0 && a.max <= b.max && q.within(q.view, all(b.schema), all(a.schema)).holds()
		}) {
			var at *node
			if len(q.a.contains) > 0 {
				at = q.a.contains[0].at
			}
			q.failAt(id, at, b.at)
		}
	}
}
