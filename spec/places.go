package spec

import (
	"fmt"

	"github.com/hostup/api-conformance/spec/document"
)

// Places returns the lines of the document and of the overlay that name a requirement
// with x-requirement or x-recommendation ("openapi.yaml:520"), in their order.
func (c *Contract) Places(id string) []string {
	var list []string
	for _, d := range append([]*document.Document{c.base}, c.overlays()...) {
		var visit func(n *document.Node, marked bool)
		visit = func(n *document.Node, marked bool) {
			if marked && n.Kind == document.Scalar && n.Value == id {
				list = append(list, fmt.Sprintf("%s:%d", d.Name, n.Line))
			}
			for i, child := range n.Content {
				under := marked
				if n.Kind == document.Mapping {
					if i%2 == 0 {
						continue // a key
					}
					key := n.Content[i-1].Value
					under = marked || key == "x-requirement" || key == "x-recommendation"
				}
				visit(child, under)
			}
		}
		visit(d.Root, false)
	}
	return list
}
