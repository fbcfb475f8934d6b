package sample

import (
	"slices"
	"strconv"

	"github.com/hostup/api-conformance/spec/document"
	"github.com/hostup/api-conformance/spec/schema"
)

// discriminate sets the discriminator property to the value of what is being made: the
// alternative of oneOf or anyOf, or a subtype.
func (f *facts) discriminate(at string, n *document.Node) {
	alternatives := false
	for _, keyword := range []string{"oneOf", "anyOf"} {
		property, values := schema.Discriminated(n, keyword)
		alternatives = alternatives || len(values) > 0
		if i := min(f.choice, len(values)-1); i >= 0 && values[i] != nil {
			f.meant[property] = values[i][0]
		}
	}
	d, _ := document.Child(n, "discriminator")
	if property := document.Text(d, "propertyName"); property != "" && !alternatives {
		f.subtype(property, f.m.subtypes(at, d))
	}
}

// subtype makes the value one of a subtype of a schema that has a discriminator and no
// alternatives: the one that led here, or the one of the choice. The last choice is no
// subtype, in case no value of a subtype meets the schema.
func (f *facts) subtype(property string, list []subtype) {
	for _, at := range f.seen {
		if i := slices.IndexFunc(list, func(s subtype) bool { return s.at == at }); i >= 0 && f.meant[property] == "" {
			f.meant[property] = list[i].value
			return
		}
	}
	f.choices = max(f.choices, min(len(list), choices-1))
	if f.meant[property] != "" || f.choice >= min(len(list), choices-1) {
		return
	}
	chosen := list[f.choice]
	f.meant[property] = chosen.value
	f.subtypes = append(f.subtypes, chosen.at)
	f.add(chosen.at)
}

// A subtype is a schema and its discriminator value.
type subtype struct{ value, at string }

// subtypes returns those of the schema at a pointer with discriminator d: the schemas of
// the mapping, then the components that extend the schema through allOf, identified by
// their names (OpenAPI 3.1 section 4.8.25).
func (m *Maker) subtypes(at string, d *document.Node) (list []subtype) {
	known := func(at string) bool { return slices.ContainsFunc(list, func(s subtype) bool { return s.at == at }) }
	mapping, _ := document.Child(d, "mapping")
	for i := 0; mapping != nil && mapping.Kind == document.Mapping && i+1 < len(mapping.Content); i += 2 {
		value, target := mapping.Content[i].Value, mapping.Content[i+1].Value
		pointer, local := document.LocalPointer(target)
		if !local {
			pointer = components + "/" + document.Escape(target)
		}
		if to, _, ok := m.d.Place(pointer); ok && !known(to) {
			list = append(list, subtype{value, to})
		}
	}
	todo := slices.Clone(m.below()[at])
	for i := 0; i < len(todo); i++ {
		if !known(todo[i]) {
			list = append(list, subtype{document.Tokens(todo[i][len(components):])[0], todo[i]})
		}
		for _, more := range m.below()[todo[i]] {
			if !slices.Contains(todo, more) {
				todo = append(todo, more)
			}
		}
	}
	return list
}

const components = "/components/schemas"

// extensions returns, by the pointer of a schema, the components with it in allOf, in the
// order of the document.
func extensions(d *document.Document) map[string][]string {
	by := map[string][]string{}
	_, all, ok := d.Resolve(components)
	if !ok || all.Kind != document.Mapping {
		return by
	}
	for i := 0; i+1 < len(all.Content); i += 2 {
		at := components + "/" + document.Escape(all.Content[i].Value)
		bases, _ := document.Child(all.Content[i+1], "allOf")
		if bases == nil || bases.Kind != document.Sequence {
			continue
		}
		for j, base := range bases.Content {
			if _, isRef := document.Reference(base); !isRef {
				continue
			}
			if to, _, ok := d.Resolve(at + "/allOf/" + strconv.Itoa(j)); ok && to != at && !slices.Contains(by[to], at) {
				by[to] = append(by[to], at)
			}
		}
	}
	return by
}
