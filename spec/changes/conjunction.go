package changes

import (
	"slices"
)

// keyword is a keyword that offers alternatives.
type keyword uint8

const (
	anyOf keyword = iota
	oneOf
	nullable // of OpenAPI 3.0
)

// A conjunction is a list of schemas that must all hold, with chosen alternatives for
// some of them. An empty list allows everything.
type conjunction struct {
	schemas []*node
	chosen  []choice
}

// A choice selects one of the alternatives of a keyword of a schema.
type choice struct {
	owner   *node
	keyword keyword
	index   int
}

// all returns the conjunction of schemas without nil ones.
func all(schemas ...*node) conjunction {
	return conjunction{schemas: slices.DeleteFunc(slices.Clone(schemas), func(n *node) bool { return n == nil })}
}

// with returns the conjunction with an additional choice.
func (c conjunction) with(g group, index int) conjunction {
	return conjunction{c.schemas, append(slices.Clone(c.chosen), choice{g.owner, g.keyword, index})}
}

// and returns the conjunction with an additional schema.
func (c conjunction) and(n *node) conjunction {
	return conjunction{append(slices.Clone(c.schemas), n), c.chosen}
}

// choice returns the index chosen for a keyword of a schema, -1 for none.
func (c conjunction) choice(owner *node, k keyword) int {
	for _, x := range c.chosen {
		if x.owner == owner && x.keyword == k {
			return x.index
		}
	}
	return -1
}

// A group is a list of alternatives, one of which must hold.
type group struct {
	owner    *node
	keyword  keyword
	at       *node // the list
	branches []*node
}
