package spec

import (
	"maps"
	"slices"
	"strconv"

	"github.com/hostup/api-conformance/spec/document"
	"github.com/hostup/api-conformance/spec/jsontext"
)

// evidence is a graph of the document's schemas that determines which requirements a
// value exercises: those whose location exists in the value. A requirement on list items
// says nothing about an empty list, and one on an optional property nothing about an
// object without it.
//
// It has one node per schema, so it grows with the document and not with the locations
// that its schemas describe.
type evidence struct {
	d     *document.Document
	nodes map[string]*evidenceNode // by canonical pointer
}

// An evidenceNode is one schema.
type evidenceNode struct {
	ids     []string        // requirements of this location
	same    []*evidenceNode // schemas of the same value: allOf, anyOf and the like
	members map[string]*evidenceNode

	writeOnly bool // a response has no value for it

	others []*evidenceNode // of properties with any name
	items  []*evidenceNode
}

// valueKeywords hold a schema for the value itself, valueListKeywords a list of such
// schemas.
var (
	valueKeywords     = []string{"if", "then", "else", "not"}
	valueListKeywords = []string{"allOf", "anyOf", "oneOf"}
	memberKeywords    = []string{"additionalProperties", "unevaluatedProperties"}
	itemKeywords      = []string{"items", "contains", "unevaluatedItems"}
)

// node returns the node of the schema at a pointer, nil if there is none.
func (e *evidence) node(pointer string) *evidenceNode {
	at, schema, ok := e.d.Resolve(pointer)
	if !ok || schema.Kind != document.Mapping {
		return nil
	}
	if n := e.nodes[at]; n != nil {
		return n
	}
	n := &evidenceNode{}
	e.nodes[at] = n // before its children: a schema may refer back to itself
	n.ids = marked(schema)
	one := func(list []*evidenceNode, keyword string) []*evidenceNode {
		if c := e.node(at + "/" + keyword); c != nil {
			list = append(list, c)
		}
		return list
	}
	several := func(list []*evidenceNode, keyword string) []*evidenceNode {
		c, _ := child(schema, keyword)
		for i := 0; c != nil && c.Kind == document.Sequence && i < len(c.Content); i++ {
			list = one(list, keyword+"/"+strconv.Itoa(i))
		}
		return list
	}
	named := func(keyword string, add func(name string, m *evidenceNode)) {
		c, _ := child(schema, keyword)
		for i := 0; c != nil && c.Kind == document.Mapping && i+1 < len(c.Content); i += 2 {
			if m := e.node(at + "/" + keyword + "/" + escapeToken(c.Content[i].Value)); m != nil {
				add(c.Content[i].Value, m)
			}
		}
	}
	for _, keyword := range valueKeywords {
		n.same = one(n.same, keyword)
	}
	for _, keyword := range valueListKeywords {
		n.same = several(n.same, keyword)
	}
	all := several(nil, "allOf")
	n.writeOnly = scalar(schema, "writeOnly") == "true" || slices.ContainsFunc(all, func(m *evidenceNode) bool { return m.writeOnly })
	named("dependentSchemas", func(_ string, m *evidenceNode) { n.same = append(n.same, m) })
	n.members = map[string]*evidenceNode{}
	named("properties", func(name string, m *evidenceNode) {
		n.members[name] = m
		if m.writeOnly && !slices.Contains(n.ids, writeOnlyRule) {
			n.ids = append(n.ids, writeOnlyRule)
		}
	})
	named("patternProperties", func(_ string, m *evidenceNode) { n.others = append(n.others, m) })
	for _, keyword := range memberKeywords {
		n.others = one(n.others, keyword)
	}
	for _, keyword := range itemKeywords {
		n.items = one(n.items, keyword)
	}
	n.items = several(n.items, "prefixItems")
	return n
}

// marked returns the ids that the marks of a schema name.
func marked(schema *document.Node) (ids []string) {
	for _, mark := range []string{"x-requirement", "x-recommendation"} {
		if c, _ := child(schema, mark); c != nil {
			found := map[string]bool{}
			(&marks{found: found}).add(c)
			for id := range found {
				ids = append(ids, id)
			}
		}
	}
	return ids
}

// A sought is a walk through a value that stops once it has found everything.
type sought struct {
	found   []string
	missing map[string]bool
}

// maxSame bounds how many schemas of one value refer to each other.
const maxSame = 64

// visit records the requirements whose location exists in a value.
func (s *sought) visit(n *evidenceNode, v any, same int) {
	if len(s.missing) == 0 || same > maxSame {
		return
	}
	for _, id := range n.ids {
		if s.missing[id] {
			s.found = append(s.found, id)
			delete(s.missing, id)
		}
	}
	for _, m := range n.same {
		s.visit(m, v, same+1)
	}
	switch x := v.(type) {
	case map[string]any:
		for name, value := range x {
			if m := n.members[name]; m != nil {
				s.visit(m, value, 0)
				continue
			}
			for _, m := range n.others {
				s.visit(m, value, 0)
			}
		}
	case []any:
		for _, item := range x {
			if len(s.missing) == 0 {
				return
			}
			for _, m := range n.items {
				s.visit(m, item, 0)
			}
		}
	}
}

// writeOnlyRule is about objects whose schema has a property that is writeOnly, as if the
// document named it there.
const writeOnlyRule = "BODY-WRITEONLY-001"

// newEvidence returns a graph without nodes, nil if the document names no requirement.
func (c *Contract) newEvidence() *evidence {
	marked := !c.Unbound(writeOnlyRule)
	for _, mark := range []string{"x-requirement", "x-recommendation"} {
		eachMark(c.merged.Root, mark, func(*document.Node) { marked = true })
	}
	if !marked {
		return nil
	}
	return &evidence{d: c.merged, nodes: map[string]*evidenceNode{}}
}

// everyResponse returns the documented responses, and the fallbacks for undocumented
// errors.
func (c *Contract) everyResponse() (list []*response) {
	for _, o := range c.operations {
		for _, status := range o.Statuses {
			if r := c.responses[o.ID][status]; r != nil && !slices.Contains(list, r) {
				list = append(list, r)
			}
		}
	}
	for _, r := range c.fallback {
		list = append(list, r)
	}
	return list
}

// name records the first location of each requirement below a node at a location.
func (n *evidenceNode) name(at string, places map[string]string, seen map[*evidenceNode]bool) {
	if seen[n] {
		return
	}
	seen[n] = true
	for _, id := range n.ids {
		if places[id] == "" {
			places[id] = at
		}
	}
	for _, m := range n.same {
		m.name(at, places, seen)
	}
	for _, name := range slices.Sorted(maps.Keys(n.members)) {
		place := at + "." + name
		if !jsontext.Plain(name) {
			place = at + "[" + strconv.Quote(name) + "]"
		}
		n.members[name].name(place, places, seen)
	}
	for _, m := range n.others {
		m.name(at+".*", places, seen)
	}
	for _, m := range n.items {
		m.name(at+"[*]", places, seen)
	}
}
