package schema

import (
	"strings"

	"github.com/hostup/api-conformance/spec/document"
)

// Discriminated returns, for each alternative of oneOf or anyOf of a schema with a
// discriminator, the property values that select it: those of the mapping, else its name
// (OpenAPI 3.1 section 4.8.25). An alternative that is no reference has none. property is
// "" without a discriminator.
func Discriminated(n *document.Node, keyword string) (property string, values [][]string) {
	d, _ := document.Child(n, "discriminator")
	list, _ := document.Child(n, keyword)
	if property = document.Text(d, "propertyName"); property == "" || list == nil || list.Kind != document.Sequence {
		return "", nil
	}
	mapping, _ := document.Child(d, "mapping")
	for _, alternative := range list.Content {
		target, ok := document.Reference(alternative)
		if !ok {
			values = append(values, nil)
			continue
		}
		name := target[strings.LastIndexByte(target, '/')+1:]
		var own []string
		for i := 0; mapping != nil && i+1 < len(mapping.Content); i += 2 {
			if to := mapping.Content[i+1].Value; to == target || to == name {
				own = append(own, mapping.Content[i].Value)
			}
		}
		if own == nil {
			own = []string{name}
		}
		values = append(values, own)
	}
	return property, values
}

// tellApart restricts each alternative to the discriminator values that select it.
func tellApart(n *document.Node, out map[string]any) {
	for _, keyword := range []string{"oneOf", "anyOf"} {
		property, values := Discriminated(n, keyword)
		list, _ := out[keyword].([]any)
		for i := range min(len(values), len(list)) {
			alternative, ok := list[i].(map[string]any)
			if !ok || values[i] == nil || alternative["properties"] != nil {
				continue
			}
			var enum []any
			for _, v := range values[i] {
				enum = append(enum, v)
			}
			alternative["properties"] = map[string]any{property: map[string]any{"enum": enum}}
		}
	}
}
