package changes

import (
	"math/big"
	"slices"
	"unicode/utf8"
)

// checkEnum checks that each enum value of a is one of b, and that a has an enum if b
// does.
func checkEnum(q *question, id string) {
	if q.b.enumAt == nil {
		return
	}
	texts := q.textual && q.b.types&isString != 0
	if q.a.types&q.b.types == 0 && !texts {
		return // the type reports it
	}
	mine := q.a.enum
	if q.a.enumAt == nil {
		mine = q.a.finite()
		if mine == nil {
			q.failAt(id, nil, q.b.enumAt)
			return
		}
	}
	known := map[string]bool{}
	for _, v := range q.b.enum {
		known[v.canonical()] = true
		if q.textual {
			known[v.text] = true
		}
	}
	for _, v := range mine {
		if !known[v.canonical()] && !(q.textual && known[v.text]) && !(v.kind == null && q.b.mayNull) && (texts || typeOf(v)&q.b.types != 0) {
			a, b := listTexts(q.a.enumAt, q.b.enumAt)
			q.failText(id, q.a.enumAt, q.b.enumAt, a, b)
			return
		}
	}
}

// maxShown bounds the characters of a value that is shown.
const maxShown = 120

// listTexts returns two lists of values as text; of long ones only the differences.
func listTexts(a, b *node) (string, string) {
	if a == nil || b == nil || a.kind != list || b.kind != list || utf8.RuneCountInString(a.canonical())+utf8.RuneCountInString(b.canonical()) < maxShown {
		return keywordText("enum", a), keywordText("enum", b)
	}
	only := func(x, y *node) string {
		known := map[string]bool{}
		for _, v := range y.kids {
			known[v.canonical()] = true
		}
		rest := &node{kind: list}
		for _, v := range x.kids {
			if !known[v.canonical()] {
				rest.kids = append(rest.kids, v)
			}
		}
		text := itoa(len(x.kids)) + " values"
		if len(rest.kids) > 0 {
			text += " with " + rest.show()
		}
		return text
	}
	return only(a, b), only(b, a)
}

// finite returns all values of a shape that allows only few, nil for others.
func (s *shape) finite() []*node {
	var values []*node
	if s.types&isInteger != 0 && s.types&isFraction == 0 {
		lower, upper := s.limits()
		low, high := round(lower, 1), round(upper, -1)
		if low == nil || high == nil {
			return nil
		}
		one := rational("1")
		for r := low.value; r.Cmp(high.value) <= 0; r = new(big.Rat).Add(r, one) {
			if len(values) == maxListed {
				return nil
			}
			if !slices.ContainsFunc(s.multiples, func(m *node) bool { return !multiple(r, rational(m.text)) }) {
				values = append(values, &node{kind: number, text: r.Num().String()})
			}
		}
	}
	if s.types&^(isNull|isBoolean|isInteger) != 0 {
		return nil
	}
	if s.types&isBoolean != 0 {
		values = append(values, &node{kind: boolean, text: "true"}, &node{kind: boolean, text: "false"})
	}
	if s.types&isNull != 0 && !s.mayNull {
		values = append(values, &node{kind: null})
	}
	return values
}

// maxListed bounds the integers that are listed as values.
const maxListed = 64

// every reports whether a has few values, which all meet the test as b reads them, so that
// a keyword of b refuses none of them.
func (q *question) every(meets func(v *node) bool) bool {
	values := q.a.enum
	if values == nil && q.textual {
		values = q.a.finite()
	}
	return values != nil && !slices.ContainsFunc(values, func(v *node) bool { return !meets(q.reading(v)) })
}

// reading returns the value that b reads where a writes v: on the wire there are only
// texts, which b reads as one of its own types.
func (q *question) reading(v *node) *node {
	if !q.textual || typeOf(v)&(q.b.types|isArray|isObject) != 0 {
		return v
	}
	of := *v
	switch {
	case q.b.types&isBoolean != 0 && (v.text == "true" || v.text == "false"):
		of.kind = boolean
	case q.b.types&(isInteger|isFraction) != 0 && rational(v.text) != nil:
		of.kind = number
	case q.b.types&isString != 0:
		of.kind = text
	}
	return &of
}
