package spec

import (
	"slices"
	"strconv"
	"strings"

	"github.com/hostup/api-conformance/spec/document"
)

// RequirementsOf returns the requirements that the document and the overlay attach to the
// bodies and headers of an operation's responses (x-requirement and x-recommendation),
// sorted: those of successes, or those of errors. Specs are generated from it, so marks
// in the document are tested without further code.
func (c *Contract) RequirementsOf(o *Operation, success bool) []string {
	if !c.marked() {
		return nil // saves a walk through the document for each operation
	}
	found := map[string]bool{}
	for _, status := range o.Statuses {
		if strings.HasPrefix(status, "2") != success {
			continue
		}
		at := "/paths/" + escapeToken(o.Path) + "/" + strings.ToLower(o.Method) + "/responses/" + status
		m := &marks{d: c.merged, found: found, seen: map[*document.Node]bool{}}
		m.visit(at)
	}
	var ids []string
	for id := range found {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return ids
}

// hasMarks reports whether a tree contains such marks.
func hasMarks(n *document.Node) bool {
	for i, c := range n.Content {
		if n.Kind == document.Mapping && i%2 == 0 {
			if c.Value == "x-requirement" || c.Value == "x-recommendation" {
				return true
			}
			continue
		}
		if hasMarks(c) {
			return true
		}
	}
	return false
}

type marks struct {
	d     *document.Document
	found map[string]bool
	seen  map[*document.Node]bool
}

func (m *marks) visit(pointer string) {
	at, node, ok := m.d.Resolve(pointer)
	if !ok || m.seen[node] {
		return
	}
	m.seen[node] = true
	for i := 0; node.Kind == document.Mapping && i+1 < len(node.Content); i += 2 {
		key, value := node.Content[i].Value, node.Content[i+1]
		switch {
		case key == "x-requirement" || key == "x-recommendation":
			m.add(value)
		case key == "example" || key == "examples":
		default:
			m.visit(at + "/" + escapeToken(key))
		}
	}
	if node.Kind == document.Sequence {
		for i := range node.Content {
			m.visit(at + "/" + strconv.Itoa(i))
		}
	}
}

func (m *marks) add(n *document.Node) {
	switch n.Kind {
	case document.Scalar:
		m.found[n.Value] = true
	case document.Mapping:
		for i := 1; i < len(n.Content); i += 2 {
			m.found[n.Content[i].Value] = true
		}
	}
}
