package changes

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

func checkType(q *question, id string) {
	if q.a.never != nil {
		return
	}
	extra := q.a.types &^ q.b.types
	if q.a.enum != nil {
		extra = 0
		for _, v := range q.a.enum {
			extra |= typeOf(v) &^ q.b.types
		}
	}
	if q.b.mayNull || q.a.mayNull {
		extra &^= isNull
	}
	if q.b.bytes {
		extra = 0 // OpenAPI 3.1 says it with an empty schema
	}
	if q.textual && q.b.types&isString != 0 {
		extra &= isArray | isObject // on the wire everything else is text
	}
	if extra == 0 {
		return
	}
	at := q.b.typesAt
	if q.b.never != nil {
		at = q.b.never
	}
	q.failText(id, q.a.typesAt, at, q.a.typesText(), q.b.typesText())
}

// typesText names the types, "any" for all.
func (s *shape) typesText() string {
	switch s.types {
	case isAny:
		return "any type"
	case 0:
		return "nothing"
	}
	var names []string
	for _, name := range []string{"object", "array", "string", "number", "integer", "boolean", "null"} {
		t := typeNames[name]
		if s.types&t != t || name == "integer" && s.types&isFraction != 0 {
			continue
		}
		names = append(names, name)
	}
	return strings.Join(names, "|")
}

// checkEnum asks whether each value that a lists is one of b, and whether a
// lists values if b does.
func checkEnum(q *question, id string) {
	if q.b.enumAt == nil {
		return
	}
	if q.a.types&^q.b.types == q.a.types {
		return // the type says it
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
		if !known[v.canonical()] && !(q.textual && known[v.text]) && !(v.kind == null && q.b.mayNull) && typeOf(v)&q.b.types != 0 {
			q.failAt(id, q.a.enumAt, q.b.enumAt)
			return
		}
	}
}

// finite lists all values of a shape that allows only few, nil for others.
func (s *shape) finite() []*node {
	if s.types&^(isNull|isBoolean) != 0 {
		return nil
	}
	var values []*node
	if s.types&isBoolean != 0 {
		values = append(values, &node{kind: boolean, text: "true"}, &node{kind: boolean, text: "false"})
	}
	if s.types&isNull != 0 && !s.mayNull {
		values = append(values, &node{kind: null})
	}
	return values
}

// every reports whether a lists its values and all of them meet the test, so
// that a keyword of b refuses none of them.
func (q *question) every(meets func(v *node) bool) bool {
	return q.a.enum != nil && !slices.ContainsFunc(q.a.enum, func(v *node) bool { return !meets(v) })
}

func checkMinimum(q *question, id string) {
	a, _ := q.a.limits()
	b := q.b.lower
	if q.both(isInteger|isFraction) == 0 || q.roundUp(a).above(q.roundUp(b)) {
		return
	}
	if q.every(func(v *node) bool {
		r := rational(v.text)
		return v.kind != number || r == nil || (&bound{value: r}).above(b)
	}) {
		return
	}
	q.failAt(id, boundAt(q.a.lower), b.at)
}

func checkMaximum(q *question, id string) {
	_, a := q.a.limits()
	b := q.b.upper
	if q.both(isInteger|isFraction) == 0 || q.roundDown(a).below(q.roundDown(b)) {
		return
	}
	if q.every(func(v *node) bool {
		r := rational(v.text)
		return v.kind != number || r == nil || (&bound{value: r}).below(b)
	}) {
		return
	}
	q.failAt(id, boundAt(q.a.upper), b.at)
}

func boundAt(b *bound) *node {
	if b == nil {
		return nil
	}
	return b.at
}

// both returns the types that both sides allow and that are among t: a keyword
// about others has no effect.
func (q *question) both(t types) types { return q.a.types & q.b.types & t }

func checkMultipleOf(q *question, id string) {
	if q.both(isInteger|isFraction) == 0 {
		return
	}
	for _, b := range q.b.multiples {
		r := rational(b.text)
		mine := func(a *node) bool { return multiple(rational(a.text), r) }
		if slices.ContainsFunc(q.a.multiples, mine) || q.a.types&isFraction == 0 && multiple(rational("1"), r) {
			continue
		}
		if q.every(func(v *node) bool { n := rational(v.text); return v.kind != number || n == nil || multiple(n, r) }) {
			continue
		}
		var at *node
		if len(q.a.multiples) > 0 {
			at = q.a.multiples[0]
		}
		q.failAt(id, at, b)
	}
}

// checkCount is for the keywords that count characters, items or properties.
func checkCount(q *question, id string) {
	t := map[string]types{"Length": isString, "Items": isArray, "Properties": isObject}[id[3:]]
	b := q.b.counts[id]
	if b == nil || q.both(t) == 0 && !(q.textual && t == isString) {
		return
	}
	least, limit := id[:3] == "min", rational(b.text)
	if least && limit.Sign() <= 0 {
		return
	}
	a := q.a.counts[id]
	if a != nil {
		if order := rational(a.text).Cmp(limit); order == 0 || (order > 0) == least {
			return
		}
	}
	if least && t == isObject && rational(itoa(len(q.a.required))).Cmp(limit) >= 0 {
		return // what is required is there
	}
	if q.every(func(v *node) bool {
		n := len(v.kids)
		if v.kind == text {
			n = utf8.RuneCountInString(v.text)
		}
		order := rational(itoa(n)).Cmp(limit)
		return typeOf(v)&t == 0 || order == 0 || (order > 0) == least
	}) {
		return
	}
	q.failAt(id, a, b)
}

func checkPattern(q *question, id string) {
	if q.both(isString) == 0 && !(q.textual && q.b.types&isString != 0) {
		return
	}
	for _, b := range q.b.patterns {
		if slices.ContainsFunc(q.a.patterns, func(a *node) bool { return a.text == b.text }) {
			continue
		}
		if r, err := regexp.Compile(b.text); err == nil && q.every(func(v *node) bool { return v.kind != text || r.MatchString(v.text) }) {
			continue
		}
		q.failAt(id, first(q.a.patterns), b)
	}
}

// wider names the formats that hold all texts of another one (JSON Schema
// 2020-12 validation, section 7.3, and the RFCs that it names).
var wider = map[string][]string{
	"uri": {"uri-reference", "iri", "iri-reference"}, "uri-reference": {"iri-reference"}, "iri": {"iri-reference"},
	"email": {"idn-email"}, "hostname": {"idn-hostname"}, "int32": {"int64", "double"}, "float": {"double"},
}

func checkFormat(q *question, id string) {
	lower, upper := q.a.limits()
	for _, b := range q.b.formats {
		t := isString
		if b.text == "float" || b.text == "double" {
			t = isInteger | isFraction
		}
		if b.text == "binary" && (q.a.bytes || q.a.types == isAny) {
			continue
		}
		if b.text == "int32" || b.text == "int64" {
			t = isInteger | isFraction
			s := &shape{formats: []*node{b}}
			if low, high := s.limits(); lower.above(low) && upper.below(high) {
				continue
			}
		}
		if q.both(t) == 0 && !(q.textual && q.b.types&isString != 0) || q.a.enum != nil {
			continue
		}
		if slices.ContainsFunc(q.a.formats, func(a *node) bool { return a.text == b.text || slices.Contains(wider[a.text], b.text) }) {
			continue
		}
		q.failAt(id, first(q.a.formats), b)
	}
}

// checkContent compares what a text stands for. Another coding, or one instead
// of none, is read as another text by either side.
func checkContent(q *question, _ string) {
	if q.both(isString) != 0 && codingName(q.a) != codingName(q.b) {
		q.failAt("contentEncoding", q.a.encoding, q.b.encoding)
	}
	if b := q.b.mediaType; b != nil && (q.a.mediaType == nil || !strings.EqualFold(q.a.mediaType.text, b.text)) {
		q.failAt("contentMediaType", q.a.mediaType, b)
	}
	if len(q.b.content) > 0 {
		q.add(q.view, all(q.a.content...), all(q.b.content...))
	}
}

func codingName(s *shape) string {
	if s.encoding == nil {
		return ""
	}
	return strings.ToLower(s.encoding.text)
}

func first(list []*node) *node {
	if len(list) == 0 {
		return nil
	}
	return list[0]
}

// roundUp makes an exclusive bound of integers an inclusive one.
func (q *question) roundUp(b *bound) *bound { return q.round(b, 1) }

func (q *question) roundDown(b *bound) *bound { return q.round(b, -1) }
