package sample

import (
	"maps"
	"slices"
	"strconv"

	"github.com/hostup/api-conformance/spec/schema"
)

// kind returns the type of the value to make.
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
	for _, name := range slices.Sorted(maps.Keys(f.meant)) {
		if f.m.meets(f.properties[name], f.meant[name]) {
			o[name] = f.meant[name]
		} else {
			f.put(o, name, n, depth) // its own schema takes precedence
		}
	}
	for _, name := range f.required {
		if !f.isHidden(name) && !f.put(o, name, n, depth) {
			return nil, false
		}
	}
	for _, name := range f.names {
		if (len(o) < f.minProps || f.fills(name, depth)) && !f.isHidden(name) && (f.maxProps == 0 || len(o) < f.maxProps) {
			f.put(o, name, n, depth)
		}
	}
	for i := 0; len(o) < f.minProps && i < f.minProps && !f.closed; i++ {
		if !f.put(o, "property"+strconv.Itoa(i+1), n, depth) {
			return nil, false
		}
	}
	return o, true
}

// fills reports whether an optional property is set: not if the document says nothing
// about it.
func (f *facts) fills(name string, depth int) bool {
	if !f.whole && (!f.m.full || depth > fullDepth) {
		return false
	}
	of := f.of(name)
	return of.limited || len(of.types) > 0 || len(of.formats) > 0 || len(of.pattern) > 0 || len(of.properties) > 0 || len(of.shown) > 0
}

// put sets a property that an object lacks; ok is false if no value is found.
func (f *facts) put(o map[string]any, name string, n, depth int) (ok bool) {
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

func (f *facts) array(n, depth int) (any, bool) {
	list := []any{}
	want := max(f.minItems, len(f.prefix))
	if want == 0 && f.maxItems != 0 || f.maxItems == 0 && want == 0 {
		want = 1 // an empty list shows little
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
	patterns := slices.DeleteFunc(slices.Clone(f.pattern), func(p string) bool {
		re, err := schema.ECMA(p)
		return err != nil || re.String() == "" // it restricts nothing here
	})
	for _, p := range patterns {
		if t, ok := Matching(p, f.minLength, n); ok {
			return t, true
		}
	}
	if len(patterns) > 0 {
		return nil, false
	}
	for _, format := range f.formats {
		if t, ok := Formatted(format, n); ok {
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
