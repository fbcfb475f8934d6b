package changes

import (
	"slices"
	"unicode/utf8"
)

// certainty says whether a value is valid for a schema.
type certainty int8

const (
	no certainty = iota - 1
	unknown
	yes
)

func sure(b bool) certainty {
	if b {
		return yes
	}
	return no
}

// A matcher matches values against schemas, and generates values for them.
type matcher struct {
	*question
	left int // schemas that values may still be matched against
}

// matches reports whether a value is valid for a conjunction.
func (m *matcher) matches(v *node, of conjunction) certainty {
	if m.left--; m.left < 0 {
		return unknown
	}
	s := m.shape(of)
	if s.enumAt != nil {
		text := v.canonical()
		if !slices.ContainsFunc(s.enum, func(e *node) bool { return e.canonical() == text }) {
			return no
		}
	}
	return m.fits(v, s)
}

// fits is matches for all keywords except enum and const.
func (m *matcher) fits(v *node, s *shape) certainty {
	if s.types&typeOf(v) == 0 {
		if v.kind == null && s.mayNull {
			return unknown
		}
		return no
	}
	result := sure(true)
	if len(s.opaque) > 0 {
		result = unknown
	}
	switch v.kind {
	case number:
		result = min(result, m.number(v, s))
	case text:
		result = min(result, m.text(v, s))
	case list:
		result = min(result, m.list(v, s))
	case object:
		result = min(result, m.object(v, s))
	}
	if result == no {
		return no
	}
	for _, n := range s.nots {
		result = min(result, -m.matches(v, all(n)))
	}
	for _, c := range s.conditions {
		result = min(result, m.condition(v, c))
	}
	for _, g := range s.groups {
		result = min(result, m.group(v, s, g))
	}
	return result
}

func (m *matcher) number(v *node, s *shape) certainty {
	r := rational(v.text)
	if r == nil {
		return unknown
	}
	lower, upper := s.limits()
	b := &bound{value: r}
	divides := func(n *node) bool { return multiple(r, rational(n.text)) }
	return sure(b.above(lower) && b.below(upper) && !slices.ContainsFunc(s.multiples, func(n *node) bool { return !divides(n) }))
}

func (m *matcher) text(v *node, s *shape) certainty {
	result := s.counted("Length", utf8.RuneCountInString(v.text))
	for _, p := range s.patterns {
		if r := m.regexp(p.text); r == nil {
			result = min(result, unknown)
		} else {
			result = min(result, sure(r.MatchString(v.text)))
		}
	}
	for _, f := range s.formats {
		result = min(result, ofFormat(v.text, f.text))
	}
	return result
}

// counted checks a number of characters, items or properties against its limits.
func (s *shape) counted(what string, n int) certainty {
	size := rational(itoa(n))
	least, most := s.counts["min"+what], s.counts["max"+what]
	return sure((least == nil || size.Cmp(rational(least.text)) >= 0) && (most == nil || size.Cmp(rational(most.text)) <= 0))
}

func (m *matcher) list(v *node, s *shape) certainty {
	result := s.counted("Items", len(v.kids))
	if s.unique != nil {
		known := map[string]bool{}
		for _, kid := range v.kids {
			result = min(result, sure(!known[kid.canonical()]))
			known[kid.canonical()] = true
		}
	}
	for _, prefix := range s.prefixes {
		for i := range min(len(prefix), len(v.kids)) {
			result = min(result, m.matches(v.kids[i], all(prefix[i])))
		}
	}
	for _, rest := range s.rests {
		for i := rest.behind; i < len(v.kids); i++ {
			result = min(result, m.matches(v.kids[i], all(rest.at)))
		}
	}
	if len(s.contains) > 0 {
		result = min(result, unknown)
	}
	return result
}

func (m *matcher) object(v *node, s *shape) certainty {
	result := s.counted("Properties", len(v.keys))
	for name := range s.required {
		result = min(result, sure(v.get(name) != nil || m.hides(s, name) != nil))
	}
	for i, name := range v.keys {
		of, _ := m.member(s, name)
		result = min(result, m.matches(v.kids[i], of))
		for _, n := range s.naming {
			result = min(result, m.matches(&node{kind: text, text: name}, all(n)))
		}
		for _, other := range s.dependents[name] {
			result = min(result, sure(v.get(other.text) != nil))
		}
		for _, n := range s.dependsOn[name] {
			result = min(result, m.matches(v, all(n)))
		}
	}
	return result
}

func (m *matcher) condition(v *node, c condition) certainty {
	of := c.then
	switch m.matches(v, all(c.at)) {
	case unknown:
		return unknown
	case no:
		of = c.otherwise
	}
	return m.matches(v, all(of))
}

// group counts the matching alternatives. A discriminator selects one of them.
func (m *matcher) group(v *node, s *shape, g group) certainty {
	count := map[certainty]int{}
	for i, b := range g.branches {
		of := all(b)
		if g.keyword == nullable {
			of = s.of.with(g, i)
		}
		count[m.matches(v, of)]++
	}
	switch {
	case g.keyword == oneOf && s.tag == nil && count[yes] > 1:
		return no
	case count[yes] > 0 && (count[unknown] == 0 || g.keyword != oneOf || s.tag != nil):
		return yes
	case count[yes]+count[unknown] == 0:
		return no
	}
	return unknown
}
