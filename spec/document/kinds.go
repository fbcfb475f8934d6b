package document

import (
	"strconv"
	"strings"
)

// A Kind is a kind of object of the OpenAPI Specification.
type Kind string

// The kinds that [Document.Visit] visits. Other objects (info, tags, examples,
// extensions) contain nothing that is referenced or judged.
const (
	Root           Kind = "document"
	Components     Kind = "components"
	PathItem       Kind = "path item"
	Operation      Kind = "operation"
	Parameter      Kind = "parameter"
	RequestBody    Kind = "request body"
	MediaType      Kind = "media type"
	Conditional    Kind = "conditional schema" // x-schema-when of a media type
	Encoding       Kind = "encoding"
	Responses      Kind = "responses"
	Response       Kind = "response"
	Header         Kind = "header"
	Callback       Kind = "callback"
	Link           Kind = "link"
	Example        Kind = "example"
	Schema         Kind = "schema"
	SecurityScheme Kind = "security scheme"
)

// A field says what an object member contains: an object of the kind, a list of them, or
// a mapping of names to them.
type field struct {
	kind Kind
	form form
}

type form int

const (
	one form = iota
	list
	named
)

// fieldsOf returns the fields with child objects, for OpenAPI 3.0 to 3.2 together.
func fieldsOf(k Kind) map[string]field {
	switch k {
	case Root:
		return map[string]field{"paths": {PathItem, named}, "webhooks": {PathItem, named}, "components": {Components, one}}
	case Components:
		return map[string]field{
			"schemas": {Schema, named}, "responses": {Response, named}, "parameters": {Parameter, named}, "examples": {Example, named},
			"requestBodies": {RequestBody, named}, "headers": {Header, named}, "securitySchemes": {SecurityScheme, named},
			"links": {Link, named}, "callbacks": {Callback, named}, "pathItems": {PathItem, named}, "mediaTypes": {MediaType, named},
		}
	case PathItem:
		fields := map[string]field{"parameters": {Parameter, list}, "additionalOperations": {Operation, named}}
		for _, m := range Methods() {
			fields[m] = field{Operation, one}
		}
		return fields
	case Operation:
		return map[string]field{"parameters": {Parameter, list}, "requestBody": {RequestBody, one}, "responses": {Responses, one}, "callbacks": {Callback, named}}
	case Parameter, Header:
		return map[string]field{"schema": {Schema, one}, "content": {MediaType, named}, "examples": {Example, named}}
	case RequestBody:
		return map[string]field{"content": {MediaType, named}}
	case MediaType:
		return map[string]field{"schema": {Schema, one}, "itemSchema": {Schema, one}, "encoding": {Encoding, named}, "examples": {Example, named}, "x-schema-when": {Conditional, list}}
	case Conditional:
		return map[string]field{"schema": {Schema, one}}
	case Encoding:
		return map[string]field{"headers": {Header, named}}
	case Response:
		return map[string]field{"content": {MediaType, named}, "headers": {Header, named}, "links": {Link, named}}
	case Schema:
		return schemaFields()
	}
	return nil
}

// schemaFields returns the keywords with subschemas of JSON Schema 2020-12, and of the
// drafts that OpenAPI 3.0 is based on.
func schemaFields() map[string]field {
	fields := map[string]field{}
	for _, k := range []string{"not", "if", "then", "else", "items", "contains", "additionalProperties", "unevaluatedProperties", "unevaluatedItems", "propertyNames", "contentSchema", "additionalItems"} {
		fields[k] = field{Schema, one}
	}
	for _, k := range []string{"allOf", "anyOf", "oneOf", "prefixItems"} {
		fields[k] = field{Schema, list}
	}
	for _, k := range []string{"properties", "patternProperties", "dependentSchemas", "$defs", "definitions"} {
		fields[k] = field{Schema, named}
	}
	return fields
}

// Methods returns the operation keys of a path item, in lower case.
func Methods() []string {
	return []string{"get", "put", "post", "delete", "options", "head", "patch", "trace", "query"}
}

// A Visit is called for each object with its kind, its location, and the node as written,
// which may be a reference. It returns whether to descend.
type Visit func(k Kind, pointer string, n *Node) bool

// Visit visits every object of the document in its order, the document itself first, then
// the used objects of other files. It follows no references.
func (d *Document) Visit(v Visit) {
	d.VisitFrom(Root, "", d.Root, v)
	for _, p := range d.parts {
		if steps, ok := d.Walk(d.Root, p.pointer); ok {
			d.VisitFrom(p.kind, p.pointer, steps[len(steps)-1].Node, v)
		}
	}
}

// VisitFrom is [Document.Visit] for an object and its descendants.
func (d *Document) VisitFrom(k Kind, pointer string, n *Node, v Visit) {
	w := walker{visit: v, fields: map[Kind]map[string]field{}}
	w.object(k, pointer, n)
}

// kindOf returns the kind under which a visit of the document, without its parts, reports
// a location; "" if it does not visit it.
func (d *Document) kindOf(tokens []string) Kind {
	at, n := Root, d.Root
	for len(tokens) > 0 && n != nil {
		if _, isRef := Reference(n); isRef && at != Schema && at != PathItem {
			return ""
		}
		name := tokens[0]
		n, _ = d.Child(n, name)
		tokens = tokens[1:]
		f, known := fieldsOf(at)[name]
		switch {
		case known:
			at = f.kind
			if len(tokens) > 0 && n != nil && (f.form != one || n.Kind == Sequence) {
				n, _ = d.Child(n, tokens[0])
				tokens = tokens[1:]
			}
		case strings.HasPrefix(name, "x-"):
			return ""
		case at == Responses:
			at = Response
		case at == Callback:
			at = PathItem
		default:
			return ""
		}
	}
	return at
}

type walker struct {
	visit  Visit
	fields map[Kind]map[string]field
}

func (w *walker) object(k Kind, at string, n *Node) {
	if !w.visit(k, at, n) || n.Kind != Mapping {
		return
	}
	if _, isRef := Reference(n); isRef && k != Schema && k != PathItem {
		return // a Reference Object has nothing else
	}
	fields, known := w.fields[k]
	if !known {
		fields = fieldsOf(k)
		w.fields[k] = fields
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		name, value := n.Content[i].Value, n.Content[i+1]
		below := at + "/" + Escape(name)
		f, known := fields[name]
		switch {
		case known:
			w.field(f, below, value)
		case strings.HasPrefix(name, "x-"):
		case k == Responses:
			w.object(Response, below, value)
		case k == Callback:
			w.object(PathItem, below, value)
		}
	}
}

func (w *walker) field(f field, at string, n *Node) {
	switch {
	case f.form == named && n.Kind == Mapping:
		for i := 0; i+1 < len(n.Content); i += 2 {
			name := n.Content[i].Value
			if f.kind == PathItem && strings.HasPrefix(name, "x-") {
				continue // an extension of the Paths Object
			}
			w.object(f.kind, at+"/"+Escape(name), n.Content[i+1])
		}
	case f.form == list && n.Kind == Sequence:
		for i, c := range n.Content {
			w.object(f.kind, at+"/"+strconv.Itoa(i), c)
		}
	case f.form == one:
		if n.Kind == Sequence && f.kind == Schema { // items as a list: drafts before 2020-12
			for i, c := range n.Content {
				w.object(f.kind, at+"/"+strconv.Itoa(i), c)
			}
			return
		}
		w.object(f.kind, at, n)
	}
}
