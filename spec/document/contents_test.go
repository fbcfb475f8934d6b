package document

import (
	"slices"
	"testing"
)

// Bundlers leave a reference as the whole of a content. A property of that name is a schema,
// and one that leads to what it is in stays as it is.
func TestContentsThatAreReferences(t *testing.T) {
	d, err := Load("any.yaml", []byte(`openapi: 3.1.0
paths:
  /a: {get: {responses: {"200": {description: ok, content: {$ref: '#/components/mediaTypes/a'}}}}}
components:
  schemas:
    note: {type: object, properties: {content: {$ref: '#/components/schemas/text'}}}
    text: {type: string}
  mediaTypes:
    a: {application/json: {schema: {type: object}}, text/csv: {}}
    b: {application/json: {encoding: {x: {headers: {y: {content: {$ref: '#/components/mediaTypes/b'}}}}}}}
`), nil)
	if err != nil {
		t.Fatal(err)
	}
	for pointer, want := range map[string][]string{
		"/paths/~1a/get/responses/200/content":                                    {"application/json", "text/csv"},
		"/components/schemas/note/properties/content":                             {"$ref"},
		"/components/mediaTypes/b/application~1json/encoding/x/headers/y/content": {"$ref"},
	} {
		steps, found := d.Walk(d.Root, pointer)
		if !found {
			t.Fatalf("%s is not found", pointer)
		}
		var names []string
		for i, n := range steps[len(steps)-1].Node.Content {
			if i%2 == 0 {
				names = append(names, n.Value)
			}
		}
		if !slices.Equal(names, want) {
			t.Errorf("%s has %q, want %q", pointer, names, want)
		}
	}
}
