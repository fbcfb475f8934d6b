package changes

import (
	"math/big"
	"slices"
)

func (s *shape) takeScalars(n *node) {
	if m := n.get("const"); m != nil {
		s.restrict([]*node{m}, m)
	}
	if m := n.get("enum"); m != nil && m.kind == list {
		s.restrict(m.kids, m)
	}
	s.takeBounds(n)
	if m := n.get("multipleOf"); m != nil && rational(m.text) != nil {
		s.multiples = append(s.multiples, m)
	}
	for _, name := range []string{"minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"} {
		m := n.get(name)
		if m == nil || rational(m.text) == nil {
			continue
		}
		if old := s.counts[name]; old != nil && (rational(old.text).Cmp(rational(m.text)) > 0) == (name[:3] == "min") {
			continue
		}
		s.counts[name] = m
	}
	if m := n.get("pattern"); m != nil && m.kind == text && !matchesAll(m.text) {
		s.patterns = append(s.patterns, m)
	}
	s.takeContent(n)
	s.takeAccess(n)
}

// matchesAll reports whether a pattern matches every string.
func matchesAll(pattern string) bool {
	return slices.Contains([]string{"", ".*", "^.*$", "^", "$", "^.*", ".*$"}, pattern)
}

func (s *shape) takeAccess(n *node) {
	if n.is("readOnly") {
		s.readOnly = n.get("readOnly")
	}
	if n.is("writeOnly") {
		s.writeOnly = n.get("writeOnly")
	}
}

// takeContent reads what a string encodes: OpenAPI 3.0 uses format for it, 3.1
// contentEncoding and contentMediaType.
func (s *shape) takeContent(n *node) {
	switch m := n.get("format"); {
	case m == nil || m.kind != text:
	case m.text == "byte":
		s.encoding = made(m, "contentEncoding", "base64").kids[0]
	case m.text == "password": // a hint for input fields
	default:
		s.bytes = s.bytes || m.text == "binary"
		s.formats = append(s.formats, m)
	}
	if m := n.get("contentEncoding"); m != nil {
		s.encoding = m
	}
	if m := n.get("contentMediaType"); m != nil {
		s.bytes = s.bytes || n.get("contentEncoding") == nil
		if m.text != "application/octet-stream" {
			s.mediaType = m
		}
	}
	if m := n.get("contentSchema"); m != nil {
		s.content = append(s.content, m)
	}
}

func (s *shape) restrict(values []*node, at *node) {
	if s.enumAt == nil {
		s.enum, s.enumAt = slices.Clone(values), at
		return
	}
	known := map[string]bool{}
	for _, v := range values {
		known[v.canonical()] = true
	}
	s.enum = slices.DeleteFunc(s.enum, func(v *node) bool { return !known[v.canonical()] })
	s.enumAt = at
}

// takeBounds reads the limits of numbers in all versions: a boolean exclusiveMinimum
// belongs to minimum.
func (s *shape) takeBounds(n *node) {
	limit := func(name string, exclusive bool) *bound {
		m := n.get(name)
		if m == nil || m.kind != number {
			return nil
		}
		if r := rational(m.text); r != nil {
			return &bound{r, exclusive, m}
		}
		return nil
	}
	for _, b := range []*bound{limit("minimum", n.is("exclusiveMinimum")), limit("exclusiveMinimum", true), s.lower} {
		if b != nil && b.above(s.lower) {
			s.lower = b
		}
	}
	for _, b := range []*bound{limit("maximum", n.is("exclusiveMaximum")), limit("exclusiveMaximum", true), s.upper} {
		if b != nil && b.below(s.upper) {
			s.upper = b
		}
	}
}

// typeOf returns the type of a value.
func typeOf(v *node) types {
	switch v.kind {
	case null:
		return isNull
	case boolean:
		return isBoolean
	case number:
		if r := rational(v.text); r != nil && !r.IsInt() {
			return isFraction
		}
		return isInteger
	case text:
		return isString
	case list:
		return isArray
	}
	return isObject
}

// limits returns the bounds of numbers, including those of the formats int32 and int64
// (OpenAPI Format Registry).
func (s *shape) limits() (lower, upper *bound) {
	lower, upper = s.lower, s.upper
	for _, f := range s.formats {
		bits := map[string]uint{"int32": 31, "int64": 63}[f.text]
		if bits == 0 {
			continue
		}
		top := new(big.Int).Lsh(big.NewInt(1), bits)
		low, high := &bound{new(big.Rat).SetInt(new(big.Int).Neg(top)), false, f}, &bound{new(big.Rat).SetInt(top.Sub(top, big.NewInt(1))), false, f}
		if low.above(lower) {
			lower = low
		}
		if high.below(upper) {
			upper = high
		}
	}
	return lower, upper
}
