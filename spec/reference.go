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
func (d *document) checkReferences() error { return d.checkBelow(d.root, false) }

// checkBelow checks the references at and below a node. Named says that the keys of the
// node are names that somebody chose, such as those of properties, and no keywords.
func (d *document) checkBelow(n *yaml.Node, named bool) error {
	for i, c := range n.Content {
		if n.Kind != yaml.MappingNode {
			if err := d.checkBelow(c, false); err != nil {
				return err
			}
			continue
		}
		if i%2 == 0 {
			continue
		}
		key := n.Content[i-1].Value
		if !named && isData(key, c) {
			continue
		}
		if !named && key == "$ref" && c.Kind == yaml.ScalarNode {
			if err := d.checkReference(c); err != nil {
				return err
			}
		}
		if err := d.checkBelow(c, !named && slices.Contains(mapsOfNames, key)); err != nil {
			return err
		}
	}
	return nil
}

func (d *document) checkReference(ref *yaml.Node) error {
	target, local := strings.CutPrefix(ref.Value, "#")
	if !local {
		return fmt.Errorf("%s:%d: reference %s leads out of the document: put what it names into it", d.name, ref.Line, ref.Value)
	}
	if unescaped, err := url.PathUnescape(target); err == nil {
		target = unescaped
	}
	if _, _, ok := d.resolve(target); !ok {
		return fmt.Errorf("%s:%d: reference %s leads nowhere", d.name, ref.Line, ref.Value)
	}
	return nil
}

// mapsOfNames are the keywords below which keys are names.
var mapsOfNames = []string{
	"properties", "patternProperties", "dependentSchemas", "$defs", "definitions", "schemas", "responses", "parameters",
	"examples", "requestBodies", "headers", "securitySchemes", "links", "callbacks", "pathItems", "paths", "webhooks", "content", "encoding", "variables",
}

// isData reports whether what stands under a keyword is a value that the document
// shows, in which $ref is a member like any other.
func isData(key string, value *yaml.Node) bool {
	switch key {
	case "example", "value", "default", "const", "enum":
		return true
	case "examples":
		return value.Kind == yaml.SequenceNode
	}
	return strings.HasPrefix(key, "x-") && key != "x-schema-when"
}
