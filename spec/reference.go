package spec

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/pb33f/go-yaml"
)

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
		next, _ := child(node, key) // what stands beside a $ref comes first
		if next == nil {
			if !follow() {
				return "", nil, false
			}
			next, _ = child(node, key)
		}
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

// resolveSchema is resolve for a schema, in which keywords beside $ref count (JSON
// Schema core section 8.2.3.1): it ends at a reference that has some.
func (d *document) resolveSchema(pointer string) (canonical string, node *yaml.Node, ok bool) {
	for range 64 {
		parent, last, found := cutLast(pointer)
		at, node, ok := "", d.root, true
		if found {
			if at, node, ok = d.resolve(parent); ok {
				node, _ = child(node, last)
				at += "/" + escapeToken(last)
			}
		}
		if !ok || node == nil {
			return d.resolve(pointer)
		}
		ref := scalar(node, "$ref")
		target, local := strings.CutPrefix(ref, "#")
		if ref == "" || !local || asserts(node) {
			return at, node, true
		}
		if unescaped, err := url.PathUnescape(target); err == nil {
			target = unescaped
		}
		pointer = target
	}
	return "", nil, false
}

func cutLast(pointer string) (parent, last string, ok bool) {
	i := strings.LastIndexByte(pointer, '/')
	if i < 0 {
		return "", "", false
	}
	return pointer[:i], tokens(pointer[i:])[0], true
}

// annotations are the keywords beside a $ref that decide nothing.
var annotations = []string{"$ref", "$comment", "title", "summary", "description", "default", "deprecated", "example", "examples", "readOnly", "writeOnly", "externalDocs", "xml"}

// asserts reports whether a schema says more than its $ref.
func asserts(node *yaml.Node) bool {
	for i := 0; i+1 < len(node.Content); i += 2 {
		if key := node.Content[i].Value; !slices.Contains(annotations, key) && !strings.HasPrefix(key, "x-") {
			return true
		}
	}
	return false
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
