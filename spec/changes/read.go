package changes

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strconv"

	"github.com/pb33f/go-yaml"
)

// A jsonReader builds nodes from JSON text.
type jsonReader struct {
	file    *file
	source  []byte
	decoder *json.Decoder
	offset  int // lines are counted up to here
	line    int
}

func (r *jsonReader) document() (*node, error) {
	token, err := r.token()
	if err != nil {
		return nil, err
	}
	n, err := r.node(token, 0)
	if err != nil {
		return nil, err
	}
	if _, err := r.decoder.Token(); err != io.EOF {
		return nil, fmt.Errorf("line %d: something follows the document", r.line)
	}
	return n, nil
}

func (r *jsonReader) token() (json.Token, error) {
	token, err := r.decoder.Token()
	if at := int(r.decoder.InputOffset()); at > r.offset {
		r.line += bytes.Count(r.source[r.offset:at], []byte("\n"))
		r.offset = at
	}
	return token, err
}

func (r *jsonReader) node(token json.Token, depth int) (*node, error) {
	n := &node{file: r.file, line: r.line}
	if depth > maxDepth {
		return nil, fmt.Errorf("line %d: more than %d levels", r.line, maxDepth)
	}
	switch v := token.(type) {
	case bool:
		n.kind, n.text = boolean, strconv.FormatBool(v)
	case json.Number:
		n.kind, n.text = number, v.String()
	case string:
		n.kind, n.text = text, v
	case json.Delim:
		n.kind = list
		if v == '{' {
			n.kind = object
		}
		return n, r.fill(n, depth)
	}
	return n, nil
}

func (r *jsonReader) fill(n *node, depth int) error {
	for {
		token, err := r.token()
		if err != nil {
			return err
		}
		if d, is := token.(json.Delim); is && (d == '}' || d == ']') {
			return nil
		}
		key, line := strconv.Itoa(len(n.kids)), r.line
		if n.kind == object {
			key = token.(string)
			if token, err = r.token(); err != nil {
				return err
			}
		}
		kid, err := r.node(token, depth+1)
		if err != nil {
			return err
		}
		kid.key, kid.parent, kid.line = key, n, line
		n.put(key, kid)
	}
}

// put adds or replaces a member: the last duplicate counts.
func (n *node) put(key string, kid *node) {
	if n.kind == list {
		n.kids = append(n.kids, kid)
		return
	}
	if n.get(key) == nil {
		n.add(key, kid)
		if n.index != nil {
			n.index[key] = kid
		}
		return
	}
	for i, k := range n.keys {
		if k == key {
			n.kids[i] = kid
		}
	}
	n.index = nil
}

// A yamlReader builds nodes from a YAML tree: aliases become their anchors, and merge
// keys are expanded.
type yamlReader struct {
	file   *file
	shared map[*yaml.Node]*node // anchored nodes, nil while they are being read
}

func (r *yamlReader) node(y *yaml.Node, depth int) (*node, error) {
	if depth > maxDepth {
		return nil, fmt.Errorf("line %d: more than %d levels", y.Line, maxDepth)
	}
	if y.Kind == yaml.AliasNode {
		n, known := r.shared[y.Alias]
		if known && n == nil {
			return nil, fmt.Errorf("line %d: an alias inside itself", y.Line)
		}
		if known {
			return n, nil
		}
		return r.node(y.Alias, depth+1)
	}
	if y.Anchor != "" {
		r.shared[y] = nil
	}
	n := &node{file: r.file, line: y.Line}
	if err := r.fill(n, y, depth); err != nil {
		return nil, err
	}
	if y.Anchor != "" {
		r.shared[y] = n
	}
	return n, nil
}

func (r *yamlReader) fill(n *node, y *yaml.Node, depth int) error {
	switch y.Kind {
	case yaml.MappingNode:
		n.kind = object
		return r.members(n, y, depth)
	case yaml.SequenceNode:
		n.kind = list
		for i, c := range y.Content {
			kid, err := r.node(c, depth+1)
			if err != nil {
				return err
			}
			n.kids = append(n.kids, adopt(kid, n, strconv.Itoa(i), c.Line))
		}
	default:
		n.scalar(y)
	}
	return nil
}

func (r *yamlReader) members(n *node, y *yaml.Node, depth int) error {
	var merged []*node
	for i := 0; i+1 < len(y.Content); i += 2 {
		key := y.Content[i]
		kid, err := r.node(y.Content[i+1], depth+1)
		if err != nil {
			return err
		}
		if key.ShortTag() == "!!merge" {
			merged = append(merged, kid)
			if kid.kind == list {
				merged = append(merged, kid.kids...)
			}
			continue
		}
		n.put(key.Value, adopt(kid, n, key.Value, key.Line))
	}
	for _, m := range merged {
		for i, key := range m.keys {
			if n.get(key) == nil {
				n.put(key, m.kids[i])
			}
		}
	}
	return nil
}

// adopt sets the parent of a node; one that an alias repeats keeps its own.
func adopt(kid, parent *node, key string, line int) *node {
	if kid.parent == nil {
		kid.parent, kid.key, kid.line = parent, key, line
	}
	return kid
}

func (n *node) scalar(y *yaml.Node) {
	n.kind, n.text = text, y.Value
	switch y.ShortTag() {
	case "!!null":
		n.kind, n.text = null, ""
	case "!!bool":
		var v bool
		if y.Decode(&v) == nil {
			n.kind, n.text = boolean, strconv.FormatBool(v)
		}
	case "!!int", "!!float":
		n.kind = number
		if rational(y.Value) != nil {
			return
		}
		var v any // 0x1F, 1_000
		if y.Decode(&v) == nil {
			if r := rational(fmt.Sprint(v)); r != nil {
				n.text = fmt.Sprint(v)
			}
		}
	}
}
