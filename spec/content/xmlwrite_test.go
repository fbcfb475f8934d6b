package content_test

import (
	"strings"
	"testing"

	"github.com/hostup/api-conformance/spec/content"
	"github.com/hostup/api-conformance/spec/document"
)

// The XML Object of OpenAPI, and its examples' kinds.
func TestWriteXML(t *testing.T) {
	for _, c := range []struct {
		name, schema string
		value        any
		want         string
		unsure       bool
	}{
		{name: "properties are elements", schema: `{type: object, properties: {id: {type: integer}, name: {type: string}}}`,
			value: map[string]any{"id": 1, "name": "a<b"}, want: `<Pet><id>1</id><name>a&lt;b</name></Pet>`},
		{name: "names", schema: `{type: object, xml: {name: animal}, properties: {id: {type: integer, xml: {name: number}}}}`,
			value: map[string]any{"id": 1}, want: `<animal><number>1</number></animal>`},
		{name: "attribute", schema: `{type: object, properties: {id: {type: integer, xml: {attribute: true}}, ok: {type: boolean}}}`,
			value: map[string]any{"id": 1, "ok": true}, want: `<Pet id="1"><ok>true</ok></Pet>`},
		{name: "prefix and namespace", schema: `{type: object, xml: {prefix: s, namespace: "http://e.example/s"}, properties: {id: {type: integer}}}`,
			value: map[string]any{"id": 1}, want: `<s:Pet xmlns:s="http://e.example/s"><id>1</id></s:Pet>`},
		{name: "a list", schema: `{type: object, properties: {tag: {type: array, items: {type: string}}}}`,
			value: map[string]any{"tag": []any{"a", "b"}}, want: `<Pet><tag>a</tag><tag>b</tag></Pet>`},
		{name: "a list with names of items", schema: `{type: object, properties: {tags: {type: array, xml: {name: labels}, items: {type: string, xml: {name: tag}}}}}`,
			value: map[string]any{"tags": []any{"a"}}, want: `<Pet><tag>a</tag></Pet>`},
		{name: "a wrapped list", schema: `{type: object, properties: {tags: {type: array, xml: {wrapped: true}, items: {type: string}}}}`,
			value: map[string]any{"tags": []any{"a", "b"}}, want: `<Pet><tags><tags>a</tags><tags>b</tags></tags></Pet>`},
		{name: "a wrapped list with both names", schema: `{type: object, properties: {tags: {type: array, xml: {name: labels, wrapped: true}, items: {type: string, xml: {name: tag}}}}}`,
			value: map[string]any{"tags": []any{"a"}}, want: `<Pet><labels><tag>a</tag></labels></Pet>`},
		{name: "an object in it", schema: `{type: object, properties: {owner: {type: object, properties: {id: {type: string}}}}}`,
			value: map[string]any{"owner": map[string]any{"id": "7"}}, want: `<Pet><owner><id>7</id></owner></Pet>`},
		{name: "names that XML does not have", schema: `{type: object, properties: {"x#1": {type: string}, 2d: {type: string}}}`,
			value: map[string]any{"x#1": "a", "2d": "b"}, want: `<Pet><_2d>b</_2d><x_1>a</x_1></Pet>`, unsure: true},
		{name: "null is left out", schema: `{type: object, properties: {a: {type: string, nullable: true}, b: {type: string}}}`,
			value: map[string]any{"a": nil, "b": "x"}, want: `<Pet><b>x</b></Pet>`, unsure: true},
		{name: "no schema of the members", schema: `{type: object}`,
			value: map[string]any{"b": "x"}, want: `<Pet><b>x</b></Pet>`, unsure: true},
	} {
		t.Run(c.name, func(t *testing.T) {
			d, err := document.Parse("x.yaml", []byte("openapi: 3.0.3\ninfo: {title: x, version: '1'}\npaths: {}\ncomponents: {schemas: {Pet: "+c.schema+"}}\n"))
			if err != nil {
				t.Fatal(err)
			}
			text, sure := content.WriteXML(d, "/components/schemas/Pet", c.value)
			_, got, _ := strings.Cut(text, "?>\n")
			if got != c.want || sure == c.unsure {
				t.Errorf("got %s, sure %v, want %s", got, sure, c.want)
			}
		})
	}
}
