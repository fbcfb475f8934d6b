package spec

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"

	"github.com/hostup/api-conformance/spec/document"
	"github.com/hostup/api-conformance/spec/jsontext"
)

// A coverNode holds the items of one value in a JSON body.
type coverNode struct {
	present       int // the value exists
	null, notNull int
	texts         map[string]int // string members of its enum
	enum          map[string]int // numbers and booleans of its enum, by JSON text
	members       map[string]*coverNode
	items         *coverNode
}

// mostCovered bounds the items of one response body. Documents with mutually nested
// objects describe millions of locations, of which a run shows none.
const mostCovered = 120

// tree adds the items of the value that the schemas at the pointers describe together,
// and returns the node that observes them. If they describe too many locations, it adds
// as many levels of properties as fit.
func (b *coverBuilder) tree(label, reason string, pointers ...string) *coverNode {
	levels := 1
	for left, before := mostCovered, mostCovered; levels < jsontext.MaxDepth; levels, before = levels+1, left {
		left = mostCovered
		b.count(&left, levels+1, nil, pointers)
		if left < 0 || left == before {
			break
		}
	}
	return b.node(label, "$", reason, levels, nil, pointers)
}

// count subtracts the locations in the given number of levels from left, and stops when
// left is negative.
func (b *coverBuilder) count(left *int, levels int, above, pointers []string) {
	d := b.describe(above, pointers)
	if levels > 0 {
		for _, name := range d.names {
			if *left--; *left < 0 {
				return
			}
			b.count(left, levels-1, d.above, d.members[name])
		}
	}
	if len(d.items) > 0 {
		if *left--; *left >= 0 {
			b.count(left, levels, d.above, d.items)
		}
	}
}

// A description combines the schemas of one value.
type description struct {
	schemas []string // pointers, each once; empty if nothing is said
	above   []string // these and those of enclosing values
	names   []string // of properties
	members map[string][]string
	items   []string
}

func (b *coverBuilder) describe(above, pointers []string) description {
	found := map[string]bool{}
	r := shaper{d: b.c.base}
	for _, p := range pointers {
		r.branches(p, found)
	}
	d := description{members: map[string][]string{}}
	for p := range found {
		if !slices.Contains(above, p) { // a recursive schema describes unlimited locations
			d.schemas = append(d.schemas, p)
		}
	}
	slices.Sort(d.schemas)
	d.above = slices.Concat(above, d.schemas)
	for _, p := range d.schemas {
		_, node, _ := b.c.base.Place(p)
		if properties, _ := child(node, "properties"); properties != nil {
			for i := 0; i+1 < len(properties.Content); i += 2 {
				name := properties.Content[i].Value
				if d.members[name] == nil {
					d.names = append(d.names, name)
				}
				d.members[name] = append(d.members[name], p+"/properties/"+escapeToken(name))
			}
		}
		if c, _ := child(node, "items"); c != nil {
			d.items = append(d.items, p+"/items")
		}
	}
	return d
}

func (b *coverBuilder) node(label, at, reason string, levels int, above, pointers []string) *coverNode {
	d := b.describe(above, pointers)
	if len(d.schemas) == 0 {
		return nil
	}
	n := &coverNode{}
	if at != "$" {
		n.present = b.item(CoverProperty, label+" "+at, reason)
	}
	for _, p := range d.schemas {
		_, node, _ := b.c.base.Place(p)
		if s := loadSchema(b.c.base, p); len(s.Types) > 0 && slices.Contains(s.Types, "null") {
			n.null = b.item(CoverNull, label+" "+at+" null", reason)
			n.notNull = b.item(CoverNull, label+" "+at+" not null", reason)
		}
		b.enum(n, label+" "+at, reason, node)
	}
	if levels > 0 {
		n.members = map[string]*coverNode{}
		for _, name := range d.names {
			place := at + "." + name
			if !jsontext.Plain(name) {
				place = at + "[" + strconv.Quote(name) + "]"
			}
			n.members[name] = b.node(label, place, reason, levels-1, d.above, d.members[name])
		}
	}
	if len(d.items) > 0 {
		n.items = b.node(label, at+"[*]", reason, levels, d.above, d.items)
	}
	return n
}

func (b *coverBuilder) enum(n *coverNode, place, reason string, node *document.Node) {
	list, _ := child(node, "enum")
	if list == nil {
		return
	}
	members, _ := native(list).([]any)
	for _, m := range members {
		if m == nil {
			continue
		}
		known, text := &n.enum, fmt.Sprint(m)
		if _, isText := m.(string); isText {
			known = &n.texts
		}
		if *known == nil {
			*known = map[string]int{}
		}
		(*known)[text] = b.item(CoverEnum, place+" = "+quoteIfSpaced(text), reason)
	}
}

// observe marks the items that a value shows.
func (n *coverNode) observe(s *sighting, v any) {
	if n == nil { // undocumented
		return
	}
	s.mark(n.present)
	if v == nil {
		s.mark(n.null)
		return
	}
	s.mark(n.notNull)
	switch x := v.(type) {
	case map[string]any:
		for name, member := range n.members {
			if value, ok := x[name]; ok {
				member.observe(s, value)
			}
		}
	case []any:
		if n.items == nil {
			return
		}
		for _, item := range x {
			n.items.observe(s, item)
		}
	case string:
		s.mark(n.texts[x])
	case json.Number:
		s.mark(n.enum[x.String()])
	case bool:
		s.mark(n.enum[strconv.FormatBool(x)])
	}
}
