package sample

import (
	"maps"
	"slices"
	"strings"
)

// A Fault is a value that breaks its schema in one place.
type Fault struct {
	Place   string // of the part that is wrong: "owner.name", "tags[0]"; "" is the whole value
	Keyword string // that it breaks
	Text    string // what is wrong, after "a body": "with size = 11, above the maximum"
	Value   any    // the whole value
}

const (
	faultDepth = 4   // levels down to which parts are made wrong
	mostFaults = 300 // of one value
	longest    = 10_000
)

// nothing is a text that hardly any schema means.
const nothing = "conformance-none"

// Faults returns values that each break one keyword of the schema at a pointer in one
// place, and are otherwise the given one, which meets it. Optional properties that it
// lacks are added for that. Keywords that can be read leniently are among them: a format
// is an annotation for some.
func (m *Maker) Faults(pointer string, value any) []Fault {
	at, ok := m.set.Resolve(pointer)
	if !ok {
		return nil
	}
	b := &breaker{m: m, root: at, walked: map[string]bool{}, known: map[string]bool{}}
	b.walk(part{pointers: []string{at}, value: value, put: func(v any) any { return v }})
	return b.list
}

// A breaker collects the faults of one value.
type breaker struct {
	m      *Maker
	root   string
	walked map[string]bool // places with the schemas that were applied there
	known  map[string]bool // places with the keywords that have a fault
	list   []Fault
}

// A part is a part of the value with the schemas that apply to it.
type part struct {
	place    string
	pointers []string
	value    any
	put      func(any) any // the whole value with another part
	depth    int
}

func (b *breaker) walk(p part) {
	key := p.place + " " + strings.Join(p.pointers, " ")
	if p.depth > faultDepth || b.walked[key] {
		return
	}
	b.walked[key] = true
	for choice := 0; choice < choices; choice++ {
		f := &facts{m: b.m, choice: choice, meant: map[string]string{}}
		for _, at := range p.pointers {
			f.add(at)
		}
		b.part(p, f)
		if choice >= f.choices {
			return
		}
	}
}

func (b *breaker) part(p part, f *facts) {
	b.listed(p, f)
	switch v := p.value.(type) {
	case map[string]any:
		b.object(p, f, v)
	case []any:
		b.array(p, f, v)
	case string:
		b.text(p, f, v)
	default:
		b.number(p, f, v)
	}
	b.typed(p, f)
}

// add adds a fault, if the schema does exclude the value with it.
func (b *breaker) add(p part, keyword, text string, value any) {
	key := p.place + " " + keyword
	if b.known[key] || len(b.list) >= mostFaults {
		return
	}
	whole := p.put(value)
	if b.m.meets([]string{b.root}, whole) {
		return
	}
	b.known[key] = true
	b.list = append(b.list, Fault{Place: p.place, Keyword: keyword, Text: text, Value: whole})
}

// object leaves out what is required, adds what is not allowed, and makes the properties
// wrong.
func (b *breaker) object(p part, f *facts, o map[string]any) {
	for _, name := range slices.Sorted(maps.Keys(o)) {
		less := maps.Clone(o)
		delete(less, name)
		switch {
		case slices.Contains(f.required, name):
			b.add(p.member(o, name), "required", "without "+p.named(name), gone{less})
		case f.minProps > len(less):
			b.add(p.member(o, name), "minProperties", "without "+p.named(name), gone{less})
		}
	}
	with := maps.Clone(o)
	with[nothing] = "conformance"
	b.add(p, "additionalProperties", "with "+p.named(nothing)+", where the document allows no other property", with)
	for _, name := range f.names {
		if f.isHidden(name) {
			continue
		}
		inner := p.member(o, name)
		inner.pointers = f.properties[name]
		if _, there := o[name]; !there {
			v, ok := b.m.make(inner.pointers, 0, 1)
			if !ok || !b.m.meets([]string{b.root}, inner.put(v)) {
				continue
			}
			inner.value = v
		}
		b.walk(inner)
	}
	for _, name := range slices.Sorted(maps.Keys(o)) { // a map
		if len(f.rest) > 0 && f.properties[name] == nil {
			inner := p.member(o, name)
			inner.pointers = f.rest
			b.walk(inner)
			break
		}
	}
}

// gone stands for an object without one of its properties, in place of the property.
type gone struct{ object map[string]any }

// member is the part of a property.
func (p part) member(o map[string]any, name string) part {
	return part{place: p.named(name), value: o[name], depth: p.depth + 1, put: func(v any) any {
		if less, is := v.(gone); is {
			return p.put(less.object)
		}
		with := maps.Clone(o)
		with[name] = v
		return p.put(with)
	}}
}

func (p part) named(name string) string {
	if p.place == "" {
		return name
	}
	return p.place + "." + name
}

// what names the part.
func (p part) what() string {
	if p.place == "" {
		return "the body"
	}
	return p.place
}
