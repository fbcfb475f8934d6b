package spec

import (
	"github.com/hostup/api-conformance/spec/document"
)

// annotation returns the requirement that a mark such as x-requirement names for the
// keyword, searching the steps from last to first. A mark is an id, or a mapping from
// keyword to id with "*" for all others.
func annotation(steps []document.Step, mark, keyword string) string {
	for i := len(steps) - 1; i >= 0; i-- {
		if id := markOf(steps[i].Node, mark, keyword, "*"); id != "" {
			return id
		}
	}
	return ""
}

// markOf returns the id in a mark of one node, for the first of the keywords that it has.
// A mark that is a plain id applies to "*".
func markOf(node *document.Node, mark string, keywords ...string) string {
	if node == nil || node.Kind != document.Mapping {
		return ""
	}
	m, _ := child(node, mark)
	if m == nil {
		return ""
	}
	for _, k := range keywords {
		if m.Kind == document.Scalar && k == "*" {
			return m.Value
		}
		if m.Kind == document.Mapping {
			if id, _ := child(m, k); id != nil {
				return id.Value
			}
		}
	}
	return ""
}
