package document

import "github.com/pb33f/go-yaml"

// A Node is a value of a document: a third of the size of the YAML reader's nodes,
// because a large document has half a million.
type Node struct {
	Value   string  // of a scalar, as written
	Content []*Node // of a mapping: names and values in turn; of a sequence: items
	Line    int     // first line
	Kind    NodeKind
	text    bool // the scalar is a string whatever it looks like: quoted, or tagged !!str
}

// A NodeKind says what a node is.
type NodeKind uint8

// The kinds of nodes.
const (
	Scalar NodeKind = iota + 1
	Sequence
	Mapping
)

const quoted = yaml.DoubleQuotedStyle | yaml.SingleQuotedStyle | yaml.LiteralStyle | yaml.FoldedStyle

// fromYAML copies a node without its children.
func fromYAML(n *yaml.Node) *Node {
	m := &Node{Line: n.Line, Kind: Scalar}
	switch n.Kind {
	case yaml.MappingNode:
		m.Kind = Mapping
	case yaml.SequenceNode:
		m.Kind = Sequence
	default:
		m.Value = n.Value
		m.text = n.Style&quoted != 0 || n.Tag == "!!str" && n.Style&yaml.TaggedStyle != 0
	}
	return m
}

// YAML returns the node and its descendants as nodes of the YAML package, for libraries
// that need those, and records their origins in from.
func (n *Node) YAML(from map[*yaml.Node]*Node) *yaml.Node {
	m := &yaml.Node{Line: n.Line}
	from[m] = n
	switch n.Kind {
	case Mapping:
		m.Kind, m.Tag = yaml.MappingNode, "!!map"
	case Sequence:
		m.Kind, m.Tag = yaml.SequenceNode, "!!seq"
	default:
		m.Kind, m.Value = yaml.ScalarNode, n.Value
		switch v, ok := Value(n); v.(type) {
		case nil:
			m.Tag = "!!null"
		case bool:
			m.Tag = "!!bool"
		case string:
			m.Tag = "!!str"
			if n.text || !ok {
				m.Style = yaml.DoubleQuotedStyle
			}
		default:
			m.Tag = "!!float"
			if coreInt.MatchString(n.Value) {
				m.Tag = "!!int"
			}
		}
	}
	for _, c := range n.Content {
		m.Content = append(m.Content, c.YAML(from))
	}
	return m
}
