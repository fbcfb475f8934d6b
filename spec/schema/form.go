package schema

import (
	"slices"
	"strconv"

	"github.com/hostup/api-conformance/spec/document"
)

// A Form describes a value by its schemas together, as needed to read it from text or to
// extend it. Its pointers are those of schemas in the document.
type Form struct {
	Types      map[string]bool
	Null       bool     // nullable of OpenAPI 3.0
	Names      []string // of the properties, in the order of the document
	Properties map[string][]string
	Required   []string
	Rest       []string // of properties without a schema of their own
	Items      []string
	Schemas    []*document.Node // all gathered schemas, targets of references first
	Limited    bool             // by enum or const
	Mixed      bool             // alternatives were gathered

	d    *document.Document
	all  bool
	seen map[string]bool
}

// FormOf gathers what the schemas at the pointers say, including their $ref and allOf;
// with alternatives also anyOf and oneOf. It does not modify the document.
func FormOf(d *document.Document, pointers []string, alternatives bool) *Form {
	f := &Form{d: d, all: alternatives, seen: map[string]bool{}, Types: map[string]bool{}, Properties: map[string][]string{}}
	for _, p := range pointers {
		f.add(p)
	}
	return f
}

func (f *Form) add(pointer string) {
	at, n, ok := f.d.Place(pointer)
	if !ok || f.seen[at] || n.Kind != document.Mapping {
		return
	}
	f.seen[at] = true
	if target, isRef := document.Reference(n); isRef {
		if p, local := document.LocalPointer(target); local {
			f.add(p)
		}
	}
	f.Schemas = append(f.Schemas, n)
	for i := 0; i+1 < len(n.Content); i += 2 {
		f.keyword(at+"/"+document.Escape(n.Content[i].Value), n.Content[i].Value, n.Content[i+1])
	}
}

func (f *Form) keyword(at, name string, n *document.Node) {
	switch name {
	case "type":
		if n.Kind == document.Scalar {
			f.Types[n.Value] = true
		}
		for _, c := range n.Content {
			f.Types[c.Value] = true
		}
	case "nullable":
		if n.Value == "true" {
			f.Null = true
		}
	case "allOf", "anyOf", "oneOf":
		if name != "allOf" && !f.all {
			return
		}
		f.Mixed = f.Mixed || name != "allOf"
		for i := range n.Content {
			f.add(at + "/" + strconv.Itoa(i))
		}
	case "properties":
		for i := 0; i+1 < len(n.Content); i += 2 {
			name := n.Content[i].Value
			if f.Properties[name] == nil {
				f.Names = append(f.Names, name)
			}
			f.Properties[name] = append(f.Properties[name], at+"/"+document.Escape(name))
		}
	case "required":
		for _, c := range n.Content {
			if !slices.Contains(f.Required, c.Value) {
				f.Required = append(f.Required, c.Value)
			}
		}
	case "additionalProperties":
		if n.Kind == document.Mapping {
			f.Rest = append(f.Rest, at)
		}
	case "items":
		if n.Kind == document.Mapping {
			f.Items = append(f.Items, at)
		}
	case "enum", "const":
		f.Limited = true
	}
}

// May reports whether a value may have the type.
func (f *Form) May(kind string) bool {
	switch {
	case len(f.Types) > 0:
		return f.Types[kind]
	case kind == "array":
		return len(f.Items) > 0
	case kind == "object":
		return len(f.Properties) > 0 || len(f.Rest) > 0
	}
	return true
}

// Property returns the pointers of the schemas of a property.
func (f *Form) Property(name string) []string {
	if list := f.Properties[name]; list != nil {
		return list
	}
	return f.Rest
}

// Has reports whether a schema of a property has a mark, such as writeOnly: true.
func (f *Form) Has(name, mark string) bool {
	return slices.ContainsFunc(f.Properties[name], func(p string) bool {
		_, n, ok := f.d.Resolve(p)
		return ok && document.Text(n, mark) == "true"
	})
}
