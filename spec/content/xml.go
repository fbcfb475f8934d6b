package content

import (
	"slices"
	"strings"

	"github.com/hostup/api-conformance/spec/document"
)

// A naming is the XML Object of a schema.
type naming struct {
	names              []string // explicit names
	attribute, wrapped bool
	text               bool // the value is the text of the element (nodeType of 3.2)
}

func (f *Form) naming() (n naming) {
	for _, s := range f.Schemas {
		x, _ := document.Child(s, "xml")
		if x == nil {
			continue
		}
		if name := document.Text(x, "name"); name != "" {
			n.names = append(n.names, name)
		}
		kind := document.Text(x, "nodeType")
		n.attribute = n.attribute || document.Text(x, "attribute") == "true" || kind == "attribute"
		n.wrapped = n.wrapped || document.Text(x, "wrapped") == "true" || kind == "element" && f.Types["array"]
		n.text = n.text || kind == "text" || kind == "cdata"
	}
	return n
}

// RootNames returns the names that the schema gives the root element, none if any name is
// allowed.
func (f *Form) RootNames() []string {
	n := f.naming()
	if f.Types["array"] && !n.wrapped {
		return nil
	}
	return n.names
}

// XML reads an element as the value that its schema describes (OpenAPI, XML Object), by
// local names. ok is false if the schema allows several readings.
func (f *Form) XML(e *Element) (value any, ok bool) {
	switch {
	case e.null:
		return nil, f.Null || f.Types["null"]
	case f.unsure() || f.Mixed && !f.Types["object"]:
		return nil, false
	case f.Types["array"]:
		return f.list(e.children)
	case f.Types["object"] || len(f.Types) == 0 && len(f.Properties) > 0:
		return f.members(e)
	case f.IsList() || len(f.Types) == 0:
		return nil, false
	}
	return f.xmlScalar(e.text), true
}

func (f *Form) list(elements []*Element) (value any, ok bool) {
	items, list := f.items(), []any{}
	for _, e := range elements {
		v, ok := items.XML(e)
		if !ok {
			return nil, false
		}
		list = append(list, v)
	}
	return list, true
}

// members reads the properties of an object. A list without elements is empty if it is
// required, and missing if it is not: XML does not distinguish the two.
func (f *Form) members(e *Element) (value any, ok bool) {
	o := map[string]any{}
	for _, name := range f.Names {
		p := f.property(name)
		v, there, ok := p.member(e, name)
		if !ok {
			return nil, false
		}
		if there || v != nil && slices.Contains(f.Required, name) {
			o[name] = v
		}
	}
	return o, true
}

func (f *Form) member(e *Element, name string) (v any, there, ok bool) {
	n := f.naming()
	names := n.names
	if len(names) == 0 {
		names = []string{name}
	}
	switch {
	case n.text:
		return f.xmlScalar(e.text), true, true
	case f.Types["array"]:
		v, ok = f.listIn(e, n, name)
		list, _ := v.([]any)
		return v, len(list) > 0 || len(e.named(names...)) > 0, ok
	}
	found := e.named(names...)
	if n.attribute || len(found) == 0 && !f.IsList() {
		for _, name := range names {
			if text, has := e.attributes[name]; has {
				return f.xmlScalar(text), true, !f.unsure()
			}
		}
		return nil, false, true
	}
	if len(found) == 0 {
		return nil, false, true
	}
	if text := strings.TrimSpace(found[0].text); text == "" && len(found[0].children) == 0 && !found[0].null && !f.Allows("string") && !f.IsList() {
		return nil, false, true // an empty element for a number or a boolean: no value
	}
	v, ok = f.XML(found[0])
	return v, true, ok
}

// listIn reads a list: the children of its wrapper, or the elements named like the items
// or the property.
func (f *Form) listIn(e *Element, n naming, name string) (v any, ok bool) {
	items := f.items().naming()
	wrapper := n.names
	if len(wrapper) == 0 {
		wrapper = []string{name}
	}
	if n.wrapped {
		var inside []*Element
		for _, w := range e.named(wrapper...) {
			inside = append(inside, w.children...)
		}
		return f.list(inside)
	}
	return f.list(e.named(slices.Concat(items.names, wrapper, []string{name})...))
}

// xmlScalar is [Form.Scalar] for XML, where space around a number is ignored and 1 is
// true.
func (f *Form) xmlScalar(text string) any {
	trimmed := strings.TrimSpace(text)
	if f.Types["boolean"] && !f.has("integer", "number", "string") {
		if i := slices.Index([]string{"0", "1"}, trimmed); i >= 0 {
			return i == 1
		}
	}
	if v := f.Scalar(trimmed); trimmed != v {
		return v
	}
	if strings.ContainsAny(text, "\r\n") || !f.Types["string"] {
		return trimmed // pretty-printed
	}
	return text
}
