package document

import "fmt"

// copied returns a copy of a tree. If made is not nil, it records the new nodes there
// under name.
func copied(n *Node, made map[*Node]string, name string) *Node {
	c := *n
	c.Content = make([]*Node, len(n.Content))
	for i, below := range n.Content {
		c.Content[i] = copied(below, made, name)
	}
	if made != nil {
		made[&c] = name
	}
	return &c
}

// merge merges an update into a node: properties of objects recursively, array items at
// the end, primitive values by replacement. Other combinations are errors. top says that
// the node is the target of the action: if it is an array, an update that is none is
// appended.
func (m *merger) merge(node, update *Node, top bool) error {
	switch {
	case node.Kind == Sequence && top && (update.Kind != Sequence || !m.concatenates):
		node.Content = append(node.Content, update)
	case node.Kind != update.Kind:
		return fmt.Errorf("%s cannot be merged into %s", kindInWords(update), kindInWords(node))
	case node.Kind == Sequence:
		node.Content = append(node.Content, update.Content...)
	case node.Kind == Mapping:
		return m.mergeObject(node, update)
	default:
		m.Replaces = m.Replaces || node.Value != update.Value || node.text != update.text
		*node = *update
		m.added[node] = m.doc.Name
	}
	return nil
}

func (m *merger) mergeObject(node, update *Node) error {
	for i := 0; i+1 < len(update.Content); i += 2 {
		key, value := update.Content[i], update.Content[i+1]
		found := false
		for j := 0; j+1 < len(node.Content); j += 2 {
			if node.Content[j].Value != key.Value {
				continue
			}
			found = true
			if err := m.merge(node.Content[j+1], value, false); err != nil {
				return fmt.Errorf("%s: %w", key.Value, err)
			}
			if _, ours := m.added[node.Content[j+1]]; ours {
				node.Content[j] = key // for its line
			}
		}
		if !found {
			node.Content = append(node.Content, key, value)
		}
	}
	return nil
}

func kindInWords(n *Node) string {
	switch n.Kind {
	case Mapping:
		return "an object"
	case Sequence:
		return "an array"
	}
	return "a primitive value"
}
