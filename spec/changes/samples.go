package changes

import (
	"math/big"
	"slices"
	"strings"

	"github.com/hostup/api-conformance/spec/sample"
)

// maxNested bounds the nesting of generated values.
const maxNested = 5

// textOf returns a text of a format, "" for an unknown format.
func textOf(format string) string {
	text, _ := sample.Formatted(format, 0)
	return text
}

// apart lists formats without common texts.
var apart = strings.Fields("date date-time duration email ipv4 ipv6 uri uuid")

// ofFormat reports whether a text has a format; it can only decide texts from textOf.
func ofFormat(s, format string) certainty {
	if !slices.Contains(knownFormats, format) {
		return yes // a note for people
	}
	result := unknown
	for _, known := range knownFormats {
		switch {
		case textOf(known) != s:
		case known == format || slices.Contains(wider[known], format):
			return yes
		case slices.Contains(apart, known) && slices.Contains(apart, format):
			result = no
		}
	}
	return result
}

// samples generates likely values of a conjunction; use matches to be certain.
func (m *matcher) samples(of conjunction, depth int) []*node {
	if m.left--; m.left < 0 || depth > maxNested {
		return nil
	}
	s := m.shape(of)
	if s.enumAt != nil {
		return s.enum[:min(len(s.enum), maxListed)]
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

// scalars generates values at the limits of a shape that are neither objects nor arrays.
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
	if s.types&(isInteger|isFraction) != 0 {
		values = append(values, s.multiple()...)
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

// multiple generates the multiples of multipleOf next to the limits of a shape.
func (s *shape) multiple() (values []*node) {
	lower, upper := s.limits()
	for _, m := range s.multiples {
		step := rational(m.text)
		if step.Sign() <= 0 {
			continue
		}
		add := func(times *big.Int) {
			text := new(big.Rat).Mul(step, new(big.Rat).SetInt(times)).FloatString(9)
			values = append(values, &node{kind: number, text: text})
		}
		if lower == nil && upper == nil {
			add(big.NewInt(1))
		}
		for _, b := range []*bound{lower, upper} {
			if b != nil {
				q := new(big.Rat).Quo(b.value, step)
				times := new(big.Int).Div(q.Num(), q.Denom())
				add(times)
				add(new(big.Int).Add(times, big.NewInt(1)))
			}
		}
	}
	return values
}

// edges generates numbers and strings at and next to the limits of a shape.
func (m *matcher) edges(s *shape, depth int) (values []*node) {
	lower, upper := s.limits()
	for _, b := range []*bound{lower, upper} {
		for step := int64(-2); step <= 2 && b != nil; step++ {
			text := new(big.Rat).Add(b.value, big.NewRat(step, 2)).FloatString(9)
			values = append(values, &node{kind: number, text: text})
		}
	}
	for _, name := range []string{"minLength", "maxLength"} {
		n := s.count(name)
		for size := n - 1; size <= n+1 && n >= 0; size++ {
			values = append(values, &node{kind: text, text: strings.Repeat("a", max(size, 0))})
		}
	}
	for _, excluded := range s.nots {
		if depth < maxNested {
			values = append(values, m.edges(m.shape(all(excluded)), depth+1)...)
		}
	}
	return append(values, s.enum[:min(len(s.enum), maxListed)]...)
}

// count returns a limit of a count, -1 if there is none or no sample reaches it.
func (s *shape) count(name string) int {
	if n := s.counts[name]; n != nil {
		if r := rational(n.text); r.IsInt() && r.Num().IsInt64() && r.Num().Int64() < 1000 {
			return int(r.Num().Int64())
		}
	}
	return -1
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

// texts generates strings of a shape: the shortest and the longest, and those of its
// formats and patterns.
func texts(s *shape) (list []*node) {
	add := func(t string) { list = append(list, &node{kind: text, text: t}) }
	for _, f := range s.formats {
		if t := textOf(f.text); t != "" {
			add(t)
		}
	}
	for _, p := range s.patterns {
		if t, ok := sample.Matching(p.text, 0, 0); ok {
			add(t)
		}
	}
	add("~") // unlike most
	lengths := []int{0, 1}
	for _, name := range []string{"minLength", "maxLength"} {
		if n := s.count(name); n >= 0 {
			lengths = append(lengths, n)
		}
	}
	for _, n := range lengths {
		add(strings.Repeat("a", max(n, 0)))
	}
	return list
}

// lists generates arrays: one with as many items as required, and one with a single item.
func (m *matcher) lists(s *shape, depth int) []*node {
	least := max(s.count("minItems"), 0)
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

// objects generates an object with the required properties and, at the top level, one
// with all named properties.
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
		if s.required[name] == nil && depth == 0 {
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
	if depth > 0 {
		return []*node{least}
	}
	return []*node{least, most}
}
