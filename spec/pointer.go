package spec

import (
	"fmt"
	"strings"

	"github.com/pb33f/go-yaml"
)

// A step is a node on the way from the root to a place, with the line on which
// it is named.
type step struct {
	key  string
	line int
	node *yaml.Node
}

// walk follows a JSON pointer from node and returns the steps, as far as it
// leads; ok says whether it led to the end. It does not follow $ref.
func walk(node *yaml.Node, pointer string) (steps []step, ok bool) {
	steps = append(steps, step{line: node.Line, node: node})
	for _, key := range tokens(pointer) {
		next, line := child(node, key)
		if next == nil {
			return steps, false
		}
		node = next
		steps = append(steps, step{key: key, line: line, node: node})
	}
	return steps, true
}

// child returns a member or item of a node and the line on which it starts.
func child(node *yaml.Node, key string) (*yaml.Node, int) {
	if node.Kind == yaml.AliasNode {
		node = node.Alias
	}
	switch node.Kind {
	case yaml.MappingNode:
		for i := 0; i+1 < len(node.Content); i += 2 {
			if node.Content[i].Value == key {
				return node.Content[i+1], node.Content[i].Line
			}
		}
	case yaml.SequenceNode:
		var i int
		if _, err := fmt.Sscanf(key, "%d", &i); err == nil && i >= 0 && i < len(node.Content) {
			return node.Content[i], node.Content[i].Line
		}
	}
	return nil, 0
}

// tokens splits a JSON pointer (RFC 6901) into its unescaped tokens.
func tokens(pointer string) []string {
	if pointer == "" {
		return nil
	}
	parts := strings.Split(strings.TrimPrefix(pointer, "/"), "/")
	for i, p := range parts {
		parts[i] = strings.ReplaceAll(strings.ReplaceAll(p, "~1", "/"), "~0", "~")
	}
	return parts
}

func escapeToken(t string) string {
	return strings.ReplaceAll(strings.ReplaceAll(t, "~", "~0"), "/", "~1")
}

// pointerOf joins tokens to a JSON pointer.
func pointerOf(tokens []string) string {
	var b strings.Builder
	for _, t := range tokens {
		b.WriteByte('/')
		b.WriteString(escapeToken(t))
	}
	return b.String()
}
