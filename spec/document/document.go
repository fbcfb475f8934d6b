package document

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// A Document is an OpenAPI document, or another file in YAML or JSON, as a tree of nodes
// with line numbers.
type Document struct {
	Name     string // as shown in findings: "openapi.yaml"
	Root     *Node
	Problems []Problem // its faults, in line order

	files  []file                     // referenced files, see Load
	parts  []part                     // the parts of them that are used
	unread map[*Node]bool             // references to files that cannot be read
	index  map[*Node]map[string]int32 // positions of the members of large mappings
}

// A Problem is a fault of a document. It disables the keyword, the reference or the
// operation that it concerns, and nothing else.
type Problem struct {
	ID      string // "DOC-REF-001"
	File    string
	Line    int
	Pointer string // JSON Pointer of the location
	Text    string // what was found and what to do, one line
}

// Parse reads a JSON or YAML text whose root is a mapping. The error names the file and,
// if known, the line.
func Parse(name string, text []byte) (*Document, error) {
	text = bytes.TrimPrefix(text, []byte("\xef\xbb\xbf"))
	if Markup(text) {
		return nil, fmt.Errorf("%s is HTML or XML, perhaps the page of a log-in or an error: give an OpenAPI document", name)
	}
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
	d := &Document{Name: name, Root: root, index: map[*Node]map[string]int32{}, unread: map[*Node]bool{}}
	d.indexMembers(root, map[*Node]bool{})
	return d, nil
}

// A lineError is an error at a line.
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
		// A flow mapping of YAML may start like JSON; one that starts with a quoted name
		// is JSON with a syntax error, which YAML would misread.
		if inside := bytes.TrimLeft(bytes.TrimLeft(text, " \t\r\n")[1:], " \t\r\n"); !bytes.HasPrefix(inside, []byte{'"'}) {
			if n, yamlErr := parseYAML(text); yamlErr == nil {
				return n, nil
			}
		}
	}
	return root, err
}

// oneLine returns the first line of an error that has many.
func oneLine(err error) error {
	first, rest, more := strings.Cut(strings.TrimSpace(err.Error()), "\n")
	if more && strings.TrimSpace(rest) != "" {
		return fmt.Errorf("%s (and %d more)", first, strings.Count(strings.TrimSpace(rest), "\n")+1)
	}
	return fmt.Errorf("%s", first)
}

// up to fewMembers members are searched linearly.
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

// Child returns the member of a mapping, or the item of a sequence, and the line on which
// it begins: that of the name. The node is nil if there is none.
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

// Text returns the text of a scalar member, "" if there is none.
func Text(n *Node, key string) string {
	if c, _ := Child(n, key); c != nil && c.Kind == Scalar {
		return c.Value
	}
	return ""
}

// Plain returns a node as JSON values: map[string]any, []any and those of [Value]. Of
// duplicate members the first counts.
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

// A Step is a node on the path from the root to a location, with the line on which it is
// named.
type Step struct {
	Key  string
	Line int
	Node *Node
}

// Walk follows a JSON Pointer without following references. It returns the steps from n
// on as far as they exist; ok reports whether the pointer was resolved.
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

// Line returns the file and the line of the location of a pointer, or of its last
// existing ancestor.
func (d *Document) Line(pointer string) (file string, line int) {
	steps, _ := d.Walk(d.Root, pointer)
	return d.FileOf(pointer), steps[len(steps)-1].Line
}
