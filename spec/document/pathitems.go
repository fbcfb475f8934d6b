package document

import "slices"

// joinPathItems gives each path item that has fields beside its $ref those of the target
// as well, in place of the reference. Its own fields win where both have one, which the
// specification leaves undefined.
func (d *Document) joinPathItems() {
	paths, _ := Child(d.Root, "paths")
	if paths == nil || paths.Kind != Mapping {
		return
	}
	for i := 1; i < len(paths.Content); i += 2 {
		d.joinPathItem(paths.Content[i], maxHops)
	}
}

func (d *Document) joinPathItem(item *Node, hops int) {
	ref, isRef := Reference(item)
	pointer, local := LocalPointer(ref)
	if !isRef || !local || hops == 0 || !operates(item) {
		return
	}
	steps, found := d.Walk(d.Root, pointer)
	if !found || steps[len(steps)-1].Node.Kind != Mapping {
		return // reported with the references
	}
	at := slices.IndexFunc(item.Content, func(n *Node) bool { return n.Value == "$ref" })
	item.Content = slices.Delete(item.Content, at, at+2)
	for i, target := 0, steps[len(steps)-1].Node; i+1 < len(target.Content); i += 2 {
		if other, _ := Child(item, target.Content[i].Value); other == nil {
			item.Content = append(item.Content, target.Content[i], target.Content[i+1])
		}
	}
	delete(d.index, item)
	d.joinPathItem(item, hops-1) // the target may be a reference as well
}

// operates reports whether a path item has fields that say something of operations.
func operates(item *Node) bool {
	for i := 0; i+1 < len(item.Content); i += 2 {
		switch name := item.Content[i].Value; name {
		case "parameters", "servers", "additionalOperations":
			return true
		default:
			if slices.Contains(Methods(), name) {
				return true
			}
		}
	}
	return false
}
