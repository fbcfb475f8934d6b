package content

import (
	"cmp"
	"encoding/json"
	"encoding/xml"
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/hostup/api-conformance/spec/document"
)

// WriteXML returns a value as the XML document that the schema at a pointer describes
// (OpenAPI, XML Object). Lists are written below the names of their items, and what is null
// is left out. sure is false if the schema does not name the root element, or if the text
// does not read as the value.
func WriteXML(d *document.Document, pointer string, v any) (text string, sure bool) {
	f := FormOf(d, pointer)
	root := componentName(d, pointer)
	if names := f.RootNames(); len(names) > 0 {
		root = names[0]
	}
	b := &strings.Builder{}
	b.WriteString(xml.Header)
	f.write(b, cmp.Or(root, "root"), v)
	return b.String(), root != "" && f.reads(b.String(), v)
}

// componentName returns the name of the component that a schema is or refers to, "" if it
// is another one.
func componentName(d *document.Document, pointer string) string {
	at, _, ok := d.Resolve(pointer)
	tokens := document.Tokens(at)
	if n := len(tokens); ok && n > 1 && tokens[n-2] == "schemas" {
		return tokens[n-1]
	}
	return ""
}

// reads reports whether a text reads as a value.
func (f *Form) reads(text string, v any) bool {
	e, known, err := ParseXML([]byte(text))
	if err != nil || !known {
		return false
	}
	got, ok := f.XML(e)
	is, _ := json.Marshal(got)
	want, _ := json.Marshal(v)
	return ok && string(is) == string(want)
}

// write writes an element.
func (f *Form) write(b *strings.Builder, name string, v any) {
	name, space := f.qualified(elementName(name))
	b.WriteString("<" + name + space)
	switch v := v.(type) {
	case map[string]any:
		f.writeAttributes(b, v)
		b.WriteString(">")
		f.writeMembers(b, v)
	case []any:
		b.WriteString(">")
		f.writeList(b, name, v)
	default:
		b.WriteString(">" + escaped(v))
	}
	b.WriteString("</" + name + ">")
}

func (f *Form) writeAttributes(b *strings.Builder, o map[string]any) {
	for _, name := range ordered(o) {
		p := f.property(name)
		if n := p.naming(); n.attribute && o[name] != nil {
			attribute, space := p.qualified(elementName(n.name(name)))
			b.WriteString(space + " " + attribute + `="` + escaped(o[name]) + `"`)
		}
	}
}

func (f *Form) writeMembers(b *strings.Builder, o map[string]any) {
	for _, name := range ordered(o) {
		p := f.property(name)
		n := p.naming()
		list, isList := o[name].([]any)
		switch {
		case n.attribute || o[name] == nil:
		case n.text:
			b.WriteString(escaped(o[name]))
		case isList && !n.wrapped:
			p.writeList(b, name, list)
		default:
			p.write(b, n.name(name), o[name])
		}
	}
}

// writeList writes the items of a list, with the name of the list if they have none.
func (f *Form) writeList(b *strings.Builder, name string, list []any) {
	items := f.items()
	for _, v := range list {
		items.write(b, items.naming().name(name), v)
	}
}

// qualified returns the name with the prefix of the XML Object, and the attribute that
// declares its namespace.
func (f *Form) qualified(name string) (qualified, declaration string) {
	for _, s := range f.Schemas {
		x, _ := document.Child(s, "xml")
		if x == nil {
			continue
		}
		prefix, space := document.Text(x, "prefix"), document.Text(x, "namespace")
		switch {
		case space == "":
		case prefix == "":
			return name, ` xmlns="` + escaped(space) + `"`
		default:
			return prefix + ":" + name, " xmlns:" + prefix + `="` + escaped(space) + `"`
		}
	}
	return name, ""
}

func (n naming) name(otherwise string) string {
	if len(n.names) > 0 {
		return n.names[0]
	}
	return otherwise
}

// elementName returns a name of an element in place of one with characters that none has.
func elementName(name string) string {
	name = strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("-._", r) {
			return r
		}
		return '_'
	}, name)
	if first, _ := utf8.DecodeRuneInString(name); !unicode.IsLetter(first) && first != '_' {
		return "_" + name
	}
	return name
}

func escaped(v any) string {
	text, isText := v.(string)
	if !isText {
		whole, _ := json.Marshal(v) // a value of JSON
		text = string(whole)
	}
	b := &strings.Builder{}
	_ = xml.EscapeText(b, []byte(text)) // writes to memory
	return b.String()
}

func ordered(o map[string]any) []string { return slices.Sorted(maps.Keys(o)) }
