package spec

import (
	"fmt"

	"github.com/pb33f/go-yaml"
)

// copied is a copy of a tree, with a copy of its own for each alias. Its nodes are
// noted in made, if that is not nil.
func copied(n *yaml.Node, made map[*yaml.Node]bool) *yaml.Node {
	for n.Kind == yaml.AliasNode {
		n = n.Alias
	}
	c := *n
	c.Anchor, c.Content = "", make([]*yaml.Node, len(n.Content))
	for i, below := range n.Content {
		c.Content[i] = copied(below, made)
	}
	if made != nil {
		made[&c] = true
	}
	return &c
}

// merge merges an update into a node: properties of objects recursively, items of
// arrays at the end, and a primitive value in place of another. Other combinations do
// not go together. Top says that the node is the target of the action, to which an
// update that is no array is appended if it is one.
func (m *merger) merge(node, update *yaml.Node, top bool) error {
	switch {
	case node.Kind == yaml.SequenceNode && top && (update.Kind != yaml.SequenceNode || !m.concatenates):
		node.Content = append(node.Content, update)
	case node.Kind != update.Kind:
		return fmt.Errorf("%s cannot be merged into %s", kindInWords(update), kindInWords(node))
	case node.Kind == yaml.SequenceNode:
		node.Content = append(node.Content, update.Content...)
	case node.Kind == yaml.MappingNode:
		return m.mergeObject(node, update)
	default:
		m.replaces = m.replaces || node.Value != update.Value || node.Tag != update.Tag
		*node = *update
		m.added[node] = true
	}
	return nil
}

func (m *merger) mergeObject(node, update *yaml.Node) error {
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
			if m.added[node.Content[j+1]] {
				node.Content[j] = key // for its line
			}
		}
		if !found {
			node.Content = append(node.Content, key, value)
		}
	}
	return nil
}

func kindInWords(n *yaml.Node) string {
	switch n.Kind {
	case yaml.MappingNode:
		return "an object"
	case yaml.SequenceNode:
		return "an array"
	}
	return "a primitive value"
}
