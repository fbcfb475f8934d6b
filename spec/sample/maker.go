package sample

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/hostup/api-conformance/spec/document"
	"github.com/hostup/api-conformance/spec/schema"
)

// maxDepth bounds the nesting of a value: a schema that requires itself has none.
const maxDepth = 12

// choices bounds the alternatives tried for one value.
const choices = 12

// A Maker makes values for the schemas of a document. It is not safe for concurrent use.
type Maker struct {
	d      *document.Document
	set    *schema.Set
	hidden string // properties with this mark are left out
	done   map[string]any
	full   bool                       // objects get optional properties as well
	from   int                        // the alternative of anyOf and oneOf that is tried first
	below  func() map[string][]string // the components that extend a schema through allOf
}

// New returns a Maker for values of one direction. The set must be for the same document
// and direction.
func New(d *document.Document, set *schema.Set, of schema.Direction) *Maker {
	return &Maker{d: d, set: set, hidden: string(of), done: map[string]any{}, below: sync.OnceValue(func() map[string][]string { return extensions(d) })}
}

// Value returns a value that meets the schema at a pointer, made of map[string]any,
// []any, string, json.Number, bool and nil. Equal n give equal values, different n
// different ones if the schema allows. The error names the schema without a value.
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

// fullDepth is the depth down to which objects get optional properties; those below
// rarely matter.
const fullDepth = 2

// Full is Value with optional properties, as far as values are found for them.
func (m *Maker) Full(pointer string, n int) (any, error) {
	full := *m
	full.full, full.done = true, map[string]any{}
	return full.Value(pointer, n)
}

// Other is Full with other alternatives: of each anyOf and oneOf the n-th, counted from
// 0, or the last one, and of what is listed the n-th.
func (m *Maker) Other(pointer string, n int) (any, error) {
	other := *m
	other.full, other.from, other.done = true, n, map[string]any{}
	return other.Value(pointer, n)
}

// Listed returns the values of a schema that lists them: of enum, const and boolean.
func (m *Maker) Listed(pointer string) []any {
	switch f := m.facts(pointer); {
	case f.limited:
		return f.allowed
	case slices.Equal(f.types, []string{"boolean"}):
		return []any{true, false}
	case len(f.items) == 1 && slices.Contains(f.types, "array"):
		var list []any
		for _, v := range m.Listed(f.items[0]) {
			list = append(list, []any{v})
		}
		return list
	}
	return nil
}

// Shown returns the values that a schema shows: its examples, its default, and those that
// it lists.
func (m *Maker) Shown(pointer string) []any {
	f := m.facts(pointer)
	return append(slices.Clone(f.shown), f.allowed...)
}

// make returns a value that meets all the schemas at the pointers; ok is false if none is
// found.
func (m *Maker) make(pointers []string, n, depth int) (any, bool) {
	if depth > maxDepth {
		return nil, false
	}
	key := strconv.Itoa(n) + strings.Join(pointers, " ")
	if m.full {
		key += " " + strconv.Itoa(depth)
	}
	if v, known := m.done[key]; known {
		return v, true
	}
	v, ok := m.find(pointers, n, depth)
	if ok {
		m.done[key] = v
	}
	return v, ok
}

// find tries the alternatives of anyOf and oneOf one after the other: first with what they
// require, then whole. What two of them require is often the same, and what is optional,
// or else what only one of them forbids, tells them apart.
func (m *Maker) find(pointers []string, n, depth int) (any, bool) {
	v, ok, overlap := m.first(pointers, n, depth, false)
	if !ok && overlap {
		v, ok, _ = m.first(pointers, n, depth, true)
	}
	return v, ok
}

// first returns the value of the first alternative that has one; overlap reports whether
// one was made that does not meet the schemas.
func (m *Maker) first(pointers []string, n, depth int, whole bool) (v any, ok, overlap bool) {
	for tried := range choices {
		choice := (m.from + tried) % choices
		if tried > 0 && m.from > 0 {
			choice = tried - 1 // no value has it: from the first one on
		}
		f := &facts{m: m, choice: choice, meant: map[string]string{}, whole: whole}
		for _, p := range pointers {
			f.add(p)
		}
		if v, ok := f.example(pointers, n); ok {
			return v, true, false
		}
		v, made := f.value(n, depth)
		if made && m.meets(pointers, v) && m.meets(f.subtypes, v) {
			return v, true, false
		}
		if made && whole {
			if v, ok := f.apart(pointers, v); ok {
				return v, true, false
			}
		}
		overlap = overlap || made && f.choices > 0 && len(f.names) > 0
		if choice >= f.choices {
			break
		}
	}
	return nil, false, overlap
}

// example returns the n-th example that meets the schemas, or the first one.
func (f *facts) example(pointers []string, n int) (any, bool) {
	if n > 0 && (f.choice > 0 || len(f.shown) <= n) {
		return nil, false
	}
	for _, v := range f.shown {
		switch {
		case !f.m.meets(pointers, v):
		case n < len(f.shown) && f.m.meets(pointers, f.shown[n]):
			return f.shown[n], true
		default:
			return v, true
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

// Discriminators returns the properties of the schema at a pointer that select the type
// of a value, sorted.
func (m *Maker) Discriminators(pointer string) []string {
	return slices.Sorted(maps.Keys(m.facts(pointer).meant))
}

// facts returns those of a single schema.
func (m *Maker) facts(pointer string) *facts {
	f := &facts{m: m, meant: map[string]string{}}
	if at, ok := m.set.Resolve(pointer); ok {
		f.add(at)
	}
	return f
}

// Names returns the properties of the schema at a pointer that a value of this direction
// may have, and whether each is required.
func (m *Maker) Names(pointer string) map[string]bool {
	f := m.facts(pointer)
	names := map[string]bool{}
	for _, name := range slices.Sorted(maps.Keys(f.properties)) {
		if !f.isHidden(name) {
			names[name] = slices.Contains(f.required, name)
		}
	}
	return names
}
