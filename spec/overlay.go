package spec

import (
	"fmt"

	"github.com/pb33f/libopenapi"

	"github.com/hostup/api-conformance/spec/document"
)

// An overlay is an OpenAPI Overlay as written, and where its updates land in the
// document that it is applied to.
type overlay struct {
	doc     *document.Document
	updates []landing
}

// A landing is one place of the base document that an action updates.
type landing struct {
	pointer string // in the base document
	update  *document.Node
	line    int
}

// applyOverlay applies an overlay and returns the merged document. An overlay
// here may only add: an action that removes something, or that matches nothing,
// is an error, because a rule would silently be gone.
func applyOverlay(base *document.Document, baseText []byte, name string, text []byte) (*overlay, *document.Document, error) {
	doc, err := document.Parse(name, text)
	if err != nil {
		return nil, nil, err
	}
	o := &overlay{doc: doc}
	actions, _ := child(doc.Root, "actions")
	if actions == nil || actions.Kind != document.Sequence || len(actions.Content) == 0 {
		return nil, nil, fmt.Errorf("%s has no actions: give an OpenAPI Overlay 1.0 document", name)
	}
	for _, a := range actions.Content {
		target, _ := child(a, "target")
		update, line := child(a, "update")
		if target == nil || update == nil {
			return nil, nil, fmt.Errorf("%s:%d: an action needs target and update; removing is not supported here", name, a.Line)
		}
		pointers, err := selected(base, target.Value)
		if err != nil {
			return nil, nil, fmt.Errorf("%s:%d: target %s is not a JSONPath: %w", name, target.Line, target.Value, oneLine(err))
		}
		if len(pointers) == 0 {
			return nil, nil, fmt.Errorf("%s:%d: target %s matches nothing in %s", name, target.Line, target.Value, base.Name)
		}
		for _, p := range pointers {
			o.updates = append(o.updates, landing{pointer: p, update: update, line: line})
		}
	}
	result, err := libopenapi.ApplyOverlayFromBytesToSpecBytes(baseText, text)
	if err != nil {
		return nil, nil, fmt.Errorf("%s cannot be applied to %s: %w", name, base.Name, err)
	}
	for _, w := range result.Warnings {
		return nil, nil, fmt.Errorf("%s: %s", name, w)
	}
	merged, err := document.Parse(base.Name+" with "+name, result.Bytes)
	if err != nil {
		return nil, nil, err
	}
	return o, merged, nil
}

// locate finds the place of the overlay that wrote the node at a pointer of the
// merged document, and its line; 0 when the overlay did not write it.
func (o *overlay) locate(pointer string) (steps []document.Step, line int) {
	at := tokens(pointer)
	best := -1
	for _, l := range o.updates {
		prefix := tokens(l.pointer)
		if len(prefix) > len(at) || !equalTokens(prefix, at[:len(prefix)]) {
			continue
		}
		s, ok := document.Walk(l.update, pointerOf(at[len(prefix):]))
		depth := len(prefix) + len(s)
		if (ok || len(s) > 1) && depth >= best {
			best, steps, line = depth, s, s[len(s)-1].Line
		}
	}
	return steps, line
}

func equalTokens(a, b []string) bool {
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}
