package spec

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/pb33f/go-yaml"
	"github.com/theory/jsonpath"
)

// An overlay is an OpenAPI Overlay as written, and what it has changed in the
// document that it was applied to.
type overlay struct {
	doc    *document
	merged *document
	added  map[*yaml.Node]bool // the nodes of merged that it wrote

	// replaces says that something of the document is gone or has another value:
	// what meets the merged document need not meet the document.
	replaces bool
}

// applyOverlay applies the actions of an overlay in their order to a copy of the
// document, as the Overlay Specification says (1.0 and 1.1: update, remove, copy). An
// action that matches nothing is an error here, because a rule would silently be
// missing.
func applyOverlay(base *document, name string, text []byte) (*overlay, error) {
	doc, err := parseDocument(name, yamlText(text))
	if err != nil {
		return nil, err
	}
	actions, line := child(doc.root, "actions")
	if actions == nil || actions.Kind != yaml.SequenceNode {
		return nil, fmt.Errorf("%s has no actions: give an OpenAPI Overlay 1.0 document", name)
	}
	if len(actions.Content) == 0 {
		return nil, fmt.Errorf("%s:%d: actions is empty: an OpenAPI Overlay has at least one", name, line)
	}
	if _, err := plain(doc.root, 0); err != nil {
		return nil, fmt.Errorf("%s:%w", name, err)
	}
	o := &overlay{
		doc:    doc,
		merged: &document{name: base.name + " with " + name, root: copied(base.root, nil)},
		added:  map[*yaml.Node]bool{},
	}
	m := &merger{overlay: o, concatenates: !strings.HasPrefix(scalar(doc.root, "overlay"), "1.0")}
	if m.values, err = plain(o.merged.root, 0); err != nil {
		return nil, fmt.Errorf("%s:%w", base.name, err)
	}
	for _, a := range actions.Content {
		if err := m.action(a, base.name); err != nil {
			return nil, err
		}
	}
	return o, nil
}

// A merger applies actions to a tree of nodes. JSONPath is asked of the same tree as
// plain values, which is kept up to date.
type merger struct {
	*overlay
	values       any
	concatenates bool // an array that updates an array is concatenated, not appended as one item
}

func (m *merger) action(a *yaml.Node, base string) error {
	target, _ := child(a, "target")
	if target == nil {
		return m.errorAt(a, "an action needs a target")
	}
	pointers, err := m.query(target.Value)
	if err != nil {
		return m.errorAt(target, "target %s is not a JSONPath: %w", target.Value, oneLine(err))
	}
	if len(pointers) == 0 {
		return m.errorAt(target, "target %s matches nothing in %s", target.Value, base)
	}
	if scalar(a, "remove") == "true" {
		for _, p := range slices.Backward(pointers) { // an item goes before those in front of it
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
		steps, _ := walk(m.merged.root, p)
		if err := m.merge(steps[len(steps)-1].node, copied(update, m.added), true); err != nil {
			return m.errorAt(update, "target %s, at #%s: %w", target.Value, p, err)
		}
		if err := m.refresh(p); err != nil {
			return m.errorAt(update, "target %s: %w", target.Value, err)
		}
	}
	return nil
}

// update is what an action merges: its update, or the node that its copy names.
func (m *merger) update(a *yaml.Node) (*yaml.Node, error) {
	update, _ := child(a, "update")
	source, _ := child(a, "copy")
	switch {
	case update != nil:
		return update, nil
	case source == nil:
		return nil, m.errorAt(a, "an action needs update, remove or copy")
	}
	pointers, err := m.query(source.Value)
	if err != nil {
		return nil, m.errorAt(source, "copy %s is not a JSONPath: %w", source.Value, oneLine(err))
	}
	if len(pointers) != 1 {
		return nil, m.errorAt(source, "copy %s selects %d nodes, want one", source.Value, len(pointers))
	}
	return m.merged.at(pointers[0]), nil
}

func (m *merger) errorAt(n *yaml.Node, format string, args ...any) error {
	return fmt.Errorf("%s:%d: %w", m.doc.name, n.Line, fmt.Errorf(format, args...))
}

// query lists the pointers of the nodes that a JSONPath selects, in the order of the
// document, each once.
func (m *merger) query(path string) ([]string, error) {
	p, err := jsonpath.Parse(path)
	if err != nil {
		return nil, err
	}
	located := p.SelectLocated(m.values)
	located.Sort()
	var pointers []string
	for _, n := range located.Deduplicate() {
		pointers = append(pointers, n.Path.Pointer())
	}
	return pointers, nil
}

// refresh reads the node at a pointer into the plain values again.
func (m *merger) refresh(pointer string) error {
	steps, _ := walk(m.merged.root, pointer)
	value, err := plain(steps[len(steps)-1].node, 0)
	if err != nil {
		return err
	}
	if pointer == "" {
		m.values = value
		return nil
	}
	parent, last, _ := cutLast(pointer)
	switch v := at(m.values, tokens(parent)).(type) {
	case map[string]any:
		v[last] = value
	case []any:
		if i, err := strconv.Atoi(last); err == nil && i < len(v) {
			v[i] = value
		}
	}
	return nil
}

// remove takes the node at a pointer out of the map or array that holds it.
func (m *merger) remove(pointer string) error {
	parent, last, ok := cutLast(pointer)
	if !ok {
		return errors.New("the whole document cannot be removed")
	}
	holder := m.merged.at(parent)
	for i := 0; holder.Kind == yaml.MappingNode && i+1 < len(holder.Content); i += 2 {
		if holder.Content[i].Value == last {
			holder.Content = slices.Delete(holder.Content, i, i+2)
			break
		}
	}
	if i, err := strconv.Atoi(last); holder.Kind == yaml.SequenceNode && err == nil && i < len(holder.Content) {
		holder.Content = slices.Delete(holder.Content, i, i+1)
	}
	m.replaces = true
	return m.refresh(parent)
}

// locate finds the line of the overlay that wrote the node at a pointer of the merged
// document, or an item of it; 0 when the overlay did not write it.
func (o *overlay) locate(pointer string) (line int) {
	steps, _ := walk(o.merged.root, pointer)
	last := steps[len(steps)-1]
	if o.added[last.node] {
		return last.line
	}
	if last.node.Kind == yaml.SequenceNode {
		for _, item := range last.node.Content {
			if o.added[item] {
				return item.Line
			}
		}
	}
	return 0
}
