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

// Place returns where a pointer leads to when the references on its way are
// followed, but not the node that it ends at.
func (d *Document) Place(pointer string) (string, *Node, bool) {
	if steps, ok := d.Walk(d.Root, pointer); ok {
		return pointer, steps[len(steps)-1].Node, true
	}
	i := strings.LastIndex(pointer, "/")
	if i < 0 {
		return "", nil, false
	}
	at, parent, ok := d.Resolve(pointer[:i])
	if !ok {
		return "", nil, false
	}
	n, _ := d.Child(parent, Tokens(pointer[i:])[0])
	return at + pointer[i:], n, n != nil
}

// ResolveSchema is [Document.Resolve] for a schema of OpenAPI 3.1 or later: one
// that says more of a value than its $ref does is itself where the way ends.
func (d *Document) ResolveSchema(pointer string) (canonical string, node *Node, ok bool) {
	for range maxHops {
		at, n, ok := d.Place(pointer)
		if !ok {
			return "", nil, false
		}
		target, isRef := Reference(n)
		if !isRef || composed(n) {
			return at, n, true
		}
		if pointer, ok = LocalPointer(target); !ok {
			return "", nil, false
		}
	}
	return "", nil, false
}

// composed reports whether anything beside the $ref of a schema says something of
// a value.
func composed(n *Node) bool {
	for i := 0; i+1 < len(n.Content); i += 2 {
		switch name := n.Content[i].Value; name {
		case "$ref", "description", "summary", "title", "example", "examples", "deprecated", "$comment":
		default:
			if !strings.HasPrefix(name, "x-") {
				return true
			}
		}
	}
	return false
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
