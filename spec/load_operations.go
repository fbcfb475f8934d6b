package spec

import (
	"fmt"
	"slices"
	"strings"

	"github.com/pb33f/go-yaml"
)

var methods = []string{"get", "put", "post", "delete", "options", "head", "patch", "trace"}

// loadOperations reads the operations of a document in its order. An operation
// without operationId, or with one that stands twice, is an error; so are
// x-effect and x-version values that no rule knows.
func loadOperations(d *document) ([]*Operation, error) {
	paths, _ := child(d.root, "paths")
	if paths == nil || paths.Kind != yaml.MappingNode || len(paths.Content) == 0 {
		return nil, fmt.Errorf("%s has no paths: there is nothing to test", d.name)
	}
	schemes, err := loadSecurity(d)
	if err != nil {
		return nil, err
	}
	var list []*Operation
	seen := map[string]bool{}
	for i := 0; i+1 < len(paths.Content); i += 2 {
		path := paths.Content[i].Value
		_, item, ok := d.resolve("/paths/" + escapeToken(path))
		if !ok {
			return nil, fmt.Errorf("%s:%d: the reference of path %s leads nowhere", d.name, paths.Content[i].Line, path)
		}
		for j := 0; j+1 < len(item.Content); j += 2 {
			if !slices.Contains(methods, item.Content[j].Value) {
				continue
			}
			at := "/paths/" + escapeToken(path) + "/" + item.Content[j].Value
			o, err := loadOperation(d, path, item.Content[j].Value, at, schemes)
			if err != nil {
				return nil, fmt.Errorf("%s:%d: %w", d.name, item.Content[j].Line, err)
			}
			if seen[o.ID] {
				return nil, fmt.Errorf("%s:%d: operationId %s stands twice", d.name, item.Content[j].Line, o.ID)
			}
			seen[o.ID] = true
			o.Line = item.Content[j].Line
			list = append(list, o)
		}
	}
	if len(list) == 0 {
		return nil, fmt.Errorf("%s has no operations: there is nothing to test", d.name)
	}
	return list, nil
}

func loadOperation(d *document, path, method, at string, schemes map[string]SecurityScheme) (*Operation, error) {
	_, node, _ := d.resolve(at)
	o := &Operation{
		ID:      scalar(node, "operationId"),
		Method:  strings.ToUpper(method),
		Path:    path,
		Summary: scalar(node, "summary"),
		Version: scalar(node, "x-version"),
		Scopes:  stringList(node, "x-scopes"),
		Effect:  Effect(scalar(node, "x-effect")),
		Support: scalar(node, "x-role") == "support",
		Source:  scalar(node, "x-source"),
	}
	if o.ID == "" {
		return nil, fmt.Errorf("%s has no operationId: give it one", o.Name())
	}
	o.versioned = o.Version != ""
	if !o.versioned {
		o.Version = "v2"
	}
	if o.Effect == "" {
		o.Effect = Writes // what is not said to be harmless is not sent by a read-only run
		if method == "get" || method == "head" {
			o.Effect = Reads
		}
	}
	if o.Effect != Reads && o.Effect != Writes && o.Effect != Charges {
		return nil, fmt.Errorf("%s: x-effect is %q, want read, write or money", o.Name(), o.Effect)
	}
	if o.Version != "v1" && o.Version != "v2" {
		return nil, fmt.Errorf("%s: x-version is %q, want v1 or v2", o.Name(), o.Version)
	}
	for _, base := range []string{"/paths/" + escapeToken(path), at} {
		o.Parameters = append(o.Parameters, loadParameters(d, base+"/parameters")...)
	}
	slices.SortStableFunc(o.Parameters, func(a, b Parameter) int {
		return boolRank(a.In == "path") - boolRank(b.In == "path")
	})
	o.Body = loadBody(d, at+"/requestBody")
	if responses, _ := child(node, "responses"); responses != nil {
		for i := 0; i+1 < len(responses.Content); i += 2 {
			o.Statuses = append(o.Statuses, responses.Content[i].Value)
		}
		if _, d, ok := d.resolve(at + "/responses/default"); ok {
			o.coversAll = scalar(d, "x-covers") != "errors"
		}
	}
	security, _ := child(node, "security")
	if security == nil {
		security, _ = child(d.root, "security")
	}
	if security != nil {
		for _, alternative := range security.Content {
			if len(alternative.Content) == 0 {
				o.Anonymous = true
				continue
			}
			var together []SecurityScheme
			for i := 0; i+1 < len(alternative.Content); i += 2 {
				s, ok := schemes[alternative.Content[i].Value]
				if !ok {
					return nil, fmt.Errorf("%s: security names the scheme %q, which is not declared", o.Name(), alternative.Content[i].Value)
				}
				together = append(together, s)
			}
			together[0].With = together[1:]
			o.Security = append(o.Security, together[0])
		}
	}
	return o, nil
}

func boolRank(first bool) int {
	if first {
		return 0
	}
	return 1
}

func loadSecurity(d *document) (map[string]SecurityScheme, error) {
	all := map[string]SecurityScheme{}
	_, node, ok := d.resolve("/components/securitySchemes")
	if !ok {
		return all, nil
	}
	for i := 0; i+1 < len(node.Content); i += 2 {
		name := node.Content[i].Value
		_, s, ok := d.resolve("/components/securitySchemes/" + escapeToken(name))
		if !ok {
			return nil, fmt.Errorf("%s:%d: security scheme %s leads nowhere", d.name, node.Content[i].Line, name)
		}
		all[name] = SecurityScheme{Name: name, Type: scalar(s, "type"), Scheme: scalar(s, "scheme"), In: scalar(s, "in"), Key: scalar(s, "name")}
	}
	return all, nil
}

func loadParameters(d *document, at string) (list []Parameter) {
	_, node, ok := d.resolve(at)
	if !ok {
		return nil
	}
	for i := range node.Content {
		pointer, p, ok := d.resolve(fmt.Sprintf("%s/%d", at, i))
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

func loadBody(d *document, at string) *RequestBody {
	pointer, node, ok := d.resolve(at)
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
	schema, s, ok := d.resolve(media + "/schema")
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
		_, node, _ := d.resolve(m)
		b.Members = append(b.Members, Member{
			Name:     name,
			Required: slices.Contains(required, name),
			Data:     scalar(node, "x-data"),
			Schema:   loadSchema(d, m),
		})
	}
	return b
}

func loadSchema(d *document, at string) (s Schema) {
	_, node, ok := d.resolve(at)
	if !ok {
		return s
	}
	if t, _ := child(node, "type"); t != nil {
		if t.Kind == yaml.ScalarNode {
			s.Types = []string{t.Value}
		} else {
			_ = t.Decode(&s.Types)
		}
	}
	if e, _ := child(node, "enum"); e != nil {
		_ = e.Decode(&s.Enum)
	}
	number := func(key string) *float64 {
		var f float64
		if n, _ := child(node, key); n != nil && n.Decode(&f) == nil {
			return &f
		}
		return nil
	}
	s.Minimum, s.Maximum = number("minimum"), number("maximum")
	return s
}

// example returns the first example of a parameter or media type.
func example(d *document, at string) any {
	var v any
	if _, n, ok := d.resolve(at + "/example"); ok && n.Decode(&v) == nil {
		return v
	}
	if _, all, ok := d.resolve(at + "/examples"); ok && len(all.Content) > 1 {
		if _, n, ok := d.resolve(at + "/examples/" + escapeToken(all.Content[0].Value) + "/value"); ok && n.Decode(&v) == nil {
			return v
		}
	}
	if _, n, ok := d.resolve(at + "/schema/example"); ok && n.Decode(&v) == nil {
		return v
	}
	if _, n, ok := d.resolve(at + "/schema/examples/0"); ok && n.Decode(&v) == nil {
		return v
	}
	return nil
}

func scalar(node *yaml.Node, key string) string {
	if node == nil {
		return ""
	}
	if n, _ := child(node, key); n != nil && n.Kind == yaml.ScalarNode {
		return n.Value
	}
	return ""
}

func stringList(node *yaml.Node, key string) (list []string) {
	if n, _ := child(node, key); n != nil && n.Kind == yaml.SequenceNode {
		_ = n.Decode(&list)
	}
	return list
}
