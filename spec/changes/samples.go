package changes

import (
	"math/big"
	"slices"
	"strings"
)

// maxNested bounds how deep the values are that are made of schemas.
const maxNested = 5

// textOf has a text of each format; none of them is one of another format, but
// where that is wider.
func textOf(format string) string {
	switch format {
	case "date":
		return "2026-01-02"
	case "date-time":
		return "2026-01-02T03:04:05Z"
	case "time":
		return "03:04:05Z"
	case "duration":
		return "P3D"
	case "email":
		return "a@example.com"
	case "ipv4":
		return "192.0.2.1"
	case "ipv6":
		return "2001:db8::1"
	case "uri":
		return "https://example.com/a"
	case "uuid":
		return "2b0a2a1e-7a4b-4a7e-9c7e-0123456789ab"
	}
	return ""
}

// ofFormat reports whether a text is one of a format, as far as it is one of textOf.
func ofFormat(s, format string) certainty {
	if !slices.Contains(knownFormats, format) {
		return yes // a note for people
	}
	for _, known := range knownFormats {
		if textOf(known) != s {
			continue
		}
		if known == format || slices.Contains(wider[known], format) {
			return yes
		}
		if textOf(format) != "" {
			return no
		}
	}
	return unknown
}

// samples makes values of a conjunction. They are likely ones: who needs to
// know asks matches.
func (m *matcher) samples(of conjunction, depth int) []*node {
	s := m.shape(of)
	if s.enumAt != nil {
		return s.enum[:min(len(s.enum), maxListed)]
	}
	if depth > maxNested {
		return nil
	}
	var list []*node
	if len(s.groups) > 0 {
		for i := range s.groups[0].branches {
			if found := m.samples(of.with(s.groups[0], i), depth+1); len(list) < maxListed {
				list = append(list, found...)
			}
		}
		return list
	}
	list = m.scalars(s)
	if s.types&isArray != 0 {
		list = append(list, m.lists(s, depth)...)
	}
	if s.types&isObject != 0 {
		list = append(list, m.objects(s, depth)...)
	}
	return list
}

// scalars makes values of a shape that are neither objects nor arrays: those at
// its limits.
func (m *matcher) scalars(s *shape) []*node {
	if s.enumAt != nil {
		return slices.DeleteFunc(slices.Clone(s.enum), func(v *node) bool { return v.kind == object || v.kind == list })
	}
	var values []*node
	add := func(k kind, text string) { values = append(values, &node{kind: k, text: text}) }
	if s.types&isInteger != 0 {
		lower, upper := s.limits()
		low, high := round(lower, 1), round(upper, -1)
		for _, b := range []*bound{low, high} {
			if b != nil {
				add(number, b.value.RatString())
			}
		}
		if low == nil && high == nil {
			add(number, "7")
		}
	}
	if s.types&isFraction != 0 {
		add(number, between(s.limits()))
	}
	if s.types&isString != 0 {
		values = append(values, texts(s)...)
	}
	if s.types&isBoolean != 0 {
		add(boolean, "true")
		add(boolean, "false")
	}
	if s.types&isNull != 0 {
		add(null, "")
	}
	return values
}

// between returns a fraction within limits.
func between(lower, upper *bound) string {
	half := big.NewRat(1, 2)
	switch {
	case lower == nil && upper == nil:
		return "7.5"
	case upper == nil:
		return half.Add(lower.value, half).FloatString(9)
	case lower == nil:
		return half.Sub(upper.value, half).FloatString(9)
	}
	return half.Mul(half, new(big.Rat).Add(lower.value, upper.value)).FloatString(9)
}

// texts makes texts of a shape: the shortest and the longest, and those that
// its formats have.
func texts(s *shape) (list []*node) {
	for _, f := range s.formats {
		if t := textOf(f.text); t != "" {
			list = append(list, &node{kind: text, text: t})
		}
	}
	lengths := []int{1}
	for _, name := range []string{"minLength", "maxLength"} {
		if n := s.counts[name]; n != nil {
			if r := rational(n.text); r.IsInt() && r.Num().IsInt64() && r.Num().Int64() < 1000 {
				lengths = append(lengths, int(r.Num().Int64()))
			}
		}
	}
	for _, n := range lengths {
		list = append(list, &node{kind: text, text: strings.Repeat("a", max(n, 0))})
	}
	return list
}

// lists makes a list with as many items as there have to be, and with one.
func (m *matcher) lists(s *shape, depth int) []*node {
	least := 0
	if n := s.counts["minItems"]; n != nil {
		if r := rational(n.text); r.IsInt() && r.Num().IsInt64() {
			least = int(r.Num().Int64())
		}
	}
	var values []*node
	for _, n := range []int{least, max(least, 1)} {
		v := &node{kind: list}
		for i := range min(n, maxNested) {
			if found := m.samples(s.item(i), depth+1); len(found) > 0 {
				v.kids = append(v.kids, found[min(i, len(found)-1)])
			}
		}
		values = append(values, v)
	}
	return values
}

// objects makes an object with the properties that have to be there, and one
// with all that are named.
func (m *matcher) objects(s *shape, depth int) []*node {
	least, most := &node{kind: object}, &node{kind: object}
	member := func(name string) *node {
		of, _ := m.member(s, name)
		if found := m.samples(of, depth+1); len(found) > 0 {
			return found[0]
		}
		return nil
	}
	names := sortedKeys(s.required)
	for _, name := range s.names {
		if s.required[name] == nil {
			names = append(names, name)
		}
	}
	for _, name := range names {
		if m.hides(s, name) != nil {
			continue
		}
		v := member(name)
		if v == nil {
			continue
		}
		most.add(name, v)
		if s.required[name] != nil {
			least.add(name, v)
		}
	}
	return []*node{least, most}
}
