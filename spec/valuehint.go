package spec

import (
	"slices"
	"strings"
)

// A valueHint says which JSON types a schema names for a value that is written as
// text, and for what is in it.
type valueHint struct {
	types      []string // nil: any
	items      *valueHint
	properties map[string]*valueHint
	others     *valueHint // additionalProperties
}

func (h *valueHint) allows(jsonType string) bool {
	return h == nil || len(h.types) == 0 || slices.Contains(h.types, jsonType)
}

// hint reads the types that a schema and all that it applies to the same value name:
// behind $ref, allOf, anyOf and oneOf, too.
func (r *shaper) hint(pointer string, depth int) *valueHint {
	all := map[string]bool{}
	r.branches(pointer, all)
	h := &valueHint{}
	for at := range all {
		_, node, _ := r.d.Place(at)
		if t, _ := child(node, "type"); t != nil {
			if t.Value != "" {
				h.types = append(h.types, t.Value)
			}
			for _, item := range t.Content {
				h.types = append(h.types, item.Value)
			}
		}
		if depth > 0 {
			continue // no header nests deeper
		}
		if items, _ := child(node, "items"); items != nil {
			h.items = r.hint(at+"/items", depth+1)
		}
		if others, _ := child(node, "additionalProperties"); others != nil {
			h.others = r.hint(at+"/additionalProperties", depth+1)
		}
		properties, _ := child(node, "properties")
		for i := 0; properties != nil && i+1 < len(properties.Content); i += 2 {
			if h.properties == nil {
				h.properties = map[string]*valueHint{}
			}
			name := properties.Content[i].Value
			h.properties[name] = r.hint(at+"/properties/"+escapeToken(name), depth+1)
		}
	}
	slices.Sort(h.types)
	h.types = slices.Compact(h.types)
	return h
}

// simple reads a header value of style simple (OpenAPI 3.1 section 4.8.12.4, as RFC 6570
// simple expansion writes it) as the value that its schema is about: a list, an object,
// or one value.
func (h *valueHint) simple(lines []string, explode bool) any {
	text := strings.Join(lines, ",") // lines of one header are one list (RFC 9110 section 5.3)
	switch {
	case slices.Contains(h.types, "array"):
		items := []any{}
		for part := range parts(text) {
			items = append(items, typed(part, h.items.names()))
		}
		return items
	case slices.Contains(h.types, "object"):
		object := map[string]any{}
		name, waits := "", false
		for part := range parts(text) {
			if explode {
				name, value, ok := strings.Cut(part, "=")
				if !ok {
					return text
				}
				object[name] = typed(value, h.property(name).names())
			} else if waits = !waits; waits {
				name = part
			} else {
				object[name] = typed(part, h.property(name).names())
			}
		}
		if waits {
			return text // a name without a value
		}
		return object
	}
	return typed(lines[0], h.types)
}

func (h *valueHint) isList() bool {
	return slices.Contains(h.types, "array") || slices.Contains(h.types, "object")
}

func (h *valueHint) property(name string) *valueHint {
	if p := h.properties[name]; p != nil {
		return p
	}
	return h.others
}

func (h *valueHint) names() []string {
	if h == nil {
		return nil
	}
	return h.types
}

// parts yields the parts of a list without the space around them; an empty text has none.
func parts(text string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		if strings.TrimSpace(text) == "" {
			return
		}
		for part := range strings.SplitSeq(text, ",") {
			if !yield(strings.TrimSpace(part)) {
				return
			}
		}
	}
}
