package changes_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/pb33f/go-yaml"

	"github.com/hostup/api-conformance/fixtures/micro"
	"github.com/hostup/api-conformance/fixtures/pairs"
)

// TestADocumentAgainstItself checks that there is no change, whatever the order of lists
// in which order means nothing.
func TestADocumentAgainstItself(t *testing.T) {
	byIndex := regexp.MustCompile(`\$ref: *['"]?#[^'" ]*/[0-9]+\b`) // of which the order means something
	for name, text := range fixtureDocuments(t) {
		others := map[string]string{"itself": text}
		if !byIndex.MatchString(text) {
			others["reversed"] = reordered(t, text, slices.Reverse[[]*yaml.Node])
			others["rotated"] = reordered(t, text, func(list []*yaml.Node) { slices.Reverse(list); slices.Reverse(list[1:]) })
		}
		for how, other := range others {
			for _, c := range compare(t, text, other) {
				t.Errorf("%s, %s: %v", name, how, c)
			}
		}
	}
}

func fixtureDocuments(t *testing.T) map[string]string {
	t.Helper()
	documents := map[string]string{}
	all, err := pairs.All()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range all {
		documents[p.Name+", old"], documents[p.Name+", new"] = string(p.Old), string(p.New)
	}
	for _, s := range micro.Schemas() {
		documents["schema "+s.Name] = s.Document()
	}
	for _, d := range micro.Documents() {
		documents["document "+d.Name] = d.YAML()
	}
	files, err := filepath.Glob("../../fixtures/interop/servers/*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatal("no documents of servers", err)
	}
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var head struct{ OpenAPI string }
		if err := yaml.Unmarshal(text, &head); err == nil && head.OpenAPI != "" {
			documents[name] = string(text)
		}
	}
	return documents
}

// reordered returns a document with another order of such lists.
func reordered(t *testing.T, text string, order func([]*yaml.Node)) string {
	t.Helper()
	var root yaml.Node
	if err := yaml.Unmarshal([]byte(text), &root); err != nil {
		t.Fatal(err)
	}
	seen := map[*yaml.Node]bool{}
	var visit func(n *yaml.Node)
	visit = func(n *yaml.Node) {
		if seen[n] {
			return
		}
		seen[n] = true
		for i, c := range n.Content {
			if n.Kind == yaml.MappingNode && i%2 == 1 {
				key := n.Content[i-1].Value
				if slices.Contains([]string{"default", "const", "example", "examples"}, key) {
					continue
				}
				if c.Kind == yaml.SequenceNode && len(c.Content) > 1 &&
					slices.Contains([]string{"anyOf", "oneOf", "allOf", "type", "required", "enum", "tags", "parameters", "security"}, key) {
					order(c.Content)
				}
			}
			visit(c)
		}
	}
	visit(&root)
	out, err := yaml.Marshal(&root)
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

// TestWhatIsTakenTogether has similar parts: identical ones are matched first, each once.
func TestWhatIsTakenTogether(t *testing.T) {
	operation := func(path, id, kind string) string {
		if id != "" {
			id = "operationId: " + id + ", "
		}
		return fmt.Sprintf("  %q: {get: {%sresponses: {'200': {content: {application/json: {schema: {type: %s}}}}}}}\n", path, id, kind)
	}
	paths := func(operations ...string) string {
		text := "openapi: 3.1.0\npaths:\n"
		for _, o := range operations {
			text += o
		}
		return text
	}
	callback := func(path, kind string) string {
		return fmt.Sprintf("  %s: {post: {callbacks: {done: {'{$request.body#/u}': {post: {requestBody: {content: {application/json: {schema: {type: %s}}}}}}}}}}\n", path, kind)
	}
	query := func(one, other string) string {
		return fmt.Sprintf("openapi: 3.1.0\npaths: {/a: {get: {parameters: [{name: q, in: query, schema: %s}, {name: q, in: query, schema: %s}]}}}\n", one, other)
	}
	issuers := func(one, other string) string {
		return fmt.Sprintf("openapi: 3.1.0\npaths: {/a: {get: {security: [{%s: []}, {%s: []}]}}}\n", one, other) +
			"components: {securitySchemes: {a: {type: openIdConnect, openIdConnectUrl: 'https://a.example.com'}, b: {type: openIdConnect, openIdConnectUrl: 'https://b.example.com'}}}\n"
	}
	alternatives := func(members ...string) string {
		text := "openapi: 3.1.0\npaths: {/a: {get: {responses: {'200': {content: {application/json: {schema: {anyOf: ["
		for _, m := range members {
			text += "{type: object, " + m + "}, "
		}
		return text + "]}}}}}}}}\n"
	}
	reason := func(values string) string {
		return "title: Reason, properties: {description: {enum: [" + values + "]}, value: {type: string}}"
	}
	byNumber, byName := operation("/x/{id}", "byNumber", "integer"), operation("/x/{name}", "byName", "string")
	for name, x := range map[string]struct {
		old, new string
		want     []string
	}{
		"two paths of one shape":       {paths(byNumber, byName), paths(byName, byNumber), nil},
		"a path with a fragment":       {paths(operation("/x", "", "integer"), operation("/x#all", "", "string")), paths(operation("/x#all", "", "string"), operation("/x", "", "integer")), nil},
		"both renamed":                 {paths(byNumber, byName), paths(operation("/x/{text}", "byName", "string"), operation("/x/{number}", "byNumber", "integer")), nil},
		"one renamed":                  {paths(byNumber, byName), paths(operation("/x/{text}", "", "string"), byNumber), []string{`GET /x/{name}: operationId "byName" removed; what was accepted still is`}},
		"both renamed, without an id":  {paths(operation("/x/{a}", "", "integer"), operation("/x/{b}", "", "string")), paths(operation("/x/{c}", "", "integer"), operation("/x/{d}", "", "string")), nil},
		"one removed":                  {paths(byNumber, byName), paths(byName), []string{"breaking  GET /x/{id}: operation GET /x/{id} removed; what was accepted may be refused"}},
		"one added":                    {paths(byName), paths(byNumber, byName), []string{"GET /x/{id}: operation GET /x/{id} added; what was accepted still is"}},
		"callbacks of paths alike":     {paths(callback("/x/{a}", "integer"), callback("/x/{b}", "string")), paths(callback("/x/{b}", "string"), callback("/x/{a}", "integer")), nil},
		"a parameter twice":            {query("{type: string}", "{type: integer}"), query("{type: integer}", "{type: string}"), nil},
		"two issuers":                  {issuers("a", "b"), issuers("b", "a"), nil},
		"members alike":                {alternatives(reason("a"), reason("b"), reason("c")), alternatives(reason("a"), reason("b"), reason("c")), nil},
		"members alike, reordered":     {alternatives(reason("a"), reason("b, d"), reason("c")), alternatives(reason("c"), reason("a"), reason("d, b")), nil},
		"the same member twice":        {alternatives(reason("a"), reason("a"), reason("b")), alternatives(reason("b"), reason("a"), reason("a")), nil},
		"one of members alike changed": {alternatives(reason("a"), reason("b"), reason("c")), alternatives(reason("c"), reason("a"), reason("z")), []string{`breaking  GET /a response: property description: enum ["b"] -> ["z"]; what comes may be what it could not be`}},
	} {
		t.Run(name, func(t *testing.T) {
			var have []string
			for _, c := range compare(t, x.old, x.new) {
				have = append(have, c.String())
			}
			same := func(line, want string) bool { return len(line) > len(want) && trimmed(line) == want }
			if !slices.EqualFunc(have, x.want, same) {
				t.Errorf("have %q\nwant %q", have, x.want)
			}
		})
	}
}

// trimmed returns a line without its locations.
func trimmed(line string) string {
	line, _, _ = strings.Cut(line, "  [#")
	return strings.TrimSpace(line)
}
