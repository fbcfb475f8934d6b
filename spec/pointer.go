package spec

import (
	"github.com/hostup/api-conformance/spec/document"
)

// Short names for functions of package document.
func child(n *document.Node, key string) (*document.Node, int) { return document.Child(n, key) }
func escapeToken(t string) string                              { return document.Escape(t) }
func pointerOf(tokens []string) string                         { return document.Pointer(tokens...) }
func scalar(n *document.Node, key string) string               { return document.Text(n, key) }
