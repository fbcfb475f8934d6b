package spec

import (
	"encoding/json"
	"fmt"
	"strconv"

	"github.com/pb33f/go-yaml"
)

// A document is a YAML file as written: a tree in which a JSON pointer leads to
// a node and its line.
type document struct {
	name string // as shown in findings: "spec/openapi.yaml"
	root *yaml.Node
}

func parseDocument(name string, text []byte) (*document, error) {
	var n yaml.Node
	if err := yaml.Unmarshal(text, &n); err != nil {
		return nil, fmt.Errorf("%s is not YAML: %w", name, err)
	}
	if n.Kind != yaml.DocumentNode || len(n.Content) != 1 || n.Content[0].Kind != yaml.MappingNode {
		return nil, fmt.Errorf("%s is not a YAML mapping: give an OpenAPI 3.1 document", name)
	}
	return &document{name: name, root: n.Content[0]}, nil
}

// at is the node at a canonical pointer.
func (d *document) at(pointer string) *yaml.Node {
	steps, _ := walk(d.root, pointer)
	return steps[len(steps)-1].node
}

// json renders the document as JSON, for the schema compiler. A key such as 200
// is a name there, whether it is quoted or not.
func (d *document) json() ([]byte, error) {
	v, err := plain(d.root, 0)
	if err != nil {
		return nil, fmt.Errorf("%s:%w", d.name, err)
	}
	return json.Marshal(v)
}

func plain(n *yaml.Node, depth int) (any, error) {
	if depth > maxDepth {
		return nil, fmt.Errorf("%d: more than %d levels, or an alias inside itself", n.Line, maxDepth)
	}
	switch n.Kind {
	case yaml.AliasNode:
		return plain(n.Alias, depth+1)
	case yaml.MappingNode:
		m := make(map[string]any, len(n.Content)/2)
		for i := 0; i+1 < len(n.Content); i += 2 {
			key := n.Content[i]
			if _, twice := m[key.Value]; twice {
				return nil, fmt.Errorf("%d: %s stands twice", key.Line, key.Value)
			}
			v, err := plain(n.Content[i+1], depth+1)
			if err != nil {
				return nil, err
			}
			m[key.Value] = v
		}
		return m, nil
	case yaml.SequenceNode:
		list := make([]any, len(n.Content))
		for i, c := range n.Content {
			v, err := plain(c, depth+1)
			if err != nil {
				return nil, err
			}
			list[i] = v
		}
		return list, nil
	}
	if n.Tag == "!!timestamp" {
		return n.Value, nil // an unquoted date is the text that it shows
	}
	var v any
	if err := n.Decode(&v); err != nil {
		return nil, fmt.Errorf("%d: %s cannot be read", n.Line, strconv.Quote(n.Value))
	}
	return v, nil
}

// annotation returns the requirement that a mark such as x-requirement names
// for the keyword, looking from the end of the steps to their beginning. The
// mark is an id, or a mapping from keyword to id with "*" for all others.
func annotation(steps []step, mark, keyword string) string {
	for i := len(steps) - 1; i >= 0; i-- {
		if id := markOf(steps[i].node, mark, keyword, "*"); id != "" {
			return id
		}
	}
	return ""
}

// markOf reads a mark of one node for the first of the keywords that it has. A
// mark that is a plain id answers for "*".
func markOf(node *yaml.Node, mark string, keywords ...string) string {
	if node == nil || node.Kind != yaml.MappingNode {
		return ""
	}
	m, _ := child(node, mark)
	if m == nil {
		return ""
	}
	for _, k := range keywords {
		if m.Kind == yaml.ScalarNode && k == "*" {
			return m.Value
		}
		if m.Kind == yaml.MappingNode {
			if id, _ := child(m, k); id != nil {
				return id.Value
			}
		}
	}
	return ""
}
