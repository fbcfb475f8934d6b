package sample

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/hostup/api-conformance/spec/document"
	"github.com/hostup/api-conformance/spec/schema"
)

// maxDepth bounds a value: a schema that requires itself has none.
const maxDepth = 12

// A Maker makes values of the schemas of a document. It is not safe for concurrent
// use.
type Maker struct {
	d      *document.Document
	set    *schema.Set
	hidden string // properties with this mark are left out
	done   map[string]any
}

// New returns a Maker for values of the direction. The set has to be of the same
// document and direction.
func New(d *document.Document, set *schema.Set, of schema.Direction) *Maker {
	return &Maker{d: d, set: set, hidden: string(of), done: map[string]any{}}
}

// Value returns a value that meets the schema at a pointer, built of
// map[string]any, []any, string, json.Number, bool and nil. The number tells one
// value from another: equal numbers give equal values, others others where the
// schema has others. The error says which place has no value.
func (m *Maker) Value(pointer string, n int) (any, error) {
	at, ok := m.set.Resolve(pointer)
	if !ok {
		return nil, fmt.Errorf("the schema at #%s leads nowhere", pointer)
	}
	v, ok := m.make([]string{at}, n, 0)
	if !ok {
		return nil, fmt.Errorf("no value was found that meets the schema at #%s: give one as an example", at)
	}
	return v, nil
}

// make returns a value that meets all the schemas at the pointers.
func (m *Maker) make(pointers []string, n, depth int) (any, bool) {
	if depth > maxDepth {
		return nil, false
	}
	key := strconv.Itoa(n) + strings.Join(pointers, " ")
	if v, known := m.done[key]; known {
		return v, true
	}
	v, ok := m.find(pointers, n, depth)
	if ok {
		m.done[key] = v
	}
	return v, ok
}

func (m *Maker) find(pointers []string, n, depth int) (any, bool) {
	for choice := range 12 {
		f := &facts{m: m, choice: choice, seen: map[string]bool{}, meant: map[string]string{}}
		for _, p := range pointers {
			f.add(p)
		}
		if n == 0 || choice == 0 {
			for _, v := range f.shown {
				if m.meets(pointers, v) && (n == 0 || len(f.shown) > n) {
					if n < len(f.shown) && m.meets(pointers, f.shown[n]) {
						return f.shown[n], true
					}
					return v, true
				}
			}
		}
		if v, ok := f.value(n, depth); ok && m.meets(pointers, v) {
			return v, true
		}
		if choice >= f.choices {
			break
		}
	}
	return nil, false
}

func (m *Maker) meets(pointers []string, v any) bool {
	for _, p := range pointers {
		if m.set.Compile(p).Validate(v) != nil {
			return false
		}
	}
	return true
}

// facts are what all schemas that apply to one value say of it together.
type facts struct {
	m       *Maker
	choice  int // which alternative of anyOf and oneOf is taken
	choices int // how many there are beside the first
	seen    map[string]bool

	shown   []any // examples, defaults
	allowed []any // enum and const
	limited bool  // allowed is all there is
	types   []string
	formats []string
	pattern []string

	properties map[string][]string // name -> pointers
	names      []string            // in the order of the document
	required   []string
	meant      map[string]string // properties that choose an alternative
	rest       []string          // additionalProperties
	closed     bool              // no other properties
	items      []string
	prefix     [][]string

	bounds                        bounds
	minLength, minItems, minProps int
	maxLength, maxItems, maxProps int // 0: no limit
	unique                        bool
}

func (f *facts) add(pointer string) {
	at, n, ok := f.m.d.Place(pointer)
	if !ok || f.seen[at] || n.Kind != document.Mapping {
		return
	}
	f.seen[at] = true
	if target, isRef := document.Reference(n); isRef {
		if p, local := document.LocalPointer(target); local {
			f.add(p)
		}
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		f.keyword(at, n.Content[i].Value, n.Content[i+1])
	}
	for _, keyword := range []string{"oneOf", "anyOf"} {
		property, values := schema.Discriminated(n, keyword)
		if i := min(f.choice, len(values)-1); i >= 0 && values[i] != nil {
			f.meant[property] = values[i][0]
		}
	}
}

func (f *facts) keyword(at, name string, n *document.Node) {
	below := at + "/" + document.Escape(name)
	switch name {
	case "example", "default":
		f.shown = append(f.shown, document.Plain(n))
	case "examples":
		if list, ok := document.Plain(n).([]any); ok {
			f.shown = append(f.shown, list...)
		}
	case "const":
		f.allow([]any{document.Plain(n)})
	case "enum":
		if list, ok := document.Plain(n).([]any); ok {
			f.allow(list)
		}
	case "type":
		f.typed(n)
	case "format":
		f.formats = append(f.formats, n.Value)
	case "pattern":
		f.pattern = append(f.pattern, n.Value)
	case "allOf":
		for i := range n.Content {
			f.add(below + "/" + strconv.Itoa(i))
		}
	case "anyOf", "oneOf":
		f.alternative(below, n)
	case "properties":
		for i := 0; i+1 < len(n.Content); i += 2 {
			f.property(n.Content[i].Value, below+"/"+document.Escape(n.Content[i].Value))
		}
	case "required":
		if n.Kind == document.Sequence {
			for _, c := range n.Content {
				f.required = append(f.required, c.Value)
			}
		}
	case "additionalProperties":
		if n.Kind == document.Mapping {
			f.rest = append(f.rest, below)
		} else if n.Value == "false" {
			f.closed = true
		}
	case "items":
		if n.Kind == document.Mapping {
			f.items = append(f.items, below)
		}
	case "contains":
		f.items = append(f.items, below)
		f.minItems = max(f.minItems, 1)
	case "prefixItems":
		for i := range n.Content {
			for len(f.prefix) <= i {
				f.prefix = append(f.prefix, nil)
			}
			f.prefix[i] = append(f.prefix[i], below+"/"+strconv.Itoa(i))
		}
	case "if", "then", "else", "not":
	default:
		f.limit(name, n)
	}
}

// alternative adds one of several schemas. The choice says which: of each place in
// turn the first, then of each the second, and so on.
func (f *facts) alternative(at string, n *document.Node) {
	if len(n.Content) == 0 {
		return
	}
	f.choices = max(f.choices, len(n.Content)-1)
	f.add(at + "/" + strconv.Itoa(min(f.choice, len(n.Content)-1)))
}

func (f *facts) allow(list []any) {
	if !f.limited {
		f.allowed, f.limited = list, true
		return
	}
	f.allowed = slices.DeleteFunc(slices.Clone(f.allowed), func(v any) bool {
		return !slices.ContainsFunc(list, func(w any) bool { return equal(v, w) })
	})
}

func equal(v, w any) bool {
	a, _ := json.Marshal(v)
	b, _ := json.Marshal(w)
	return string(a) == string(b)
}

func (f *facts) typed(n *document.Node) {
	var list []string
	if n.Kind == document.Scalar {
		list = []string{n.Value}
	}
	for _, c := range n.Content {
		list = append(list, c.Value)
	}
	if f.types == nil {
		f.types = list
		return
	}
	both := slices.DeleteFunc(slices.Clone(f.types), func(t string) bool {
		return !slices.Contains(list, t) && !(t == "integer" && slices.Contains(list, "number"))
	})
	if slices.Contains(f.types, "number") && slices.Contains(list, "integer") {
		both = append(both, "integer")
	}
	f.types = both
}

func (f *facts) property(name, pointer string) {
	if f.properties == nil {
		f.properties = map[string][]string{}
	}
	if f.properties[name] == nil {
		f.names = append(f.names, name)
	}
	f.properties[name] = append(f.properties[name], pointer)
}

// isHidden reports whether a property is not of this direction.
func (f *facts) isHidden(name string) bool {
	return slices.ContainsFunc(f.properties[name], func(p string) bool {
		_, n, ok := f.m.d.Resolve(p)
		return ok && document.Text(n, f.m.hidden) == "true"
	})
}

// kind is the type of the value to make.
func (f *facts) kind() string {
	for _, t := range f.types {
		if t != "null" {
			return t
		}
	}
	switch {
	case len(f.types) > 0:
		return "null"
	case len(f.properties) > 0 || len(f.required) > 0 || len(f.rest) > 0 || f.minProps > 0:
		return "object"
	case len(f.items) > 0 || len(f.prefix) > 0 || f.minItems > 0:
		return "array"
	case f.bounds.least != nil || f.bounds.most != nil || f.bounds.step != nil:
		return "number"
	}
	return "string"
}

func (f *facts) value(n, depth int) (any, bool) {
	if f.limited {
		list := slices.DeleteFunc(slices.Clone(f.allowed), func(v any) bool { return v == nil })
		if len(list) == 0 {
			return nil, len(f.allowed) > 0
		}
		return list[n%len(list)], true
	}
	switch f.kind() {
	case "null":
		return nil, true
	case "boolean":
		return n%2 == 0, true
	case "integer":
		f.bounds.whole = true
		return f.bounds.number(n)
	case "number":
		return f.bounds.number(n)
	case "object":
		return f.object(n, depth)
	case "array":
		return f.array(n, depth)
	}
	return f.text(n)
}

func (f *facts) object(n, depth int) (any, bool) {
	o := map[string]any{}
	for name, value := range f.meant {
		o[name] = value
	}
	put := func(name string) bool {
		if _, there := o[name]; there {
			return true
		}
		pointers := f.properties[name]
		if pointers == nil {
			pointers = f.rest
		}
		if len(pointers) == 0 {
			o[name] = "value"
			return true
		}
		v, ok := f.m.make(pointers, n, depth+1)
		if ok {
			o[name] = v
		}
		return ok
	}
	for _, name := range f.required {
		if !f.isHidden(name) && !put(name) {
			return nil, false
		}
	}
	for _, name := range f.names {
		if len(o) < f.minProps && !f.isHidden(name) {
			put(name)
		}
	}
	for i := 0; len(o) < f.minProps && i < f.minProps && !f.closed; i++ {
		if !put("property" + strconv.Itoa(i+1)) {
			return nil, false
		}
	}
	return o, true
}

func (f *facts) array(n, depth int) (any, bool) {
	list := []any{}
	want := max(f.minItems, len(f.prefix))
	if want == 0 && f.maxItems != 0 || f.maxItems == 0 && want == 0 {
		want = 1 // an empty list says little
	}
	for i := range want {
		pointers := f.items
		if i < len(f.prefix) {
			pointers = f.prefix[i]
		}
		if len(pointers) == 0 {
			list = append(list, "item"+strconv.Itoa(i+1))
			continue
		}
		v, ok := f.m.make(pointers, n+i, depth+1)
		if !ok {
			return list, len(list) >= f.minItems
		}
		list = append(list, v)
	}
	return list, true
}

func (f *facts) text(n int) (any, bool) {
	for _, p := range f.pattern {
		if t, ok := matching(p, f.minLength, n); ok {
			return t, true
		}
	}
	if len(f.pattern) > 0 {
		return nil, false
	}
	for _, format := range f.formats {
		if t, ok := formatted(format, n); ok {
			return t, true
		}
	}
	t := "text"
	if n > 0 {
		t += strconv.Itoa(n)
	}
	for len(t) < f.minLength {
		t += "text"
	}
	if f.maxLength > 0 && len(t) > f.maxLength {
		t = t[:f.maxLength]
	}
	return t, true
}

// Names returns the names of the properties of the schema at a pointer that a
// value of this direction may have, in alphabetical order, and whether each is
// required.
func (m *Maker) Names(pointer string) map[string]bool {
	f := &facts{m: m, seen: map[string]bool{}, meant: map[string]string{}}
	if at, ok := m.set.Resolve(pointer); ok {
		f.add(at)
	}
	names := map[string]bool{}
	for _, name := range slices.Sorted(maps.Keys(f.properties)) {
		if !f.isHidden(name) {
			names[name] = slices.Contains(f.required, name)
		}
	}
	return names
}
