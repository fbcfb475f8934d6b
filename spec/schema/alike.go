package schema

import (
	"encoding/json"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// annotations are keywords that say nothing about which values are valid.
var annotations = []string{"title", "description", "summary", "example", "examples", "default", "deprecated", "externalDocs", "xml", "readOnly", "writeOnly", "$comment"}

// maxExpanded bounds how many references within one another are followed to compare two
// schemas; below, references are compared by their targets.
const maxExpanded = 3

// neverOne reports whether each alternative of a oneOf is the same as another one: a value
// is then valid for none of them, or for more than one.
func (s *Set) neverOne(c choice) bool {
	if !strings.HasSuffix(c.place, "/oneOf") || c.size < 2 {
		return false
	}
	count := map[string]int{}
	for i := range c.size {
		text, err := json.Marshal(s.constraints(s.at(c.place+"/"+strconv.Itoa(i)), 0))
		if err != nil {
			return false
		}
		count[string(text)]++
	}
	for _, n := range count {
		if n < 2 {
			return false
		}
	}
	return true
}

// constraints returns a schema without its annotations and with references replaced by
// what they refer to.
func (s *Set) constraints(v any, expanded int) any {
	n, ok := v.(map[string]any)
	if !ok {
		return v
	}
	if ref, ok := n["$ref"].(string); ok && len(n) == 1 && expanded < maxExpanded {
		_, fragment, _ := strings.Cut(ref, "#")
		if target, err := url.PathUnescape(fragment); err == nil {
			return s.constraints(s.at(target), expanded+1)
		}
	}
	out := map[string]any{}
	for name, below := range n {
		switch {
		case slices.Contains(annotations, name) || strings.HasPrefix(name, "x-"):
		case name == "enum" || name == "const" || name == "required":
			out[name] = below
		default:
			out[name] = s.within(name, below, expanded)
		}
	}
	return out
}

// within returns the constraints of the schemas in the value of a keyword.
func (s *Set) within(keyword string, v any, expanded int) any {
	switch x := v.(type) {
	case []any:
		list := make([]any, len(x))
		for i := range x {
			list[i] = s.constraints(x[i], expanded)
		}
		return list
	case map[string]any:
		if !slices.Contains([]string{"properties", "patternProperties", "dependentSchemas", "$defs", "definitions"}, keyword) {
			return s.constraints(x, expanded)
		}
		named := map[string]any{}
		for name := range x {
			named[name] = s.constraints(x[name], expanded)
		}
		return named
	}
	return v
}
