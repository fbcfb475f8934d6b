package spec

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"

	"github.com/hostup/api-conformance/spec/document"
)

// A coverNode is what to look for in one value of a JSON body.
type coverNode struct {
	present       int // the value is there
	null, notNull int
	enum          map[string]int // by JSON text
	members       map[string]*coverNode
	items         *coverNode
}

// tree adds the items of the value that the schemas at the pointers describe
// together, as deep as its budget reaches, and returns what finds them.
func (b *coverBuilder) tree(label, reason string, pointers ...string) *coverNode {
	levels, budget := 1, max(leastPlaces, min(mostPlacesOfBody, mostPlacesOfAll/len(b.c.operations)))
	for levels < mostLevels {
		if left := budget; !b.fits(nil, pointers, levels+1, &left) {
			break
		}
		levels++
	}
	return b.node(label, "$", reason, nil, levels, pointers...)
}

// A body has as many places as there are ways through its schemas, which are without
// end where those lead to each other. So of each body those that lie nearest are
// looked for: fewer in a document of many operations.
const (
	mostLevels       = 16
	leastPlaces      = 60
	mostPlacesOfBody = 1500
	mostPlacesOfAll  = 30_000
)

// A coverStep is what the schemas of one value say of what is in it.
type coverStep struct {
	schemas []string // canonical pointers
	names   []string
	members map[string][]string
	items   []string
}

// step gathers the schemas at the pointers but those of the values above: a schema
// inside itself describes no end of places. It is nil when there are none.
func (b *coverBuilder) step(above, pointers []string) *coverStep {
	found := map[string]bool{}
	r := shaper{d: b.c.base}
	for _, p := range pointers {
		r.branches(p, found)
	}
	s := &coverStep{members: map[string][]string{}}
	for p := range found {
		if !slices.Contains(above, p) {
			s.schemas = append(s.schemas, p)
		}
	}
	if len(s.schemas) == 0 {
		return nil
	}
	slices.Sort(s.schemas)
	for _, p := range s.schemas {
		_, node, _ := b.c.base.Place(p)
		if properties, _ := child(node, "properties"); properties != nil {
			for i := 0; i+1 < len(properties.Content); i += 2 {
				name := properties.Content[i].Value
				if s.members[name] == nil {
					s.names = append(s.names, name)
				}
				s.members[name] = append(s.members[name], p+"/properties/"+escapeToken(name))
			}
		}
		if c, _ := child(node, "items"); c != nil {
			s.items = append(s.items, p+"/items")
		}
	}
	return s
}

// fits reports whether a value has no more places than are left within the levels.
func (b *coverBuilder) fits(above, pointers []string, levels int, left *int) bool {
	s := b.step(above, pointers)
	if *left--; *left < 0 || s == nil || levels == 0 {
		return *left >= 0
	}
	above = append(above[:len(above):len(above)], s.schemas...)
	for _, name := range s.names {
		if !b.fits(above, s.members[name], levels-1, left) {
			return false
		}
	}
	return len(s.items) == 0 || b.fits(above, s.items, levels-1, left)
}

func (b *coverBuilder) node(label, at, reason string, above []string, levels int, pointers ...string) *coverNode {
	step := b.step(above, pointers)
	if step == nil {
		return nil
	}
	above = append(above[:len(above):len(above)], step.schemas...)
	n := &coverNode{}
	if at != "$" {
		n.present = b.item(CoverProperty, label+" "+at, reason)
	}
	for _, p := range step.schemas {
		_, node, _ := b.c.base.Place(p)
		if s := loadSchema(b.c.base, p); len(s.Types) > 0 && slices.Contains(s.Types, "null") {
			n.null = b.item(CoverNull, label+" "+at+" null", reason)
			n.notNull = b.item(CoverNull, label+" "+at+" not null", reason)
		}
		b.enum(n, label+" "+at, reason, node)
	}
	if levels == 0 {
		return n
	}
	for _, name := range step.names {
		if n.members == nil {
			n.members = map[string]*coverNode{}
		}
		place := at + "." + name
		if !plainName(name) {
			place = at + "[" + strconv.Quote(name) + "]"
		}
		n.members[name] = b.node(label, place, reason, above, levels-1, step.members[name]...)
	}
	if len(step.items) > 0 {
		n.items = b.node(label, at+"[*]", reason, above, levels-1, step.items...)
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
		text, err := json.Marshal(m)
		if err != nil || m == nil {
			continue
		}
		if n.enum == nil {
			n.enum = map[string]int{}
		}
		n.enum[string(text)] = b.item(CoverEnum, place+" = "+quoteIfSpaced(fmt.Sprint(m)), reason)
	}
}

// scan marks what a JSON text shows. It builds no values: it is called for every
// answer. Of a text that is broken it marks what stands before the break, which
// is a finding of Check.
func (n *coverNode) scan(s *sighting, text []byte) {
	c := coverScanner{s: s, text: text}
	c.value(n, 0)
}

type coverScanner struct {
	s    *sighting
	text []byte
	at   int
}

func (c *coverScanner) space() {
	for c.at < len(c.text) && (c.text[c.at] == ' ' || c.text[c.at] == '\n' || c.text[c.at] == '\t' || c.text[c.at] == '\r') {
		c.at++
	}
}

// value reads one value; n is nil inside what nothing is documented of.
func (c *coverScanner) value(n *coverNode, depth int) bool {
	c.space()
	if c.at >= len(c.text) || depth > maxDepth {
		return false
	}
	start, null := c.at, false
	if n != nil {
		c.s.mark(n.present)
	}
	switch c.text[c.at] {
	case '{':
		if !c.list('}', func() bool {
			name, ok := c.str()
			if c.space(); !ok || !c.eat(':') {
				return false
			}
			var m *coverNode
			if n != nil {
				m = n.members[string(name)] // does not allocate
			}
			return c.value(m, depth+1)
		}) {
			return false
		}
	case '[':
		var items *coverNode
		if n != nil {
			items = n.items
		}
		if !c.list(']', func() bool { return c.value(items, depth+1) }) {
			return false
		}
	case '"':
		if _, ok := c.str(); !ok {
			return false
		}
	default:
		for c.at < len(c.text) && !bytes.ContainsRune([]byte(",]} \t\r\n"), rune(c.text[c.at])) {
			c.at++
		}
		null = string(c.text[start:c.at]) == "null"
		if c.at == start {
			return false
		}
	}
	if n != nil {
		if null {
			c.s.mark(n.null)
		} else {
			c.s.mark(n.notNull)
		}
		if n.enum != nil {
			c.s.mark(n.enum[string(c.text[start:c.at])])
		}
	}
	return true
}

func (c *coverScanner) list(end byte, entry func() bool) bool {
	c.at++
	if c.space(); c.eat(end) {
		return true
	}
	for {
		if c.space(); !entry() {
			return false
		}
		if c.space(); c.eat(end) {
			return true
		}
		if !c.eat(',') {
			return false
		}
	}
}

func (c *coverScanner) eat(b byte) bool {
	if c.at < len(c.text) && c.text[c.at] == b {
		c.at++
		return true
	}
	return false
}

// str reads a string and returns what stands between its quotes, as written.
func (c *coverScanner) str() ([]byte, bool) {
	if !c.eat('"') {
		return nil, false
	}
	start := c.at
	for c.at < len(c.text) {
		switch c.text[c.at] {
		case '\\':
			c.at++
		case '"':
			c.at++
			return c.text[start : c.at-1], true
		}
		c.at++
	}
	return nil, false
}
