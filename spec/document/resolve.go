package document

import (
	"net/url"
	"strings"
)

// maxHops bounds a chain of references.
const maxHops = 64

// Resolve follows the pointer and every $ref on its way, and returns the pointer
// of the node that it ends at, without references, and that node. ok is false
// when it leads nowhere, or in a circle.
func (d *Document) Resolve(pointer string) (canonical string, node *Node, ok bool) {
	hops := 0
	return d.resolve(pointer, &hops)
}

func (d *Document) resolve(pointer string, hops *int) (at string, node *Node, ok bool) {
	node = d.Root
	if at, node, ok = d.follow(at, node, hops); !ok {
		return "", nil, false
	}
	for _, key := range Tokens(pointer) {
		next, _ := d.Child(node, key)
		if next == nil {
			return "", nil, false
		}
		if at, node, ok = d.follow(at+"/"+Escape(key), next, hops); !ok {
			return "", nil, false
		}
	}
	return at, node, true
}

// follow goes on from a node that is a reference to what it names.
func (d *Document) follow(at string, node *Node, hops *int) (string, *Node, bool) {
	for {
		target, isRef := Reference(node)
		if !isRef {
			return at, node, true
		}
		pointer, local := LocalPointer(target)
		if *hops++; !local || *hops > maxHops {
			return "", nil, false
		}
		steps, found := d.Walk(d.Root, pointer)
		if !found {
			return d.resolve(pointer, hops) // the reference may lead through another
		}
		at, node = pointer, steps[len(steps)-1].Node
	}
}

// Reference returns the value of a node's $ref; ok is false when it has none
// that is a text.
func Reference(n *Node) (target string, ok bool) {
	if n.Kind != Mapping {
		return "", false
	}
	ref, _ := Child(n, "$ref")
	if ref == nil || ref.Kind != Scalar {
		return "", false
	}
	return ref.Value, true
}

// LocalPointer returns the JSON Pointer of a reference into the same document
// ("#/components/schemas/Pet"); ok is false for any other reference.
func LocalPointer(ref string) (pointer string, ok bool) {
	fragment, local := strings.CutPrefix(ref, "#")
	if !local || fragment != "" && fragment[0] != '/' {
		return "", false
	}
	if strings.Contains(fragment, "%") {
		if unescaped, err := url.PathUnescape(fragment); err == nil {
			fragment = unescaped
		}
	}
	return fragment, true
}
