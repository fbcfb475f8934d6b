package changes

import (
	"slices"
	"strings"
)

func (q *question) part() view {
	v := q.view
	v.partial = true
	return v
}

// checkNot checks that b excludes nothing that a allows: a excludes as much, or has other
// types or other values.
func checkNot(q *question, id string) {
	for _, b := range q.b.nots {
		if slices.ContainsFunc(q.a.nots, func(a *node) bool { return q.within(q.part(), all(b), all(a)).holds() }) {
			continue
		}
		excluded := q.shape(all(b))
		if excluded.types&q.a.types == 0 {
			continue
		}
		if excluded.enumAt != nil && q.every(func(v *node) bool {
			return !slices.ContainsFunc(excluded.enum, func(e *node) bool { return e.canonical() == v.canonical() })
		}) {
			continue
		}
		q.failAt(id, first(q.a.nots), b)
	}
}

// checkConditions checks that what b requires under a condition holds in a: under the
// same condition, or always.
func checkConditions(q *question, id string) {
	for _, b := range q.b.conditions {
		same := func(a condition) bool { return a.at.digest() == b.at.digest() }
		i := slices.IndexFunc(q.a.conditions, func(a condition) bool {
			return same(a) && sameText(a.then, b.then) && sameText(a.otherwise, b.otherwise)
		})
		if i < 0 {
			i = slices.IndexFunc(q.a.conditions, same)
		}
		for _, want := range []struct{ b, a *node }{{b.then, nil}, {b.otherwise, nil}} {
			if want.b == nil {
				continue
			}
			if i >= 0 {
				want.a = q.a.conditions[i].then
				if want.b == b.otherwise {
					want.a = q.a.conditions[i].otherwise
				}
			}
			if want.a != nil {
				q.add(q.part(), all(want.a), all(want.b))
				continue
			}
			under := q.a.of
			if want.b == b.then {
				under = under.and(b.at)
			}
			if !q.within(q.part(), under, all(want.b)).holds() {
				q.failAt(id, nil, want.b)
			}
		}
	}
}

// sameText reports whether two schemas are written identically, or both are missing.
func sameText(a, b *node) bool {
	return a == b || a != nil && b != nil && a.digest() == b.digest()
}

// checkReferences checks that unresolvable references are the same on both sides.
func checkReferences(q *question, id string) {
	for _, b := range q.b.opaque {
		if !slices.ContainsFunc(q.a.opaque, func(a *node) bool { return a.text == b.text }) {
			q.failAt(id, first(q.a.opaque), b)
		}
	}
}

// tags compares discriminators: the property and its values. A value that only one side
// knows is unresolved on the other.
func (q *question) tags() {
	a, b := q.a.tag, q.b.tag
	if a == nil || b == nil {
		if q.reverse && a != b {
			q.failText(ruleDiscriminator, a, b, tagName(a), tagName(b))
		}
		return
	}
	if a.str("propertyName") != b.str("propertyName") {
		q.failAt(ruleDiscriminator, a.get("propertyName"), b.get("propertyName"))
		return
	}
	if slices.ContainsFunc(q.failures, func(f *finding) bool { return f.rule == ruleAlternatives }) {
		return // the removed schema is reported
	}
	known := q.b.tagValues()
	mine := q.a.tagValues()
	for _, value := range sortedKeys(mine) {
		if known[value] == nil {
			q.failText(ruleDiscriminator, mine[value], mapping(b), "value "+value, "")
		}
	}
}

func tagName(n *node) string {
	if n == nil {
		return ""
	}
	return n.str("propertyName")
}

func mapping(tag *node) *node {
	if m := tag.get("mapping"); m != nil {
		return m
	}
	return tag
}

// tagValues returns the values of the discriminator: those of the mapping, and the names
// of the schemas that it does not list.
func (s *shape) tagValues() map[string]*node {
	values := map[string]*node{}
	s.tag.members("mapping", func(value string, m *node) { values[value] = m })
	for _, g := range s.offered {
		for _, b := range g.branches {
			if v := s.tagOf(b); v != "" && values[v] == nil {
				values[v] = b
			}
		}
	}
	return values
}

// tagOf returns the discriminator value of an alternative, "" if it has none.
func (s *shape) tagOf(branch *node) string {
	ref := branch.str("$ref")
	if s.tag == nil || ref == "" {
		return ""
	}
	name := ref[strings.LastIndexByte(ref, '/')+1:]
	value := name
	s.tag.members("mapping", func(v string, m *node) {
		if m.text == ref || m.text == name {
			value = v
		}
	})
	return value
}

// checkNotes reports what changes no value; it runs only in the direction of non-breaking
// changes.
func checkNotes(q *question, _ string) {
	if !q.reverse || q.a.home == nil || q.b.home == nil {
		return
	}
	for _, id := range []string{"default", "deprecated"} {
		a, b := q.a.home.get(id), q.b.home.get(id)
		if a == nil && b == nil || a != nil && b != nil && a.canonical() == b.canonical() {
			continue
		}
		q.failText(id, a, b, showOr(a), showOr(b))
	}
}

func showOr(n *node) string {
	if n == nil {
		return ""
	}
	return n.show()
}
