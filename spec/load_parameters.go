package spec

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"

	"github.com/hostup/api-conformance/spec/document"
)

func loadParameters(d *document.Document, at string) (list []Parameter) {
	_, node, ok := d.Resolve(at)
	if !ok {
		return nil
	}
	for i := range node.Content {
		pointer, p, ok := d.Resolve(fmt.Sprintf("%s/%d", at, i))
		if !ok {
			continue
		}
		list = append(list, Parameter{
			Name:     scalar(p, "name"),
			In:       scalar(p, "in"),
			Required: scalar(p, "required") == "true",
			Data:     scalar(p, "x-data"),
			Example:  example(d, pointer),
			Schema:   loadSchema(d, pointer+"/schema"),
		})
	}
	return list
}

func loadBody(d *document.Document, at string) *RequestBody {
	pointer, node, ok := d.Resolve(at)
	if !ok {
		return nil
	}
	b := &RequestBody{Required: scalar(node, "required") == "true"}
	content, _ := child(node, "content")
	if content == nil || len(content.Content) == 0 {
		return b
	}
	b.MediaType = content.Content[0].Value
	media := pointer + "/content/" + escapeToken(b.MediaType)
	b.Example, _ = example(d, media).(map[string]any)
	schema, s, ok := d.Resolve(media + "/schema")
	if !ok {
		return b
	}
	required := stringList(s, "required")
	properties, _ := child(s, "properties")
	if properties == nil {
		return b
	}
	for i := 0; i+1 < len(properties.Content); i += 2 {
		name := properties.Content[i].Value
		m := schema + "/properties/" + escapeToken(name)
		_, node, _ := d.Resolve(m)
		b.Members = append(b.Members, Member{
			Name:     name,
			Required: slices.Contains(required, name),
			Data:     scalar(node, "x-data"),
			Schema:   loadSchema(d, m),
		})
	}
	return b
}

func loadSchema(d *document.Document, at string) (s Schema) {
	_, node, ok := d.Resolve(at)
	if !ok {
		return s
	}
	if t, _ := child(node, "type"); t != nil {
		if t.Kind == document.Scalar {
			s.Types = []string{t.Value}
		} else {
			s.Types = stringList(node, "type")
		}
	}
	if e, _ := child(node, "enum"); e != nil {
		s.Enum, _ = native(e).([]any)
	}
	number := func(key string) *float64 {
		if n, _ := child(node, key); n != nil {
			if v, _ := document.Value(n); v != nil {
				if number, ok := v.(json.Number); ok {
					if f, err := number.Float64(); err == nil {
						return &f
					}
				}
			}
		}
		return nil
	}
	s.Minimum, s.Maximum = number("minimum"), number("maximum")
	return s
}

// example returns the first example of a parameter or media type, nil if there is none.
func example(d *document.Document, at string) any {
	if _, n, ok := d.Resolve(at + "/example"); ok {
		return native(n)
	}
	if _, all, ok := d.Resolve(at + "/examples"); ok && len(all.Content) > 1 {
		if _, n, ok := d.Resolve(at + "/examples/" + escapeToken(all.Content[0].Value) + "/value"); ok {
			return native(n)
		}
	}
	if _, n, ok := d.Resolve(at + "/schema/example"); ok {
		return native(n)
	}
	if _, n, ok := d.Resolve(at + "/schema/examples/0"); ok {
		return native(n)
	}
	return nil
}

// native is [document.Plain] with numbers as int or float64.
func native(n *document.Node) any { return goNumbers(document.Plain(n)) }

func goNumbers(v any) any {
	switch x := v.(type) {
	case json.Number:
		return goNumber(x)
	case map[string]any:
		for k := range x {
			x[k] = goNumbers(x[k])
		}
	case []any:
		for i := range x {
			x[i] = goNumbers(x[i])
		}
	}
	return v
}

func goNumber(n json.Number) any {
	if i, err := strconv.Atoi(n.String()); err == nil {
		return i
	}
	f, _ := n.Float64()
	return f
}

func stringList(node *document.Node, key string) (list []string) {
	if n, _ := child(node, key); n != nil && n.Kind == document.Sequence {
		for _, c := range n.Content {
			if c.Kind == document.Scalar {
				list = append(list, c.Value)
			}
		}
	}
	return list
}
