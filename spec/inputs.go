package spec

import (
	"fmt"
	"slices"
	"strings"

	"github.com/hostup/api-conformance/spec/content"
	"github.com/hostup/api-conformance/spec/document"
)

// Inputs describes what a request of an operation consists of according to the document,
// with pointers to the schemas.
type Inputs struct {
	Parameters []Input    // path parameters first, in the order of the document
	Body       *BodyInput // nil if none is documented
	Tags       []string
	Links      []Link
}

// An Input is a parameter.
type Input struct {
	Name, In      string // In is "path", "query", "header" or "cookie"
	Required      bool
	Deprecated    bool
	Style         string // "simple", "form", "deepObject", …: see OpenAPI, Style Values
	Explode       bool
	AllowReserved bool
	Media         string // media type of a parameter with content; "" for one with a schema
	Schema        string // pointer, "" without a schema
	Examples      []any
}

// A BodyInput is a request body.
type BodyInput struct {
	Required bool
	Media    []MediaInput // in the order of the document
}

// A MediaInput is one media type of a request body.
type MediaInput struct {
	Type     string
	Schema   string // pointer, "" without a schema
	Examples []any
	Encoding map[string]Encoding // by property
}

// An Encoding says how a form property is serialized.
type Encoding struct {
	ContentType, Style string
	Explode            bool
}

// A Link says which values of a response are parameters of another operation.
type Link struct {
	Operation  string            // operationId of the other operation
	Parameters map[string]string // name, or location and name ("path.id") -> runtime expression
}

// Inputs returns what a request of the operation consists of.
func (c *Contract) Inputs(o *Operation) Inputs {
	r := inputReader{c.base}
	var in Inputs
	for _, at := range []string{"/paths/" + escapeToken(o.Path), o.pointer} {
		for _, p := range r.parameters(at + "/parameters") {
			in.Parameters = slices.DeleteFunc(in.Parameters, func(q Input) bool { return q.In == p.In && q.Name == p.Name })
			in.Parameters = append(in.Parameters, p)
		}
	}
	for _, name := range Placeholders(o.Path) {
		if !slices.ContainsFunc(in.Parameters, func(p Input) bool { return p.In == "path" && p.Name == name }) {
			in.Parameters = append(in.Parameters, Input{Name: name, In: "path", Required: true, Style: "simple"})
		}
	}
	access := c.Access(o)
	in.Parameters = slices.DeleteFunc(in.Parameters, access.isCredential)
	slices.SortStableFunc(in.Parameters, func(a, b Input) int { return boolRank(a.In == "path") - boolRank(b.In == "path") })
	in.Body = r.body(o.pointer + "/requestBody")
	if _, n, ok := c.base.Resolve(o.pointer); ok {
		in.Tags = stringList(n, "tags")
	}
	for _, status := range o.Statuses {
		in.Links = append(in.Links, c.links(o.pointer+"/responses/"+escapeToken(status)+"/links")...)
	}
	return in
}

// Placeholders returns the names of the template expressions of a path.
func Placeholders(path string) (names []string) {
	for {
		_, rest, ok := strings.Cut(path, "{")
		if !ok {
			return names
		}
		name, after, ok := strings.Cut(rest, "}")
		if !ok {
			return names
		}
		names, path = append(names, name), after
	}
}

type inputReader struct{ d *document.Document }

func (r inputReader) parameters(at string) (list []Input) {
	_, node, ok := r.d.Resolve(at)
	if !ok || node.Kind != document.Sequence {
		return nil
	}
	for i := range node.Content {
		pointer, n, ok := r.d.Resolve(fmt.Sprintf("%s/%d", at, i))
		if !ok || n.Kind != document.Mapping {
			continue
		}
		p := Input{
			Name: scalar(n, "name"), In: scalar(n, "in"), Style: scalar(n, "style"),
			Required: scalar(n, "required") == "true", Deprecated: scalar(n, "deprecated") == "true", AllowReserved: scalar(n, "allowReserved") == "true",
		}
		if p.Style == "" {
			p.Style = map[string]string{"query": "form", "cookie": "form"}[p.In]
			if p.Style == "" {
				p.Style = "simple"
			}
		}
		p.Explode = p.Style == "form" || p.Style == "cookie"
		if e := scalar(n, "explode"); e != "" {
			p.Explode = e == "true"
		}
		if content, _ := child(n, "content"); content != nil && content.Kind == document.Mapping && len(content.Content) > 1 {
			p.Media = content.Content[0].Value
			pointer += "/content/" + escapeToken(p.Media)
		}
		p.Schema, p.Examples = r.schema(pointer), r.examples(pointer)
		if p.Media != "" {
			p.Examples = append(p.Examples, r.examples(pointer)...)
		}
		list = append(list, p)
	}
	return list
}

func (r inputReader) body(at string) *BodyInput {
	pointer, node, ok := r.d.Resolve(at)
	if !ok || node.Kind != document.Mapping {
		return nil
	}
	b := &BodyInput{Required: scalar(node, "required") == "true"}
	all, _ := child(node, "content")
	if all == nil || all.Kind != document.Mapping {
		return b
	}
	for i := 0; i+1 < len(all.Content); i += 2 {
		name := all.Content[i].Value
		media, _, ok := r.d.Resolve(pointer + "/content/" + escapeToken(name))
		if !ok {
			continue
		}
		m := MediaInput{Type: name, Schema: r.schema(media), Examples: r.examples(media), Encoding: r.encoding(media)}
		if _, _, ok := r.d.Place(media + "/itemSchema"); ok && m.Schema == "" && content.IsLines(mediaName(name)) {
			m.Schema = media + "/itemSchema"
		}
		b.Media = append(b.Media, m)
	}
	return b
}

func (r inputReader) schema(at string) string {
	if _, _, ok := r.d.Place(at + "/schema"); ok {
		return at + "/schema"
	}
	return ""
}

// examples returns those of a parameter or media type, not those of its schema.
func (r inputReader) examples(at string) (list []any) {
	if _, n, ok := r.d.Resolve(at + "/example"); ok {
		list = append(list, document.Plain(n))
	}
	_, all, ok := r.d.Resolve(at + "/examples")
	if !ok || all.Kind != document.Mapping {
		return list
	}
	for i := 0; i+1 < len(all.Content); i += 2 {
		below := at + "/examples/" + escapeToken(all.Content[i].Value)
		for _, key := range []string{"/value", "/dataValue"} {
			if _, n, ok := r.d.Resolve(below + key); ok {
				list = append(list, document.Plain(n))
			}
		}
	}
	return list
}

func (r inputReader) encoding(at string) map[string]Encoding {
	_, n, ok := r.d.Resolve(at + "/encoding")
	if !ok || n.Kind != document.Mapping {
		return nil
	}
	all := map[string]Encoding{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		e := n.Content[i+1]
		x := Encoding{ContentType: scalar(e, "contentType"), Style: scalar(e, "style")}
		if x.Style == "" {
			x.Style = "form"
		}
		x.Explode = x.Style == "form"
		if text := scalar(e, "explode"); text != "" {
			x.Explode = text == "true"
		}
		all[n.Content[i].Value] = x
	}
	return all
}

// links returns the Link Objects of a response.
func (c *Contract) links(at string) (list []Link) {
	_, n, ok := c.base.Resolve(at)
	if !ok || n.Kind != document.Mapping {
		return nil
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		_, l, ok := c.base.Resolve(at + "/" + escapeToken(n.Content[i].Value))
		if !ok {
			continue
		}
		link := Link{Operation: operationID(l), Parameters: map[string]string{}}
		if ref := scalar(l, "operationRef"); ref != "" {
			if pointer, local := document.LocalPointer(ref); local {
				canonical, _, _ := c.base.Resolve(pointer)
				for _, o := range c.operations {
					if o.pointer == canonical {
						link.Operation = o.ID
					}
				}
			}
		}
		if p, _ := child(l, "parameters"); p != nil && p.Kind == document.Mapping {
			for j := 0; j+1 < len(p.Content); j += 2 {
				link.Parameters[p.Content[j].Value] = p.Content[j+1].Value
			}
		}
		if c.Operation(link.Operation) != nil {
			list = append(list, link)
		}
	}
	return list
}

// XML returns a value as the XML document that the schema at a pointer describes; ok is false
// if the schema leaves open how it is written.
func (c *Contract) XML(pointer string, v any) (text string, ok bool) {
	return content.WriteXML(c.base, pointer, v)
}

// Binary reports whether the schema at a pointer describes bytes instead of text: format
// binary, a contentMediaType without contentEncoding, or a list of such items.
func (c *Contract) Binary(pointer string) bool {
	for range 4 {
		_, n, ok := c.base.Resolve(pointer)
		if pointer == "" || !ok {
			return false
		}
		if scalar(n, "format") == "binary" || scalar(n, "contentMediaType") != "" && scalar(n, "contentEncoding") == "" && scalar(n, "contentMediaType") != "application/json" {
			return true
		}
		if items, _ := child(n, "items"); items == nil {
			return false
		}
		pointer += "/items"
	}
	return false
}

// Excludes reports whether the schema at a pointer may reject some text of a parameter:
// one for plain text rejects none. It is a cheap guess; [Sampler.Meets] is exact.
func (c *Contract) Excludes(pointer string) bool {
	_, n, ok := c.base.Resolve(pointer)
	if pointer == "" || !ok || n.Kind != document.Mapping {
		return false
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		switch n.Content[i].Value {
		case "type":
			if n.Content[i+1].Value != "string" {
				return true
			}
		case "format":
			if f := n.Content[i+1].Value; f != "password" && f != "binary" {
				return true
			}
		case "enum", "const", "pattern", "minLength", "maxLength", "allOf", "anyOf", "oneOf", "not", "minimum", "maximum", "$ref":
			return true
		}
	}
	return false
}
