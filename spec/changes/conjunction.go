package changes

import (
	"slices"
)

// keyword is one of those that offer alternatives.
type keyword uint8

const (
	anyOf keyword = iota
	oneOf
	nullable // of OpenAPI 3.0
)

// A conjunction is schemas that all have to hold, with a choice among the
// alternatives of some of them. No schemas allow everything.
type conjunction struct {
	schemas []*node
	chosen  []choice
}

// A choice is one of the alternatives that a keyword of a schema offers.
type choice struct {
	owner   *node
	keyword keyword
	index   int
}

// all returns the conjunction of schemas; those that are nil are left out.
func all(schemas ...*node) conjunction {
	return conjunction{schemas: slices.DeleteFunc(slices.Clone(schemas), func(n *node) bool { return n == nil })}
}

// with returns the conjunction with one more choice made.
func (c conjunction) with(g group, index int) conjunction {
	return conjunction{c.schemas, append(slices.Clone(c.chosen), choice{g.owner, g.keyword, index})}
}

// and returns the conjunction with one more schema.
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

// A group is alternatives, one of which has to hold.
type group struct {
	owner    *node
	keyword  keyword
	at       *node // the list
	branches []*node
}
