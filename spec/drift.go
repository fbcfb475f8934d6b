package spec

import (
	"slices"
	"strconv"
	"strings"

	"github.com/hostup/api-conformance/spec/document"
	"github.com/hostup/api-conformance/spec/jsontext"
)

// Drift returns the undocumented properties of a JSON response, as locations with array
// indexes replaced by "*" ($.items[*].fee), sorted, each once. An API may grow, so they
// are no violations: the document is outdated, or the server sends something by mistake.
//
// A property named in any branch of a schema (allOf, anyOf, oneOf, if, then, else) is
// documented. The content of an object without documented properties (extensions,
// free-form rows) is never drift.
func (c *Contract) Drift(ex Exchange) []string {
	return c.judgement(&ex).Drift()
}

// Drift is [Contract.Drift] of the exchange.
func (k *Judgement) Drift() []string {
	if !k.compared {
		k.compared, k.drift = true, k.findDrift()
	}
	return k.drift
}

func (k *Judgement) findDrift() []string {
	shape, value := k.shaped()
	if shape == nil {
		return nil
	}
	places := map[string]bool{}
	shape.drift(value, "$", places)
	var list []string
	for p := range places {
		list = append(list, p)
	}
	slices.Sort(list)
	return list[:min(len(list), mostDrift)]
}

// shaped returns the body with what the document has of it, nil for nothing.
func (k *Judgement) shaped() (*shape, any) {
	response := k.ex.Response
	if k.op == nil || response == nil || response.ReadFailure != "" || k.ex.Request.Method == "HEAD" {
		return nil, nil
	}
	if !k.IsError() && !(k.IsSuccess() && k.op.covers(response.Status)) {
		return nil, nil
	}
	r := k.described().response
	if r == nil {
		return nil, nil
	}
	if _, otherwise := k.readsOtherwise(); otherwise {
		return nil, nil
	}
	media, ok := k.documentedMedia(r)
	if !ok {
		return nil, nil
	}
	schema := media.schemaFor(k.Query())
	value, isJSON := k.JSON()
	if schema == nil || !isJSON {
		return nil, nil
	}
	return schema.shape, value
}

// has reports whether the document has a property at a path of names and indices.
func (s *shape) has(path []string) bool {
	if len(path) == 0 {
		return false
	}
	last := len(path) - 1
	if s = s.at(path[:last]); s == nil {
		return false
	}
	_, documented := s.members[path[last]]
	return documented || s.items != nil
}

// at returns the shape of what is at a path of names and indices, s for none, and nil if the
// document has no such property or describes nothing of it.
func (s *shape) at(path []string) *shape {
	for _, name := range path {
		if s == nil {
			return nil
		}
		inner, documented := s.members[name]
		if !documented {
			inner = s.items
		}
		s = inner
	}
	return s
}

// mostDrift is the number of undocumented properties listed for a response. An object
// with more is a map with foreign keys and is listed as one location ($.items[*].*).
const mostDrift = 100

// A shape holds the documented properties and items of a value.
type shape struct {
	members map[string]*shape
	free    bool   // other properties are documented as well, or none is
	items   *shape // nil: items are not described
}

func (s *shape) drift(v any, at string, places map[string]bool) {
	if s == nil {
		return
	}
	switch x := v.(type) {
	case map[string]any:
		if len(s.members) == 0 {
			return
		}
		many := !s.free && len(x) > len(s.members)+mostDrift
		if many {
			places[at+".*"] = true
		}
		for name, child := range x {
			m, documented := s.members[name]
			if documented && isScalar(child) {
				continue
			}
			if !documented && (s.free || many) {
				continue
			}
			place := at + "." + name
			if !jsontext.Plain(name) {
				place = at + "[" + strconv.Quote(name) + "]"
			}
			if documented {
				m.drift(child, place, places)
			} else {
				places[place] = true
			}
		}
	case []any:
		if s.items == nil {
			return
		}
		at += "[*]"
		for _, child := range x {
			s.items.drift(child, at, places)
		}
	}
}

func isScalar(v any) bool {
	switch v.(type) {
	case map[string]any, []any:
		return false
	}
	return true
}

// A shaper reads shapes from a document, each set of schemas once, so a recursive schema
// has a recursive shape.
type shaper struct {
	d    *document.Document
	done map[string]*shape
}

// shape returns what the schemas at the pointers together document of one value, nil if
// nothing.
func (r *shaper) shape(pointers ...string) *shape {
	all := map[string]bool{}
	for _, p := range pointers {
		r.branches(p, all)
	}
	var canonical []string
	for p := range all {
		canonical = append(canonical, p)
	}
	if len(canonical) == 0 {
		return nil
	}
	slices.Sort(canonical)
	key := strings.Join(canonical, "|")
	if s, ok := r.done[key]; ok {
		return s
	}
	s := &shape{}
	r.done[key] = s
	members, items := map[string][]string{}, []string(nil)
	for _, p := range canonical {
		_, node, _ := r.d.Place(p)
		if properties, _ := child(node, "properties"); properties != nil {
			for i := 0; i+1 < len(properties.Content); i += 2 {
				name := properties.Content[i].Value
				members[name] = append(members[name], p+"/properties/"+escapeToken(name))
			}
		}
		for _, key := range []string{"additionalProperties", "patternProperties", "unevaluatedProperties"} {
			if n, _ := child(node, key); n != nil && n.Value != "false" {
				s.free = true
			}
		}
		s.free = s.free || extended(node)
		if n, _ := child(node, "items"); n != nil {
			items = append(items, p+"/items")
		}
		if n, _ := child(node, "prefixItems"); n != nil {
			for i := range n.Content {
				items = append(items, p+"/prefixItems/"+strconv.Itoa(i))
			}
		}
	}
	s.members = make(map[string]*shape, len(members))
	for name, at := range members {
		s.members[name] = r.shape(at...)
	}
	if len(items) > 0 {
		s.items = r.shape(items...)
	}
	return s
}

// extended reports whether a schema is a base: its discriminator names a subtype that may
// add properties, and no alternatives say which (OpenAPI 3.1 section 4.8.25).
func extended(n *document.Node) bool {
	discriminator, _ := child(n, "discriminator")
	one, _ := child(n, "oneOf")
	another, _ := child(n, "anyOf")
	return discriminator != nil && one == nil && another == nil
}

// branches adds the canonical pointers of a schema and of every schema that applies to
// the same value.
func (r *shaper) branches(pointer string, all map[string]bool) {
	at, node, ok := r.d.ResolveSchema(pointer)
	if !ok || all[at] {
		return
	}
	all[at] = true
	if target, isRef := document.Reference(node); isRef {
		if p, local := document.LocalPointer(target); local {
			r.branches(p, all)
		}
	}
	for _, key := range []string{"allOf", "anyOf", "oneOf"} {
		if n, _ := child(node, key); n != nil {
			for i := range n.Content {
				r.branches(at+"/"+key+"/"+strconv.Itoa(i), all)
			}
		}
	}
	for _, key := range []string{"if", "then", "else"} {
		if n, _ := child(node, key); n != nil {
			r.branches(at+"/"+key, all)
		}
	}
	if n, _ := child(node, "dependentSchemas"); n != nil {
		for i := 0; i+1 < len(n.Content); i += 2 {
			r.branches(at+"/dependentSchemas/"+escapeToken(n.Content[i].Value), all)
		}
	}
}
