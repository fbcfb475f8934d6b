package changes

import (
	"regexp"
	"slices"
)

// hides returns the keyword that keeps a property out of the message: readOnly properties
// are not sent to the server, writeOnly ones not by it (OAS 3.1.1, Schema Object; JSON
// Schema 2020-12 validation, section 9.4).
func (q *question) hides(s *shape, name string) *node {
	if len(s.properties[name]) == 0 {
		return nil
	}
	p := q.shape(all(s.properties[name]...))
	if q.response {
		return p.writeOnly
	}
	return p.readOnly
}

// member returns what must hold for a property. closed is the closure that applies
// because the property is not named, nil if none does.
func (c *comparison) member(s *shape, name string) (of conjunction, closed *node) {
	schemas := slices.Clone(s.properties[name])
	for _, pattern := range s.patternsBy {
		if r := c.regexp(pattern); r != nil && r.MatchString(name) {
			schemas = append(schemas, s.byPattern[pattern]...)
		}
	}
	for _, x := range s.closures {
		if !x.names[name] && !slices.ContainsFunc(x.patterns, func(p string) bool { r := c.regexp(p); return r != nil && r.MatchString(name) }) {
			schemas, closed = append(schemas, x.schema), x.at
		}
	}
	return all(schemas...), closed
}

func (c *comparison) regexp(pattern string) *regexp.Regexp {
	r, known := c.patterns[pattern]
	if !known {
		r, _ = regexp.Compile(pattern)
		c.patterns[pattern] = r
	}
	return r
}

func checkProperties(q *question, _ string) {
	if q.both(isObject) == 0 {
		return
	}
	for _, name := range q.a.names {
		q.property(name)
	}
	for _, name := range q.b.names {
		if q.a.properties[name] == nil {
			q.property(name)
		}
	}
}

func (q *question) property(name string) {
	if q.visible(q.a, name) && q.visible(q.b, name) {
		a, _ := q.member(q.a, name)
		b, _ := q.member(q.b, name)
		q.add(q.view, a, b)
		return
	}
	if q.partial {
		a, _ := q.member(q.a, name)
		b, closed := q.member(q.b, name)
		if q.b.properties[name] != nil || closed != nil {
			if len(a.schemas) == 0 {
				a = all(q.a.nowhere(q.comparison))
			}
			q.add(q.view, a, b)
		}
		return
	}
	earlier, later := q.a, q.b
	if !q.oldFirst() {
		earlier, later = q.b, q.a
	}
	was, is := q.visible(earlier, name), q.visible(later, name)
	switch {
	case was && !is && !q.reverse:
		q.removed(name, later)
	case !was && is:
		q.added(name, earlier, later)
	}
}

// visible reports whether a property is named and may be in the message.
func (q *question) visible(s *shape, name string) bool {
	return len(s.properties[name]) > 0 && q.hides(s, name) == nil && q.shape(all(s.properties[name]...)).never == nil
}

// removed reports that a property is no longer in the document, unless the document
// explicitly says that other properties have the same type. What is merely not forbidden
// is not promised: a server may refuse or ignore the property, and readers no longer find
// it.
func (q *question) removed(name string, later *shape) {
	if q.mentions(later, name) {
		return
	}
	a, _ := q.member(q.a, name)
	b, _ := q.member(q.b, name)
	old, now := q.a, q.b
	if !q.oldFirst() {
		old, now = q.b, q.a
	}
	open := now.closedBy(q.comparison, name) == nil
	if !open && q.toServer && q.hides(later, name) == nil && q.shape(b).never == nil {
		q.add(q.view, a, b)
		return
	}
	if open && q.toServer && q.hides(later, name) == nil && now.saysOpen() {
		return
	}
	at, to := now.home, ""
	if h := q.hides(later, name); h != nil {
		at, to = h, h.key
	} else if x := now.closedBy(q.comparison, name); x != nil {
		at = x
	}
	q.tell(ruleProperty, old.properties[name][0], at, name, to)
}

// added reports a new property: it contradicts the earlier document only if that says
// what other properties are.
func (q *question) added(name string, earlier, later *shape) {
	if q.mentions(earlier, name) {
		return
	}
	a, closedA := q.member(q.a, name)
	b, closedB := q.member(q.b, name)
	closed, at := closedA, earlier.home
	if !q.oldFirst() {
		closed = closedB
	}
	if x := earlier.closedBy(q.comparison, name); x != nil {
		at = x
	}
	switch {
	case q.reverse:
		if later.required[name] == nil || !q.toServer {
			q.tell(ruleProperty, at, later.properties[name][0], "", name)
		}
	case closed == nil || q.toServer && q.shape(a).never != nil:
	case !q.toServer && q.shape(b).never != nil:
		q.tell(ruleProperty, at, later.properties[name][0], "", name)
	default:
		q.add(q.view, a, b)
	}
}

// saysOpen reports whether the document explicitly describes other properties.
func (s *shape) saysOpen() bool {
	return s.home.get("additionalProperties") != nil
}

// mentions reports whether an alternative or condition of a shape names a property.
func (q *question) mentions(s *shape, name string) bool {
	var below func(n *node, depth int) bool
	below = func(n *node, depth int) bool {
		if n.get("properties").get(name) != nil {
			return true
		}
		found := false
		if depth < 8 {
			eachBelow(n, func(m *node) { found = found || below(m, depth+1) })
		}
		return found
	}
	for _, g := range s.groups {
		for _, b := range g.branches {
			if below(b, 0) {
				return true
			}
		}
	}
	for _, c := range s.conditions {
		for _, n := range []*node{c.at, c.then, c.otherwise} {
			if n != nil && below(n, 0) {
				return true
			}
		}
	}
	return false
}

func checkRequired(q *question, id string) {
	if q.both(isObject) == 0 {
		return
	}
	for _, name := range sortedKeys(q.b.required) {
		if q.hides(q.b, name) != nil || q.requires(q.a, name) {
			continue
		}
		if q.oneSided(name) {
			continue // the added or removed property is reported
		}
		q.failText(id, requiredAt(q.a, name), q.b.required[name], name+" optional", name+" required")
	}
}

// oneSided reports whether only b names a property, and that is reported.
func (q *question) oneSided(name string) bool {
	return !q.visible(q.a, name) && q.visible(q.b, name) && (q.reverse || !q.toServer) && (q.toServer || !q.mentions(q.a, name))
}

// requires reports whether a property is required, by the schema or by all of its
// alternatives.
func (q *question) requires(s *shape, name string) bool {
	if s.required[name] != nil {
		return q.hides(s, name) == nil
	}
	for _, g := range s.groups {
		every := true
		for i := range g.branches {
			every = every && q.shape(s.of.with(g, i)).required[name] != nil
		}
		if every {
			return true
		}
	}
	return false
}

func requiredAt(s *shape, name string) *node {
	if m := s.home.get("required"); m != nil {
		return m
	}
	return first(s.properties[name])
}

func checkDependentRequired(q *question, id string) {
	if q.both(isObject) == 0 {
		return
	}
	for _, name := range sortedKeys(q.b.dependents) {
		for _, m := range q.b.dependents[name] {
			if q.a.required[m.text] == nil && !slices.ContainsFunc(q.a.dependents[name], func(n *node) bool { return n.text == m.text }) {
				q.failText(id, q.a.home.get("dependentRequired"), m, "", name+" requires "+m.text)
			}
		}
	}
}

func checkDependentSchemas(q *question, _ string) {
	if q.both(isObject) == 0 {
		return
	}
	for _, name := range sortedKeys(q.b.dependsOn) {
		a := q.a.of
		for _, n := range q.a.dependsOn[name] {
			a = a.and(n)
		}
		if len(q.a.dependsOn[name]) == len(q.b.dependsOn[name]) {
			a = all(q.a.dependsOn[name]...)
		}
		q.add(q.view, a, all(q.b.dependsOn[name]...))
	}
}
