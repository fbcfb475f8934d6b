package changes

import (
	"slices"
	"strconv"
)

func (s *shape) takeArrays(n *node) {
	if n.is("uniqueItems") {
		s.unique = n.get("uniqueItems")
	}
	prefix := n.items("prefixItems")
	if prefix != nil {
		s.prefixes, s.prefixAt = append(s.prefixes, prefix), n.get("prefixItems")
	}
	if m := n.get("items"); m != nil && m.kind != list {
		s.rests = append(s.rests, rest{len(prefix), m})
	} else if m := n.get("unevaluatedItems"); m != nil {
		s.rests = append(s.rests, rest{evaluatedItems(n, 0), m})
	}
	if m := n.get("contains"); m != nil {
		c := containment{m, 1, -1, m}
		if min := n.get("minContains"); min != nil {
			c.min, _ = strconv.Atoi(min.text)
			c.at = min
		}
		if max := n.get("maxContains"); max != nil {
			if v, err := strconv.Atoi(max.text); err == nil {
				c.max = v
				c.at = max
			}
		}
		s.contains = append(s.contains, c)
	}
}

func (s *shape) takeObjects(n *node) {
	for _, m := range n.items("required") {
		if s.required[m.text] == nil {
			s.required[m.text] = m
		}
	}
	n.members("properties", func(name string, m *node) {
		if s.properties[name] == nil {
			s.names = append(s.names, name)
		}
		s.properties[name] = append(s.properties[name], m)
	})
	n.members("patternProperties", func(pattern string, m *node) {
		if matchesAll(pattern) {
			s.closures = append(s.closures, closure{owner: n, at: m, schema: m})
			return
		}
		if s.byPattern[pattern] == nil {
			s.patternsBy = append(s.patternsBy, pattern)
		}
		s.byPattern[pattern] = append(s.byPattern[pattern], m)
	})
	for _, keyword := range []string{"additionalProperties", "unevaluatedProperties"} {
		if m := n.get(keyword); m != nil && !(m.kind == boolean && m.text == "true") && !(m.kind == object && len(m.keys) == 0) {
			c := closure{owner: n, at: m, schema: m, names: map[string]bool{}}
			if c.know(n, keyword == "unevaluatedProperties", 0); !slices.ContainsFunc(c.patterns, matchesAll) {
				s.closures = append(s.closures, c)
			}
		}
	}
	if m := n.get("propertyNames"); m != nil {
		s.naming = append(s.naming, m)
	}
	n.members("dependentRequired", func(name string, m *node) { s.dependents[name] = append(s.dependents[name], m.kids...) })
	n.members("dependentSchemas", func(name string, m *node) {
		if list := m.items("required"); m.only("required") {
			s.dependents[name] = append(s.dependents[name], list...)
			return
		}
		s.dependsOn[name] = append(s.dependsOn[name], m)
	})
}

// know collects the names that a closure does not apply to: those beside it, and for
// unevaluatedProperties those of all subschemas.
func (c *closure) know(n *node, deep bool, depth int) {
	n.members("properties", func(name string, _ *node) { c.names[name] = true })
	n.members("patternProperties", func(pattern string, _ *node) { c.patterns = append(c.patterns, pattern) })
	if deep && depth < 16 {
		eachBelow(n, func(m *node) { c.know(m, true, depth+1) })
	}
}

// eachBelow calls f for the subschemas that apply to the same value as n.
func eachBelow(n *node, f func(*node)) {
	if ref := n.str("$ref"); ref != "" {
		if target := n.file.resolve(ref); target != nil {
			f(target)
		}
	}
	for _, keyword := range []string{"allOf", "anyOf", "oneOf"} {
		for _, m := range n.items(keyword) {
			f(m)
		}
	}
	for _, keyword := range []string{"if", "then", "else"} {
		if m := n.get(keyword); m != nil {
			f(m)
		}
	}
	n.members("dependentSchemas", func(_ string, m *node) { f(m) })
}

func evaluatedItems(n *node, depth int) int {
	most := len(n.items("prefixItems"))
	if depth < 16 {
		eachBelow(n, func(m *node) { most = max(most, evaluatedItems(m, depth+1)) })
	}
	return most
}
