package changes

import (
	"math/big"
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
		m := &matcher{question: q, left: maxMatches}
		for _, v := range q.a.enum {
			if of := q.reading(v); typeOf(v)&q.b.types == 0 && (typeOf(of) == typeOf(v) || m.matches(of, q.b.of) != yes) {
				extra |= typeOf(v) &^ q.b.types
			}
		}
	}
	if q.b.mayNull || q.a.mayNull {
		extra &^= isNull
	}
	if slices.ContainsFunc(q.a.multiples, func(m *node) bool { return rational(m.text).IsInt() }) {
		extra &^= isFraction
	}
	if q.b.bytes {
		extra = 0 // OpenAPI 3.1 says it with an empty schema
	}
	if q.textual && q.b.types&isString != 0 {
		extra &= isArray | isObject // on the wire everything else is text
	}
	if of, is := q.listOfOne(); is && extra != 0 {
		q.add(q.view, q.a.of, of)
		return
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

// listOfOne returns the item schema if b takes a list and a has single values: on the
// wire a list of one looks the same.
func (q *question) listOfOne() (item conjunction, is bool) {
	if !q.textual || q.a.types&(isArray|isObject) != 0 || q.b.types&^isNull != isArray {
		return item, false
	}
	if n := q.b.counts["minItems"]; n != nil && rational(n.text).Cmp(rational("1")) > 0 {
		return item, false
	}
	return q.b.item(0), true
}

// typesText names the types, "any type" for all.
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

// both returns the types in t that both sides allow: a keyword for other types has no
// effect.
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

// checkCount compares the keywords that count characters, items or properties.
func checkCount(q *question, id string) {
	t := map[string]types{"Length": isString, "Items": isArray, "Properties": isObject}[id[3:]]
	b := q.b.counts[id]
	if b == nil || q.both(t) == 0 && !(q.textual && t == isString) {
		return
	}
	least, limit := id[:3] == "min", rational(b.text)
	if least && (limit.Sign() <= 0 || q.both(t) == 0 && limit.Cmp(rational("1")) <= 0) {
		return // a number or a boolean has at least one character on the wire
	}
	a := q.a.counts[id]
	if a != nil {
		if order := rational(a.text).Cmp(limit); order == 0 || (order > 0) == least {
			return
		}
	}
	if q.a.implies(id, limit) || t == isString && q.patternsImply(least, limit) {
		return
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

// patternsImply reports whether the patterns of texts guarantee a limit of their length.
func (q *question) patternsImply(least bool, limit *big.Rat) bool {
	if len(q.a.patterns) == 0 || len(q.texts()) == 0 || !limit.IsInt() {
		return false
	}
	count := "0," + limit.Num().String()
	if least {
		count = limit.Num().String() + ","
	}
	return inclusion(q.texts(), ofLength(count)) == includes
}

// implies reports whether other keywords guarantee a limit of a count: required
// properties exist, a closed object has no more than its named ones, and an array
// contains what contains demands.
func (s *shape) implies(id string, limit *big.Rat) bool {
	least := 0
	switch id {
	case "minProperties":
		least = len(s.required)
	case "minItems":
		for _, c := range s.contains {
			least = max(least, c.min)
		}
	case "maxProperties":
		return s.closed() && rational(itoa(len(s.names))).Cmp(limit) <= 0
	}
	return least > 0 && rational(itoa(least)).Cmp(limit) >= 0
}

// closed reports whether an object has only named properties.
func (s *shape) closed() bool {
	return len(s.patternsBy) == 0 && slices.ContainsFunc(s.closures, func(c closure) bool { return c.schema.kind == boolean && c.schema.text == "false" })
}

func checkPattern(q *question, id string) {
	if q.both(isString) == 0 && !(q.textual && q.b.types&isString != 0) {
		return
	}
	for _, b := range q.b.patterns {
		if slices.ContainsFunc(q.a.patterns, func(a *node) bool { return a.text == b.text }) {
			continue
		}
		if inclusion(q.texts(), b.text) == includes {
			continue
		}
		if r, err := regexp.Compile(b.text); err == nil && q.every(func(v *node) bool { return v.kind != text || r.MatchString(v.text) }) {
			continue
		}
		q.failAt(id, first(q.a.patterns), b)
	}
}

// wider maps a format to those that include all of its texts (JSON Schema 2020-12
// validation, section 7.3, and the RFCs that it names).
var wider = map[string][]string{
	"uri": {"uri-reference", "iri", "iri-reference"}, "uri-reference": {"iri-reference"}, "iri": {"iri-reference"},
	"email": {"idn-email"}, "hostname": {"idn-hostname"}, "int32": {"int64", "double"}, "float": {"double"},
}

// knownFormats are those of JSON Schema 2020-12 validation, section 7.3, and of the
// OpenAPI Format Registry that define their values.
var knownFormats = strings.Fields(`
	date-time date time duration http-date unixtime email idn-email hostname idn-hostname ipv4 ipv6
	uri uri-reference uri-template iri iri-reference uuid json-pointer relative-json-pointer regex
	base64url binary byte char media-range sf-binary sf-boolean sf-decimal sf-integer sf-string sf-token
	int8 int16 int32 int64 uint8 uint16 uint32 uint64 float double double-int decimal decimal128`)

func checkFormat(q *question, id string) {
	lower, upper := q.a.limits()
	for _, b := range q.b.formats {
		if !slices.Contains(knownFormats, b.text) {
			continue // an unknown format is a note for people (JSON Schema 2020-12 validation, section 7.2.3)
		}
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

// checkContent compares what a string encodes. With another coding or media type each
// side reads a different text; naming one where there was none is an annotation that
// refuses nothing (JSON Schema 2020-12 validation, section 8.1).
func checkContent(q *question, _ string) {
	a, b := codingName(q.a), codingName(q.b)
	if q.both(isString) != 0 && a != b && (q.reverse || a != "" && b != "") {
		q.failAt("contentEncoding", q.a.encoding, q.b.encoding)
	}
	x, y := q.a.mediaType, q.b.mediaType
	if q.reverse && (x == nil) != (y == nil) || x != nil && y != nil && !strings.EqualFold(x.text, y.text) {
		q.failAt("contentMediaType", x, y)
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

// roundUp turns an exclusive lower bound of integers into an inclusive one.
func (q *question) roundUp(b *bound) *bound { return q.round(b, 1) }

func (q *question) roundDown(b *bound) *bound { return q.round(b, -1) }
