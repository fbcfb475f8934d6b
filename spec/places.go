package spec

import (
	"fmt"

	"github.com/pb33f/go-yaml"
)

// Places are the lines of the document and of the overlay that name a
// requirement with x-requirement or x-recommendation ("spec/openapi.yaml:520"),
// in their order.
func (c *Contract) Places(id string) []string {
	var list []string
	for _, d := range []*document{c.base, c.overlay.doc} {
		var visit func(n *yaml.Node, marked bool)
		visit = func(n *yaml.Node, marked bool) {
			if marked && n.Kind == yaml.ScalarNode && n.Value == id {
				list = append(list, fmt.Sprintf("%s:%d", d.name, n.Line))
			}
			for i, child := range n.Content {
				under := marked
				if n.Kind == yaml.MappingNode {
					if i%2 == 0 {
						continue // a key
					}
					key := n.Content[i-1].Value
					under = marked || key == "x-requirement" || key == "x-recommendation"
				}
				visit(child, under)
			}
		}
		visit(d.root, false)
	}
	return list
}
