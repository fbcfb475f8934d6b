package document

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// A Document is an OpenAPI document, or another file in YAML or JSON, as a tree
// of nodes that know their lines.
type Document struct {
	Name     string // as shown in findings: "openapi.yaml"
	Root     *Node
	Problems []Problem // what is wrong with it, in the order of its lines

	files []file                     // those that references led to, see Load
	parts []part                     // what of them is used
	index map[*Node]map[string]int32 // positions of the members of large mappings
}

// A Problem is something that is wrong with a document. It costs the keyword, the
// reference or the operation that it concerns, and never the rest.
type Problem struct {
	ID      string // "DOC-REF-001"
	File    string
	Line    int
	Pointer string // JSON Pointer to the place
	Text    string // what was found and what to do, one line
}

// Parse reads a text in JSON or YAML whose top is a mapping. The error names the
// file, and the line where there is one.
func Parse(name string, text []byte) (*Document, error) {
	text = bytes.TrimPrefix(text, []byte("\xef\xbb\xbf"))
	root, err := parse(text)
	var at *lineError
	switch {
	case errors.As(err, &at):
		return nil, fmt.Errorf("%s:%d: %s", name, at.line, at.text)
	case err != nil:
		return nil, fmt.Errorf("%s is neither YAML nor JSON: %w", name, oneLine(err))
	}
	if root.Kind != Mapping {
		return nil, fmt.Errorf("%s is not a mapping: give an OpenAPI document", name)
	}
	d := &Document{Name: name, Root: root, index: map[*Node]map[string]int32{}}
	d.indexMembers(root, map[*Node]bool{})
	return d, nil
}

// A lineError is what is wrong at a line.
type lineError struct {
	line int
	text string
}

func (e *lineError) Error() string { return fmt.Sprintf("line %d: %s", e.line, e.text) }

func parse(text []byte) (*Node, error) {
	if begin := bytes.TrimLeft(text, " \t\r\n"); len(begin) == 0 || begin[0] != '{' && begin[0] != '[' {
		return parseYAML(text)
	}
	root, err := parseJSON(text)
	if err != nil {
		// A flow mapping of YAML may begin like JSON; one that begins with a quoted
		// name is JSON with a mistake, which YAML would take for something else.
		if inside := bytes.TrimLeft(bytes.TrimLeft(text, " \t\r\n")[1:], " \t\r\n"); !bytes.HasPrefix(inside, []byte{'"'}) {
			if n, yamlErr := parseYAML(text); yamlErr == nil {
				return n, nil
			}
		}
	}
	return root, err
}

// oneLine keeps the first line of an error that lists many.
func oneLine(err error) error {
	first, rest, more := strings.Cut(strings.TrimSpace(err.Error()), "\n")
	if more && strings.TrimSpace(rest) != "" {
		return fmt.Errorf("%s (and %d more)", first, strings.Count(strings.TrimSpace(rest), "\n")+1)
	}
	return fmt.Errorf("%s", first)
}

// fewMembers are found by looking at each.
const fewMembers = 12

func (d *Document) indexMembers(n *Node, seen map[*Node]bool) {
	if len(n.Content) == 0 || seen[n] {
		return
	}
	seen[n] = true
	if n.Kind == Mapping && len(n.Content) > 2*fewMembers {
		m := make(map[string]int32, len(n.Content)/2)
		for i := len(n.Content) - 2; i >= 0; i -= 2 {
			m[n.Content[i].Value] = int32(i)
		}
		d.index[n] = m
	}
	for _, c := range n.Content {
		d.indexMembers(c, seen)
	}
}

// Child returns the member of a mapping, or the item of a sequence, and the line
// on which it begins: that of the name. The node is nil when there is none.
func (d *Document) Child(n *Node, key string) (*Node, int) {
	if m := d.index[n]; m != nil {
		if i, ok := m[key]; ok {
			return n.Content[i+1], n.Content[i].Line
		}
		return nil, 0
	}
	return Child(n, key)
}

// Child is [Document.Child] for a node of any tree.
func Child(n *Node, key string) (*Node, int) {
	if n == nil {
		return nil, 0
	}
	switch n.Kind {
	case Mapping:
		for i := 0; i+1 < len(n.Content); i += 2 {
			if n.Content[i].Value == key {
				return n.Content[i+1], n.Content[i].Line
			}
		}
	case Sequence:
		if i, err := strconv.Atoi(key); err == nil && i >= 0 && i < len(n.Content) && strconv.Itoa(i) == key {
			return n.Content[i], n.Content[i].Line
		}
	}
	return nil, 0
}

// Text returns the text of a scalar member, "" when there is none.
func Text(n *Node, key string) string {
	if c, _ := Child(n, key); c != nil && c.Kind == Scalar {
		return c.Value
	}
	return ""
}

// Plain returns what a node stands for as values of JSON: map[string]any, []any
// and those of [Value]. Of a member that stands twice the first counts.
func Plain(n *Node) any {
	switch n.Kind {
	case Mapping:
		m := make(map[string]any, len(n.Content)/2)
		for i := 0; i+1 < len(n.Content); i += 2 {
			if _, twice := m[n.Content[i].Value]; !twice {
				m[n.Content[i].Value] = Plain(n.Content[i+1])
			}
		}
		return m
	case Sequence:
		list := make([]any, len(n.Content))
		for i, c := range n.Content {
			list[i] = Plain(c)
		}
		return list
	}
	v, _ := Value(n)
	return v
}

// A Step is a node on the way from the root to a place, with the line on which
// it is named.
type Step struct {
	Key  string
	Line int
	Node *Node
}

// Walk follows a JSON Pointer and returns the steps, that of the node itself
// first, as far as it leads; ok says whether it led to the end. It does not
// follow references.
func (d *Document) Walk(n *Node, pointer string) (steps []Step, ok bool) {
	return walk(n, pointer, d.Child)
}

// Walk is [Document.Walk] for a node of any tree.
func Walk(n *Node, pointer string) (steps []Step, ok bool) { return walk(n, pointer, Child) }

func walk(n *Node, pointer string, child func(*Node, string) (*Node, int)) (steps []Step, ok bool) {
	steps = append(steps, Step{Line: n.Line, Node: n})
	for _, key := range Tokens(pointer) {
		next, line := child(n, key)
		if next == nil {
			return steps, false
		}
		n = next
		steps = append(steps, Step{Key: key, Line: line, Node: n})
	}
	return steps, true
}

// Line returns the file and the line of the place that a pointer leads to, or of
// the last place on the way to it.
func (d *Document) Line(pointer string) (file string, line int) {
	steps, _ := d.Walk(d.Root, pointer)
	return d.FileOf(pointer), steps[len(steps)-1].Line
}
