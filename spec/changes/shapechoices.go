package changes

import (
	"slices"
	"strings"
)

func (s *shape) takeGroups(n *node, seen map[*node]bool) {
	for k, name := range []string{anyOf: "anyOf", oneOf: "oneOf"} {
		branches := n.items(name)
		if len(branches) == 0 {
			continue
		}
		s.offered = append(s.offered, group{n, keyword(k), n.get(name), branches})
		i := s.of.choice(n, keyword(k))
		if len(branches) == 1 {
			i = 0
		}
		if i >= 0 {
			if s.home == n && n.offersOnly() {
				s.home = branches[i]
			}
			s.take(branches[i], seen)
			continue
		}
		s.groups = append(s.groups, group{n, keyword(k), n.get(name), branches})
	}
	if m := n.get("discriminator"); m != nil && s.tag == nil {
		s.tag = m
	}
	s.takeNot(n, seen)
	if m := n.get("if"); m != nil {
		s.takeCondition(condition{m, n.get("then"), n.get("else")}, seen)
	}
}

// takeNot resolves not of types, and not within not; others are kept.
func (s *shape) takeNot(n *node, seen map[*node]bool) {
	switch m := n.get("not"); {
	case m == nil:
	case m.only("not"):
		s.take(m.get("not"), seen)
	case m.only(typeMember) && m.file.version == openAPI31:
		if t := typesNamed(m.get(typeMember)); s.types&t != 0 {
			s.types, s.typesAt = s.types&^t, m
		}
	default:
		s.nots = append(s.nots, m)
	}
}

// takeCondition resolves conditions that always or never hold; others are kept.
func (s *shape) takeCondition(c condition, seen map[*node]bool) {
	always := c.at.kind == boolean && c.at.text == "true" || c.at.kind == object && len(c.at.keys) == 0
	switch {
	case always && c.then != nil:
		s.take(c.then, seen)
	case c.at.kind == boolean && c.at.text == "false" && c.otherwise != nil:
		s.take(c.otherwise, seen)
	case c.at.kind != boolean && !always && (c.then != nil || c.otherwise != nil):
		s.conditions = append(s.conditions, c)
	}
}

// offersOnly reports whether alternatives are all that restricts the values of a schema.
func (n *node) offersOnly() bool {
	return !slices.ContainsFunc(n.keys, func(k string) bool {
		return !strings.HasPrefix(k, "x-") && !slices.Contains([]string{"anyOf", "oneOf", "nullable", "discriminator", "title", "description", "default", "deprecated", "example", "examples", "readOnly", "writeOnly"}, k)
	})
}

// offersNull reads nullable beside a composition as an alternative null: authors mean
// this, although OAS 3.0.3 gives it an effect only beside type. It reports whether there
// is nothing else to take from the schema.
func (s *shape) offersNull(n *node) bool {
	if !n.mayBeNull() || n.get("type") != nil || n.get("allOf") == nil && n.get("anyOf") == nil && n.get("oneOf") == nil {
		return false
	}
	switch s.of.choice(n, nullable) {
	case 0:
		return false
	case 1:
		s.types, s.typesAt = s.types&isNull, n.get("nullable")
	default:
		s.takeAccess(n)
		s.groups = append(s.groups, group{n, nullable, n.get("nullable"), []*node{n, nullSchema(n)}})
	}
	return true
}

func (n *node) mayBeNull() bool {
	return n.file.version == openAPI30 && n.is("nullable") || n.file.version == swagger20 && n.is("x-nullable")
}
