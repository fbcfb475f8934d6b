package changes

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"
)

type kind uint8

const (
	null kind = iota
	boolean
	number
	text
	list
	object
)

// A node is one JSON value of a document, with its line. A YAML alias shares the node of
// its anchor.
type node struct {
	kind   kind
	text   string // of a scalar
	keys   []string
	kids   []*node // members in the order of keys, or items
	index  map[string]*node
	line   int
	key    string // its name in parent
	parent *node
	file   *file
	sum    uint64 // digest of the subtree, 0 until computed
	id     int    // number among the nodes of both documents, 0 until assigned
}

// get returns a member, or nil. n may be nil.
func (n *node) get(key string) *node {
	if n == nil || n.kind != object {
		return nil
	}
	if len(n.keys) <= 8 {
		if i := slices.Index(n.keys, key); i >= 0 {
			return n.kids[i]
		}
		return nil
	}
	if n.index == nil {
		n.index = make(map[string]*node, len(n.keys))
		for i, k := range n.keys {
			n.index[k] = n.kids[i]
		}
	}
	return n.index[key]
}

// only reports whether a schema has this keyword and no other that restricts values.
func (n *node) only(keyword string) bool {
	return n.get(keyword) != nil && !slices.ContainsFunc(n.keys, func(k string) bool {
		return k != keyword && !slices.Contains([]string{"title", "description", "$comment"}, k)
	})
}

// str returns the text of a string member, else "".
func (n *node) str(key string) string {
	if m := n.get(key); m != nil && m.kind == text {
		return m.text
	}
	return ""
}

// is reports whether a member is true.
func (n *node) is(key string) bool {
	m := n.get(key)
	return m != nil && m.kind == boolean && m.text == "true"
}

// items returns the items of a list member.
func (n *node) items(key string) []*node {
	if m := n.get(key); m != nil && m.kind == list {
		return m.kids
	}
	return nil
}

// members calls f for each member of an object member, resolving a reference in its
// place.
func (n *node) members(key string, f func(name string, m *node)) {
	m := n.get(key).deref()
	if m == nil || m.kind != object {
		return
	}
	for i, name := range m.keys {
		f(name, m.kids[i])
	}
}

func (n *node) add(key string, kid *node) {
	n.keys, n.kids = append(n.keys, key), append(n.kids, kid)
}

// pointer returns the JSON Pointer of the node in its file, as a URI fragment.
func (n *node) pointer() string {
	var parts []string
	for ; n != nil && n.parent != nil; n = n.parent {
		parts = append(parts, strings.ReplaceAll(strings.ReplaceAll(n.key, "~", "~0"), "/", "~1"))
	}
	slices.Reverse(parts)
	return "#/" + strings.Join(parts, "/")
}

// show returns the value as short, readable JSON.
func (n *node) show() string {
	var b strings.Builder
	n.write(&b, true)
	return clip(b.String(), maxShown)
}

// canonical returns the same text for equal values: 1.0 as 1, members sorted.
func (n *node) canonical() string {
	var b strings.Builder
	n.write(&b, false)
	return b.String()
}

func (n *node) write(b *strings.Builder, short bool) {
	if short && b.Len() > 200 {
		return
	}
	switch n.kind {
	case null, boolean:
		b.WriteString(cmp.Or(n.text, "null"))
	case number:
		if r := rational(n.text); r != nil && !short {
			b.WriteString(r.RatString())
			return
		}
		b.WriteString(n.text)
	case text:
		b.WriteString(strconv.Quote(n.text))
	case list:
		b.WriteByte('[')
		for i, c := range n.kids {
			if i > 0 {
				b.WriteString(", ")
			}
			c.write(b, short)
		}
		b.WriteByte(']')
	case object:
		n.writeMembers(b, short)
	}
}

func (n *node) writeMembers(b *strings.Builder, short bool) {
	order := make([]int, len(n.keys))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return cmp.Compare(n.keys[i], n.keys[j]) })
	b.WriteByte('{')
	for i, at := range order {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(n.keys[at] + ": ")
		n.kids[at].write(b, short)
	}
	b.WriteByte('}')
}

func clip(s string, limit int) string {
	if r := []rune(s); len(r) > limit {
		return string(r[:limit-1]) + "…"
	}
	return s
}

// sortedKeys returns the keys of a map, sorted.
func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
