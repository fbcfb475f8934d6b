package document

import (
	"net/url"
	"strings"
)

// maxHops bounds a chain of references.
const maxHops = 64

// Resolve follows the pointer and every $ref on the way, the final one included. It
// returns the pointer of the resulting node, without references, and the node. ok is
// false if it is unresolved or cyclic.
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

// follow resolves a node that is a reference.
func (d *Document) follow(at string, node *Node, hops *int) (string, *Node, bool) {
	for {
		target, isRef := referenceIn(node, d.Child)
		if !isRef {
			return at, node, true
		}
		pointer, local := LocalPointer(target)
		if *hops++; !local || *hops > maxHops {
			return "", nil, false
		}
		steps, found := d.Walk(d.Root, pointer)
		if !found {
			return d.resolve(pointer, hops) // the path to the target may contain references too
		}
		at, node = pointer, steps[len(steps)-1].Node
	}
}

// Place resolves a pointer through references on the way, but not a reference at its end.
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

// ResolveSchema is [Document.Resolve] for schemas of OpenAPI 3.1 or later: it stops at a
// schema with other keywords beside $ref.
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

// composed reports whether a schema has keywords beside its $ref that restrict values.
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

// Reference returns the value of a node's $ref; ok is false if it has none that is a
// scalar.
func Reference(n *Node) (target string, ok bool) {
	if n.Kind != Mapping {
		return "", false
	}
	return referenceIn(n, Child)
}

// referenceIn is Reference with a way to find a member.
func referenceIn(n *Node, child func(*Node, string) (*Node, int)) (target string, ok bool) {
	ref, _ := child(n, "$ref")
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
