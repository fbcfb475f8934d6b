package spec

import (
	"encoding/json"
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"github.com/pb33f/jsonpath/pkg/jsonpath"
	"go.yaml.in/yaml/v4"
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

// A step is a node on the way from the root to a place, with the line on which
// it is named.
type step struct {
	key  string
	line int
	node *yaml.Node
}

// walk follows a JSON pointer from node and returns the steps, as far as it
// leads; ok says whether it led to the end. It does not follow $ref.
func walk(node *yaml.Node, pointer string) (steps []step, ok bool) {
	steps = append(steps, step{line: node.Line, node: node})
	for _, key := range tokens(pointer) {
		next, line := child(node, key)
		if next == nil {
			return steps, false
		}
		node = next
		steps = append(steps, step{key: key, line: line, node: node})
	}
	return steps, true
}

// child returns a member or item of a node and the line on which it starts.
func child(node *yaml.Node, key string) (*yaml.Node, int) {
	if node.Kind == yaml.AliasNode {
		node = node.Alias
	}
	switch node.Kind {
	case yaml.MappingNode:
		for i := 0; i+1 < len(node.Content); i += 2 {
			if node.Content[i].Value == key {
				return node.Content[i+1], node.Content[i].Line
			}
		}
	case yaml.SequenceNode:
		var i int
		if _, err := fmt.Sscanf(key, "%d", &i); err == nil && i >= 0 && i < len(node.Content) {
			return node.Content[i], node.Content[i].Line
		}
	}
	return nil, 0
}

// resolve follows the pointer and every $ref on its way, and returns the
// pointer of the node that it ends at, without references. ok is false when it
// leads nowhere, or in a circle.
func (d *document) resolve(pointer string) (canonical string, node *yaml.Node, ok bool) {
	at, node := "", d.root
	hops := 0
	follow := func() bool {
		for {
			ref, _ := child(node, "$ref")
			if ref == nil || ref.Kind != yaml.ScalarNode {
				return true
			}
			target, isLocal := strings.CutPrefix(ref.Value, "#")
			if hops++; !isLocal || hops > 64 {
				return false
			}
			if unescaped, err := url.PathUnescape(target); err == nil {
				target = unescaped
			}
			steps, found := walk(d.root, target)
			if !found {
				// the reference itself may lead through another reference
				var ok bool
				at, node, ok = d.resolve(target)
				if !ok {
					return false
				}
				continue
			}
			at, node = target, steps[len(steps)-1].node
		}
	}
	for _, key := range tokens(pointer) {
		if !follow() {
			return "", nil, false
		}
		next, _ := child(node, key)
		if next == nil {
			return "", nil, false
		}
		at, node = at+"/"+escapeToken(key), next
	}
	if !follow() {
		return "", nil, false
	}
	return at, node, true
}

// query returns the pointers of the nodes that a JSONPath selects.
func (d *document) query(path string) ([]string, error) {
	p, err := jsonpath.NewPath(path)
	if err != nil {
		return nil, err
	}
	selected := map[*yaml.Node]bool{}
	for _, n := range p.Query(d.root) {
		selected[n] = true
	}
	var pointers []string
	var visit func(n *yaml.Node, at string)
	visit = func(n *yaml.Node, at string) {
		if selected[n] {
			pointers = append(pointers, at)
		}
		switch n.Kind {
		case yaml.MappingNode:
			for i := 0; i+1 < len(n.Content); i += 2 {
				visit(n.Content[i+1], at+"/"+escapeToken(n.Content[i].Value))
			}
		case yaml.SequenceNode:
			for i, c := range n.Content {
				visit(c, fmt.Sprintf("%s/%d", at, i))
			}
		}
	}
	visit(d.root, "")
	return pointers, nil
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

// tokens splits a JSON pointer (RFC 6901) into its unescaped tokens.
func tokens(pointer string) []string {
	if pointer == "" {
		return nil
	}
	parts := strings.Split(strings.TrimPrefix(pointer, "/"), "/")
	for i, p := range parts {
		parts[i] = strings.ReplaceAll(strings.ReplaceAll(p, "~1", "/"), "~0", "~")
	}
	return parts
}

func escapeToken(t string) string {
	return strings.ReplaceAll(strings.ReplaceAll(t, "~", "~0"), "/", "~1")
}

// pointerOf joins tokens to a JSON pointer.
func pointerOf(tokens []string) string {
	var b strings.Builder
	for _, t := range tokens {
		b.WriteByte('/')
		b.WriteString(escapeToken(t))
	}
	return b.String()
}

// checkReferences reports a $ref that leads nowhere, or out of the document.
func (d *document) checkReferences() error {
	var visit func(n *yaml.Node, data bool) error
	visit = func(n *yaml.Node, data bool) error {
		for i, c := range n.Content {
			if n.Kind == yaml.MappingNode && i%2 == 0 {
				continue
			}
			inside := data
			if n.Kind == yaml.MappingNode {
				key := n.Content[i-1].Value
				if key == "$ref" && c.Kind == yaml.ScalarNode && !data {
					target, local := strings.CutPrefix(c.Value, "#")
					if !local {
						return fmt.Errorf("%s:%d: reference %s leads out of the document: put what it names into it", d.name, c.Line, c.Value)
					}
					if unescaped, err := url.PathUnescape(target); err == nil {
						target = unescaped
					}
					if _, _, ok := d.resolve(target); !ok {
						return fmt.Errorf("%s:%d: reference %s leads nowhere", d.name, c.Line, c.Value)
					}
				}
				inside = data || key == "value" || key == "example" // what is shown there is data
			}
			if err := visit(c, inside); err != nil {
				return err
			}
		}
		return nil
	}
	return visit(d.root, false)
}
