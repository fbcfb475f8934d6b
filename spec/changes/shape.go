package changes

import (
	"slices"
)

// types is a set of JSON types. Non-integer numbers are a type of their own, so that
// integer is a part of number.
type types uint8

const (
	isNull types = 1 << iota
	isBoolean
	isInteger
	isFraction
	isString
	isArray
	isObject
	isAny = isNull | isBoolean | isInteger | isFraction | isString | isArray | isObject
)

var typeNames = map[string]types{
	"null": isNull, "boolean": isBoolean, "integer": isInteger, "number": isInteger | isFraction,
	"string": isString, "array": isArray, "object": isObject,
}

// A closure holds a schema's constraint on properties that it does not name.
type closure struct {
	owner    *node
	at       *node // additionalProperties or unevaluatedProperties
	schema   *node
	names    map[string]bool
	patterns []string
}

type containment struct {
	at       *node
	min, max int // max is -1 if there is none
	schema   *node
}

type condition struct{ at, then, otherwise *node }

// A shape is the meaning of a conjunction of schemas, with references and allOf resolved,
// so that equivalent schemas have the same shape.
type shape struct {
	home      *node // the first schema, used as location for keywords that this shape lacks
	of        conjunction
	never     *node // the schema that is false
	types     types
	typesAt   *node
	mayNull   bool // nullable of OpenAPI 3.0 beside an enum without null: readers differ
	readOnly  *node
	writeOnly *node

	enum       []*node // nil if there is none
	enumAt     *node
	lower      *bound
	upper      *bound
	multiples  []*node
	counts     map[string]*node // minLength and the like: the strictest
	patterns   []*node
	formats    []*node
	bytes      bool // a file: format binary, or contentMediaType without a coding
	encoding   *node
	mediaType  *node
	content    []*node
	unique     *node
	prefixes   [][]*node
	prefixAt   *node
	rests      []rest
	contains   []containment
	required   map[string]*node
	names      []string // of properties, in order
	properties map[string][]*node
	byPattern  map[string][]*node
	patternsBy []string
	closures   []closure
	naming     []*node // propertyNames
	dependents map[string][]*node
	dependsOn  map[string][]*node // dependentSchemas
	groups     []group
	offered    []group // groups, including those with a chosen alternative
	nots       []*node
	conditions []condition
	tag        *node   // discriminator
	opaque     []*node // unresolved references
}

// rest is the schema of the items after the first behind ones.
type rest struct {
	behind int
	at     *node
}

func newShape(c conjunction) *shape {
	s := &shape{of: c, types: isAny, counts: map[string]*node{}, required: map[string]*node{}, properties: map[string][]*node{},
		byPattern: map[string][]*node{}, dependents: map[string][]*node{}, dependsOn: map[string][]*node{}}
	seen := map[*node]bool{}
	for _, n := range c.schemas {
		s.take(n, seen)
	}
	s.types &^= s.impossible()
	s.list(func(v *node) bool { return s.types&typeOf(v) != 0 })
	return s
}

// impossible returns the types for which the limits leave no value.
func (s *shape) impossible() (t types) {
	lower, upper := s.limits()
	if lower != nil && upper != nil {
		if order := lower.value.Cmp(upper.value); order > 0 || order == 0 && (lower.exclusive || upper.exclusive) {
			t = isInteger | isFraction
		} else if round(lower, 1).value.Cmp(round(upper, -1).value) > 0 {
			t = isInteger
		}
	}
	for what, of := range map[string]types{"Length": isString, "Items": isArray, "Properties": isObject} {
		least, most := s.counts["min"+what], s.counts["max"+what]
		if least != nil && most != nil && rational(least.text).Cmp(rational(most.text)) > 0 {
			t |= of
		}
	}
	return t
}

// list keeps the enum values that meet a test.
func (s *shape) list(meets func(v *node) bool) {
	s.enum = slices.DeleteFunc(s.enum, func(v *node) bool { return !meets(v) })
	if len(s.enum) > 0 {
		s.types = 0
		for _, v := range s.enum {
			s.types |= typeOf(v)
		}
	}
}

// take adds the keywords of a schema.
func (s *shape) take(n *node, seen map[*node]bool) {
	if s.home == nil {
		s.home = n
	}
	if seen[n] {
		return
	}
	seen[n] = true
	if n.kind == boolean && n.text == "false" {
		s.never, s.types = n, 0
	}
	if n.kind != object {
		return
	}
	if ref := n.get("$ref"); ref != nil && ref.kind == text {
		s.follow(n, ref, seen)
		if n.file.version != openAPI31 {
			return // siblings are ignored there (OAS 3.0.4, Reference Object)
		}
	}
	if s.offersNull(n) {
		return
	}
	if ref := n.get("$dynamicRef"); ref != nil && ref.kind == text {
		s.follow(n, ref, seen)
	}
	for _, c := range n.items("allOf") {
		s.take(c, seen)
	}
	s.takeType(n)
	s.takeGroups(n, seen)
	s.takeScalars(n)
	s.takeArrays(n)
	s.takeObjects(n)
}

func (s *shape) follow(n, ref *node, seen map[*node]bool) {
	target := n.file.resolve(ref.text)
	if target == nil {
		s.opaque = append(s.opaque, ref)
		return
	}
	if s.home == n {
		s.home = target
	}
	s.take(target, seen)
}

func nullSchema(at *node) *node { return made(at, typeMember, "null") }

const typeMember = "type"

// made returns a schema with one keyword, in place of an equivalent one.
func made(at *node, keyword, value string) *node {
	return madeOf(at, keyword, &node{kind: text, text: value, file: at.file, line: at.line, parent: at.parent, key: at.key})
}

func madeOf(at *node, keyword string, value *node) *node {
	t := &node{kind: object, file: at.file, line: at.line, parent: at.parent, key: at.key}
	t.add(keyword, value)
	return t
}

func (s *shape) takeType(n *node) {
	m := n.get(typeMember)
	if m == nil {
		return
	}
	t := typesNamed(m)
	if n.mayBeNull() {
		t |= isNull
		if enum := n.get("enum"); enum != nil && !slices.ContainsFunc(enum.kids, func(v *node) bool { return v.kind == null }) {
			s.mayNull = true
		}
	}
	if s.types&t != s.types || s.typesAt == nil {
		s.typesAt = m
	}
	s.types &= t
}

// typesNamed returns the types in the value of the keyword type.
func typesNamed(m *node) (t types) {
	names := m.kids
	if m.kind == text {
		names = []*node{m}
	}
	for _, name := range names {
		known, ok := typeNames[name.text]
		if !ok {
			known = isAny // "file" of Swagger 2.0, or a typo
		}
		t |= known
	}
	return t
}
