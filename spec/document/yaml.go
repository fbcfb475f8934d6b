package document

import (
	"errors"
	"fmt"
	"slices"

	"github.com/pb33f/go-yaml"
)

const (
	maxDepth = 1000
	// maxNodes bounds the expansion of aliases: a few lines of YAML can stand for
	// billions of values. The largest public document has half a million.
	maxNodes = 20_000_000
)

func parseYAML(text []byte) (*Node, error) {
	n, err := ReadYAML(text)
	if err != nil {
		return nil, err
	}
	if n.Kind != yaml.DocumentNode || len(n.Content) != 1 {
		return nil, errors.New("no content")
	}
	e := &expander{done: map[*yaml.Node]*Node{}, size: map[*Node]int{}, open: map[*yaml.Node]bool{}}
	return e.expand(n.Content[0], 0)
}

// An expander replaces aliases and merge keys by their content. What is used twice is
// shared, so it costs nothing.
type expander struct {
	done map[*yaml.Node]*Node // nodes with an anchor: only these can recur
	size map[*Node]int        // of those in done: number of nodes below, itself included
	open map[*yaml.Node]bool
	all  int // nodes that a walk over the expanded tree meets
}

func (e *expander) expand(n *yaml.Node, depth int) (*Node, error) {
	if n.Kind == yaml.AliasNode {
		n = n.Alias
	}
	if m, ok := e.done[n]; ok {
		e.all += e.size[m]
		return m, e.bound(n)
	}
	if e.open[n] || depth > maxDepth {
		return nil, &lineError{n.Line, fmt.Sprintf("more than %d levels, or an alias inside itself", maxDepth)}
	}
	before := e.all
	e.all++
	m := fromYAML(n)
	if m.Kind == Scalar {
		if _, ok := Value(m); !ok {
			return nil, &lineError{n.Line, fmt.Sprintf("%s is no value of JSON, which OpenAPI documents are limited to: write a number or text", n.Value)}
		}
	}
	if n.Anchor != "" {
		e.open[n] = true
		defer delete(e.open, n)
	}
	if len(n.Content) > 0 {
		m.Content = make([]*Node, len(n.Content))
	}
	for i, c := range n.Content {
		if m.Kind == Mapping && i%2 == 0 && c.Kind != yaml.ScalarNode && (c.Kind != yaml.AliasNode || c.Alias.Kind != yaml.ScalarNode) {
			return nil, &lineError{c.Line, "the name of a member has to be text"}
		}
		child, err := e.expand(c, depth+1)
		if err != nil {
			return nil, err
		}
		m.Content[i] = child
	}
	if m.Kind == Mapping {
		m.Content = merged(m.Content)
	}
	if n.Anchor != "" {
		e.done[n], e.size[m] = m, e.all-before
	}
	return m, e.bound(n)
}

func (e *expander) bound(n *yaml.Node) error {
	if e.all > maxNodes {
		return &lineError{n.Line, fmt.Sprintf("aliases stand for more than %d values", maxNodes)}
	}
	return nil
}

// merged replaces each merge key (<<) of a mapping by the members of the mapping, or list
// of mappings, that it names; own members win, then those of the mapping named first.
func merged(content []*Node) []*Node {
	if !slices.ContainsFunc(content, isMerge) {
		return content
	}
	names := map[string]bool{}
	var own, from []*Node
	for i := 0; i+1 < len(content); i += 2 {
		switch key, value := content[i], content[i+1]; {
		case !isMerge(key) || value.Kind == Scalar:
			own, names[key.Value] = append(own, key, value), true
		case value.Kind == Sequence:
			from = append(from, value.Content...)
		default:
			from = append(from, value)
		}
	}
	for _, m := range from {
		for i := 0; m.Kind == Mapping && i+1 < len(m.Content); i += 2 {
			if key := m.Content[i]; !names[key.Value] {
				own, names[key.Value] = append(own, key, m.Content[i+1]), true
			}
		}
	}
	return own
}

func isMerge(key *Node) bool {
	return key.Kind == Scalar && key.Value == "<<" && !key.text
}
