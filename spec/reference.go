package spec

import (
	"fmt"

	"github.com/pb33f/go-yaml"
	"github.com/pb33f/jsonpath/pkg/jsonpath"

	"github.com/hostup/api-conformance/spec/document"
)

// selected returns the pointers of the nodes that a JSONPath selects.
func selected(d *document.Document, path string) ([]string, error) {
	p, err := jsonpath.NewPath(path)
	if err != nil {
		return nil, err
	}
	found, from := map[*document.Node]bool{}, map[*yaml.Node]*document.Node{}
	for _, n := range p.Query(d.Root.YAML(from)) {
		found[from[n]] = true
	}
	var pointers []string
	var visit func(n *document.Node, at string)
	visit = func(n *document.Node, at string) {
		if found[n] {
			pointers = append(pointers, at)
		}
		switch n.Kind {
		case document.Mapping:
			for i := 0; i+1 < len(n.Content); i += 2 {
				visit(n.Content[i+1], at+"/"+escapeToken(n.Content[i].Value))
			}
		case document.Sequence:
			for i, c := range n.Content {
				visit(c, fmt.Sprintf("%s/%d", at, i))
			}
		}
	}
	visit(d.Root, "")
	return pointers, nil
}
