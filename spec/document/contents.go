package document

import (
	"slices"
	"strings"
)

// joinContents puts the media types of the target in place of each content that is a $ref
// alone. The specification has no reference there, but bundlers leave some, and nothing else
// can be meant.
func (d *Document) joinContents() { d.joinContentsBelow(d.Root, nil, map[*Node]bool{}) }

func (d *Document) joinContentsBelow(n *Node, above []*Node, seen map[*Node]bool) {
	if seen[n] {
		return
	}
	seen[n] = true
	above = append(above, n)
	for i, child := range n.Content {
		if n.Kind == Mapping && i%2 == 0 {
			continue
		}
		if n.Kind == Mapping && n.Content[i-1].Value == "content" {
			d.joinContent(child, above)
		}
		d.joinContentsBelow(child, above, seen)
	}
}

// joinContent leaves what refers to something that it is in.
func (d *Document) joinContent(n *Node, above []*Node) {
	ref, isRef := Reference(n)
	pointer, local := LocalPointer(ref)
	if !isRef || !local || len(n.Content) != 2 {
		return
	}
	steps, found := d.Walk(d.Root, pointer)
	if !found {
		return // reported with the references
	}
	if target := steps[len(steps)-1].Node; mediaTypes(target) && !slices.Contains(above, target) {
		n.Content = target.Content
		delete(d.index, n)
	}
}

// mediaTypes reports whether each name of a mapping is that of a media type: a schema, which a
// property named content has, is none.
func mediaTypes(n *Node) bool {
	if n.Kind != Mapping || len(n.Content) == 0 {
		return false
	}
	for i := 0; i < len(n.Content); i += 2 {
		if !strings.Contains(n.Content[i].Value, "/") {
			return false
		}
	}
	return true
}
