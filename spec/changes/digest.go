package changes

import (
	"hash/maphash"
	"strconv"
)

var seed = maphash.MakeSeed()

// reading says what the members of a node are, for its digest.
type reading uint8

const (
	asKeywords reading = iota // of a schema, or of another OpenAPI object
	asNames                   // names given by the document, such as properties
	asTuple                   // schemas in significant order
	asValues                  // data in any order
	asData
)

// below returns how a member is read, or an item, whose key is "".
func (r reading) below(key string, member *node) reading {
	switch {
	case r == asData || r == asValues:
		return asData
	case r == asNames || r == asTuple:
		return asKeywords
	}
	switch key {
	case "properties", "patternProperties", "dependentSchemas", "$defs", "definitions", "parameters":
		if member.kind == object {
			return asNames
		}
	case "prefixItems", "items":
		if member.kind == list {
			return asTuple
		}
	case "enum":
		return asValues
	case "const", "default", "mapping":
		return asData
	}
	return asKeywords
}

// digest returns the same number for subtrees with the same meaning: it ignores
// descriptions, examples, and the order of unordered lists. References count by their
// text.
func (n *node) digest() uint64 { return n.digestAs(asKeywords) }

func (n *node) digestAs(r reading) uint64 {
	if r == asKeywords && n.sum != 0 {
		return n.sum
	}
	sum := maphash.Comparable(seed, [2]string{strconv.Itoa(int(n.kind)), n.text})
	for i, c := range n.kids {
		key := ""
		if n.kind == object {
			key = n.keys[i]
		}
		if r == asKeywords && (key == "description" || key == "example" || key == "examples") {
			continue
		}
		below := c.digestAs(r.below(key, c))
		if n.kind == list && (r == asTuple || r == asData) {
			sum = maphash.Comparable(seed, [2]uint64{sum, below})
		} else {
			sum += maphash.Comparable(seed, [2]uint64{maphash.String(seed, key), below})
		}
	}
	if r == asKeywords {
		n.sum = sum | 1
		return n.sum
	}
	return sum
}

type outlineKey struct {
	n      *node
	follow int
}

// outline is digest including the targets of references, up to the given depth.
func (c *comparison) outline(n *node, follow int) uint64 {
	if follow == 0 {
		return n.digest()
	}
	key := outlineKey{n, follow}
	sum, known := c.outlines[key]
	if known {
		return sum
	}
	sum = n.digest()
	if ref := n.get("$ref"); ref != nil && ref.kind == text {
		if target := n.file.resolve(ref.text); target != nil {
			sum = maphash.Comparable(seed, [2]uint64{sum, c.outline(target, follow-1)})
		}
	}
	for _, kid := range n.kids {
		if kid.kind == list || kid.kind == object {
			sum += maphash.Comparable(seed, [2]uint64{0, c.outline(kid, follow)})
		}
	}
	c.outlines[key] = sum
	return sum
}
