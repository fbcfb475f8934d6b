package schema

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/hostup/api-conformance/spec/document"
)

// A writer rewrites the schemas of a document in JSON Schema 2020-12. Each top-level one,
// below a media type or among the components, becomes a member of $defs named by its
// pointer, so that the compiler knows all schemas from the start. A later addition would
// make it copy all that it has.
type writer struct {
	d       *document.Document
	hidden  string          // "writeOnly" in a response, "readOnly" in a request: such properties are required in the other direction only
	legacy  bool            // OpenAPI 3.0: siblings of $ref are ignored
	apart   bool            // discriminators separate the alternatives
	dynamic bool            // the document uses $dynamicRef: anchors are kept
	defs    map[string]any  // the result, by pointer
	todo    []string        // pointers to be written
	wrapped map[string]bool // schemas that were moved to anyOf/1 of their location, see nullable

	references []reference
}

// write rewrites all schemas, and the targets of their references, wherever they are.
func (w *writer) write() {
	w.d.Visit(func(k document.Kind, at string, n *document.Node) bool {
		if k == document.Schema && w.defs[at] == nil {
			w.defs[at] = true
			w.todo = append(w.todo, at)
		}
		return k != document.Schema
	})
	for len(w.todo) > 0 {
		at := w.todo[len(w.todo)-1]
		w.todo = w.todo[:len(w.todo)-1]
		if steps, ok := w.d.Walk(w.d.Root, at); ok {
			w.defs[at] = w.schema(at, steps[len(steps)-1].Node, nil)
		}
	}
	for _, r := range w.references {
		r.out["$ref"] = w.location(r.pointer)
	}
	if w.dynamic {
		resources(w.defs)
	}
}

// location returns where the compiler finds the schema at a pointer, as far as the
// schemas around it are written; one that is no part of any other so far is written as
// well.
func (w *writer) location(pointer string) string {
	at, rest, ok := within(w.defs, pointer)
	if !ok {
		w.defs[pointer] = true
		w.todo = append(w.todo, pointer)
		at = pointer
	}
	place := "#" + document.Fragment("/$defs/"+document.Escape(at)+inside(w.wrapped, at, rest))
	if w.dynamic {
		return address + place // below an $id a fragment alone would be one of that
	}
	return place
}

// within splits a pointer into that of a schema of $defs and the rest.
func within(defs map[string]any, pointer string) (at, rest string, ok bool) {
	for end := len(pointer); end > 0; end = strings.LastIndex(pointer[:end], "/") {
		if _, ok := defs[pointer[:end]]; ok {
			return pointer[:end], pointer[end:], true
		}
	}
	return "", "", false
}

func (w *writer) bad(at string, line int, format string, args ...any) {
	w.d.Report(document.Problem{ID: "DOC-SCHEMA-001", Line: line, Pointer: at, Text: fmt.Sprintf(format, args...)})
}

// schema rewrites one schema with its subschemas. secret names the properties that an
// enclosing schema marks as not of this direction.
func (w *writer) schema(at string, n *document.Node, secret map[string]bool) any {
	if n.Kind != document.Mapping {
		if v, _ := document.Value(n); n.Kind == document.Scalar {
			if b, ok := v.(bool); ok {
				return b
			}
		}
		if n.Kind != document.Scalar || n.Value != "" {
			w.bad(at, n.Line, "a schema is an object or a boolean: %s is ignored", brief(n))
		}
		return true
	}
	out := map[string]any{}
	nullable := false
	if v := document.Text(n, "nullable"); v == "true" {
		nullable = true
		if _, line := document.Child(n, "nullable"); !w.legacy {
			w.bad(at, line, "nullable is no keyword of OpenAPI 3.1: write type: [..., \"null\"]")
		}
	}
	if w.reference(at, n, out) && w.legacy {
		return w.nullable(at, out, nullable)
	}
	secret = w.absent(n, secret, 0)
	for i := 0; i+1 < len(n.Content); i += 2 {
		w.keyword(at, n.Content[i], n.Content[i+1], out, secret)
	}
	bounds(out)
	if w.apart {
		tellApart(n, out)
	}
	return w.nullable(at, out, nullable)
}

// reference writes $ref and reports whether there is a resolvable one.
func (w *writer) reference(at string, n *document.Node, out map[string]any) bool {
	target, ok := document.Reference(n)
	if !ok {
		return false
	}
	pointer, local := document.LocalPointer(target)
	if !local {
		if w.dynamic && !strings.Contains(target, "/") {
			out["$ref"] = target
			return true
		}
		return w.legacy // reported with the references
	}
	canonical, _, ok := w.d.Place(pointer)
	if !ok || w.circle(canonical) {
		if ok {
			_, line := document.Child(n, "$ref")
			w.bad(at, line, "$ref %q leads back to itself: it is ignored", target)
		}
		return w.legacy
	}
	out["$ref"] = w.location(canonical)
	w.references = append(w.references, reference{out, canonical})
	return true
}

// A reference is one of a written schema, and where in the document it leads to.
type reference struct {
	out     map[string]any
	pointer string
}

// inside returns the pointer below a written schema, of which the one in the document
// is at, to what the document has below that: see nullable.
func inside(wrapped map[string]bool, at, rest string) string {
	if len(wrapped) == 0 || rest == "" {
		return rest
	}
	var b strings.Builder
	for token := range strings.SplitSeq(rest[1:], "/") {
		if wrapped[at] {
			b.WriteString("/anyOf/1")
		}
		at += "/" + token
		b.WriteString("/" + token)
	}
	return b.String()
}

// circle reports whether a location refers to itself only through references.
func (w *writer) circle(at string) bool {
	_, _, ok := w.d.Resolve(at)
	return !ok
}

// nullable makes a schema accept null: in its type if that is sufficient, else as one of
// two alternatives.
func (w *writer) nullable(at string, out map[string]any, nullable bool) any {
	if !nullable {
		return out
	}
	simple := true
	for _, k := range []string{"$ref", "allOf", "anyOf", "oneOf", "not", "const", "if"} {
		if _, there := out[k]; there {
			simple = false
		}
	}
	if !simple {
		w.wrapped[at] = true
		return map[string]any{"anyOf": []any{map[string]any{"type": "null"}, out}}
	}
	switch t := out["type"].(type) {
	case string:
		out["type"] = []any{t, "null"}
	case []any:
		out["type"] = append(t[:len(t):len(t)], "null")
		for _, x := range t {
			if x == "null" {
				out["type"] = t
			}
		}
	}
	if enum, ok := out["enum"].([]any); ok {
		out["enum"] = append(enum[:len(enum):len(enum)], nil)
	}
	return out
}

// absent adds the write-only properties of a schema and its compositions: a response need
// not have them even if required (JSON Schema validation section 9.4). In a request these
// are the read-only ones.
func (w *writer) absent(n *document.Node, known map[string]bool, depth int) map[string]bool {
	names := known
	add := func(name string) {
		if names[name] {
			return
		}
		more := make(map[string]bool, len(names)+1)
		for k := range names {
			more[k] = true
		}
		more[name] = true
		names = more
	}
	if properties, _ := w.d.Child(n, "properties"); properties != nil && properties.Kind == document.Mapping {
		for i := 0; i+1 < len(properties.Content); i += 2 {
			if p := w.target(properties.Content[i+1]); p != nil && document.Text(p, w.hidden) == "true" {
				add(properties.Content[i].Value)
			}
		}
	}
	if all, _ := document.Child(n, "allOf"); all != nil && depth < 8 {
		for _, part := range all.Content {
			if p := w.target(part); p != nil {
				names = w.absent(p, names, depth+1)
			}
		}
	}
	return names
}

func (w *writer) target(n *document.Node) *document.Node {
	if ref, ok := document.Reference(n); ok {
		pointer, local := document.LocalPointer(ref)
		if !local {
			return nil
		}
		_, node, ok := w.d.Resolve(pointer)
		if !ok {
			return nil
		}
		return node
	}
	return n
}

func brief(n *document.Node) string {
	switch n.Kind {
	case document.Mapping:
		return "an object"
	case document.Sequence:
		return "a list"
	}
	if len(n.Value) > 40 {
		return strconv.Quote(n.Value[:40]) + "…"
	}
	return strconv.Quote(n.Value)
}
