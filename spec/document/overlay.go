package document

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/theory/jsonpath"
)

// An Overlay is a document with OpenAPI Overlays applied to it.
type Overlay struct {
	Sources []*Document // the overlays as written, in their order
	Merged  *Document   // the document with the overlays

	// Replaces says that an overlay removed or changed something: what meets the merged
	// document need not meet the document.
	Replaces bool

	added map[*Node]string // the nodes of Merged that an overlay wrote -> name of the overlay
}

// NewOverlay returns an Overlay that starts with a copy of the document.
func NewOverlay(base *Document) *Overlay {
	return &Overlay{Merged: &Document{Name: base.Name, Root: copied(base.Root, nil, ""), files: base.files, parts: base.parts}, added: map[*Node]string{}}
}

// Apply applies the actions of an overlay in their order, as the Overlay Specification
// defines (1.0 and 1.1: update, remove, copy). An action that selects nothing changes
// nothing, which is a problem of the document: a rule may be missing. An update of one
// address that is not there is an error: it would be lost.
func (o *Overlay) Apply(name string, text []byte) error {
	doc, err := Parse(name, text)
	if err != nil {
		return err
	}
	if version, line := Child(doc.Root, "overlay"); version != nil && !strings.HasPrefix(version.Value, "1.") {
		return fmt.Errorf("%s:%d: overlay is %q: give an OpenAPI Overlay 1.0 or 1.1 document", name, line, version.Value)
	}
	doc.duplicates(doc.Root, nil)
	for _, p := range doc.Problems {
		return fmt.Errorf("%s:%d: %s: write each name once", name, p.Line, p.Text)
	}
	actions, line := Child(doc.Root, "actions")
	if actions == nil || actions.Kind != Sequence {
		return fmt.Errorf("%s has no actions: give an OpenAPI Overlay 1.0 document", name)
	}
	if len(actions.Content) == 0 {
		return fmt.Errorf("%s:%d: actions is empty: an OpenAPI Overlay has at least one", name, line)
	}
	base := o.Merged.Name
	m := &merger{Overlay: o, doc: doc, concatenates: !strings.HasPrefix(Text(doc.Root, "overlay"), "1.0"), values: Plain(o.Merged.Root)}
	for _, a := range actions.Content {
		if err := m.action(a, base); err != nil {
			return err
		}
	}
	o.Sources = append(o.Sources, doc)
	o.Merged.Name = base + " with " + name
	o.Merged.index = map[*Node]map[string]int32{}
	o.Merged.indexMembers(o.Merged.Root, map[*Node]bool{})
	return nil
}

// A merger applies actions to a tree of nodes. JSONPath queries run on the same tree as
// plain values, which is kept up to date.
type merger struct {
	*Overlay
	doc          *Document
	values       any
	concatenates bool // an array that updates an array is concatenated, not appended as one item
}

func (m *merger) action(a *Node, base string) error {
	target, _ := Child(a, "target")
	if target == nil {
		return m.errorAt(a, "an action needs a target")
	}
	pointers, single, err := m.query(target.Value)
	if err != nil {
		return m.errorAt(target, "target %s is not a JSONPath: %w", target.Value, oneLine(err))
	}
	removes := Text(a, "remove") == "true"
	if len(pointers) == 0 && single && !removes {
		return m.errorAt(target, "target %s matches nothing in %s", target.Value, base)
	}
	if len(pointers) == 0 {
		m.Merged.Report(Problem{ID: "DOC-OVERLAY-001", File: m.doc.Name, Line: target.Line, Text: fmt.Sprintf("target %s selects nothing in %s: the action changes nothing", target.Value, base)})
	}
	if removes {
		for _, p := range slices.Backward(pointers) { // later items first, so that indexes stay valid
			if err := m.remove(p); err != nil {
				return m.errorAt(target, "target %s: %w", target.Value, err)
			}
		}
		return nil
	}
	update, err := m.update(a)
	if err != nil {
		return err
	}
	for _, p := range pointers {
		steps, _ := Walk(m.Merged.Root, p)
		if err := m.merge(steps[len(steps)-1].Node, copied(update, m.added, m.doc.Name), true); err != nil {
			return m.errorAt(update, "target %s, at #%s: %w", target.Value, p, err)
		}
		m.refresh(p)
	}
	return nil
}

// update returns what an action merges: its update, or the node that its copy names.
func (m *merger) update(a *Node) (*Node, error) {
	update, _ := Child(a, "update")
	source, _ := Child(a, "copy")
	switch {
	case update != nil:
		return update, nil
	case source == nil:
		return nil, m.errorAt(a, "an action needs update, remove or copy")
	}
	pointers, _, err := m.query(source.Value)
	if err != nil {
		return nil, m.errorAt(source, "copy %s is not a JSONPath: %w", source.Value, oneLine(err))
	}
	if len(pointers) != 1 {
		return nil, m.errorAt(source, "copy %s selects %d nodes, want one", source.Value, len(pointers))
	}
	return m.at(pointers[0]), nil
}

func (m *merger) errorAt(n *Node, format string, args ...any) error {
	return fmt.Errorf("%s:%d: %w", m.doc.Name, n.Line, fmt.Errorf(format, args...))
}

// query returns the pointers of the nodes that a JSONPath selects, in document order,
// each once, and whether it can select one at most.
func (m *merger) query(path string) (pointers []string, single bool, err error) {
	p, err := jsonpath.Parse(path)
	if err != nil {
		return nil, false, err
	}
	located := p.SelectLocated(m.values)
	located.Sort()
	for _, n := range located.Deduplicate() {
		pointers = append(pointers, n.Path.Pointer())
	}
	return pointers, p.Query().Singular() != nil, nil
}

func (m *merger) at(pointer string) *Node {
	steps, _ := Walk(m.Merged.Root, pointer)
	return steps[len(steps)-1].Node
}

// refresh updates the plain value at a pointer from its node.
func (m *merger) refresh(pointer string) {
	value := Plain(m.at(pointer))
	if pointer == "" {
		m.values = value
		return
	}
	path := Tokens(pointer)
	parent := m.values
	for _, t := range path[:len(path)-1] {
		switch v := parent.(type) {
		case map[string]any:
			parent = v[t]
		case []any:
			i, _ := strconv.Atoi(t)
			parent = v[i]
		}
	}
	switch v := parent.(type) {
	case map[string]any:
		v[path[len(path)-1]] = value
	case []any:
		i, _ := strconv.Atoi(path[len(path)-1])
		v[i] = value
	}
}

// remove removes the node at a pointer from the mapping or sequence that holds it.
func (m *merger) remove(pointer string) error {
	i := strings.LastIndex(pointer, "/")
	if i < 0 {
		return errors.New("the whole document cannot be removed")
	}
	parent, last := pointer[:i], Tokens(pointer[i:])[0]
	holder := m.at(parent)
	for i := 0; holder.Kind == Mapping && i+1 < len(holder.Content); i += 2 {
		if holder.Content[i].Value == last {
			holder.Content = slices.Delete(holder.Content, i, i+2)
			break
		}
	}
	if i, err := strconv.Atoi(last); holder.Kind == Sequence && err == nil && i < len(holder.Content) {
		holder.Content = slices.Delete(holder.Content, i, i+1)
	}
	m.Replaces = true
	m.refresh(parent)
	return nil
}

// Locate returns the file and the line of the overlay that wrote the node at a pointer of
// the merged document, or one of its items; the line is 0 if none did.
func (o *Overlay) Locate(pointer string) (file string, line int) {
	if o == nil {
		return "", 0
	}
	steps, _ := Walk(o.Merged.Root, pointer)
	last := steps[len(steps)-1]
	if name, ok := o.added[last.Node]; ok {
		return name, last.Line
	}
	if last.Node.Kind == Sequence {
		for _, item := range last.Node.Content {
			if name, ok := o.added[item]; ok {
				return name, item.Line
			}
		}
	}
	return "", 0
}
