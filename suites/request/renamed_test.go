package request_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/hostup/api-conformance/spec/packs"
	"github.com/hostup/api-conformance/suites/request"
)

// Free texts get another value; values that the schema fixes or the user gave are kept.
func TestRenamed(t *testing.T) {
	c, err := packs.LoadText("things.yaml", []byte(`
openapi: 3.1.0
info: {title: things, version: "1"}
paths:
  /things:
    post:
      operationId: createThing
      requestBody:
        content:
          application/json:
            schema:
              type: object
              required: [name, kind, short, size]
              properties:
                name: {type: string, example: red}
                kind: {type: string, enum: [toy]}
                short: {type: string, maxLength: 3, example: abc}
                size: {type: integer, example: 4}
      responses: {"201": {description: made}}
`))
	if err != nil {
		t.Fatal(err)
	}
	b := request.New(c, "")
	d, err := b.Draft(c.Operations()[0], nil)
	if err != nil {
		t.Fatal(err)
	}
	renamed, ok := b.Renamed(d, "-2")
	body, _ := renamed.Body()
	if diff := cmp.Diff(map[string]any{"name": "red-2", "kind": "toy", "short": "abc", "size": 4.0}, plainNumbers(body)); !ok || diff != "" {
		t.Errorf("renamed is %v, -want +got:\n%s", ok, diff)
	}
	if before, _ := d.Body(); before.(map[string]any)["name"] != "red" {
		t.Errorf("the draft itself is changed: %v", before)
	}
	given := request.New(c, `createThing.body={"name": "mine"}`)
	if d, err = given.Draft(c.Operations()[0], nil); err != nil {
		t.Fatal(err)
	}
	if _, ok := given.Renamed(d, "-2"); ok {
		t.Error("what was given with --data is renamed")
	}
}

// A subtype is selected by its name, which is kept when texts get another value.
func TestSubtype(t *testing.T) {
	c, err := packs.LoadText("pets.yaml", []byte(`
openapi: 3.0.1
info: {title: pets, version: "1"}
paths:
  /pets:
    post:
      operationId: createPet
      requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}
      responses: {"201": {description: made}}
components:
  schemas:
    Pet: {type: object, required: [petType], properties: {petType: {type: string}, id: {type: integer}}, discriminator: {propertyName: petType}}
    Cat: {type: object, allOf: [{$ref: '#/components/schemas/Pet'}, {type: object, required: [name], properties: {name: {type: string}}}]}
`))
	if err != nil {
		t.Fatal(err)
	}
	b := request.New(c, "")
	d, err := b.Draft(c.Operations()[0], nil)
	if err != nil {
		t.Fatal(err)
	}
	renamed, ok := b.Renamed(d, "-2")
	body, _ := renamed.Body()
	if diff := cmp.Diff(map[string]any{"petType": "Cat", "name": "text-2"}, body); !ok || diff != "" {
		t.Errorf("renamed is %v, -want +got:\n%s", ok, diff)
	}
}

// plainNumbers converts all numbers of an object to float64.
func plainNumbers(v any) any {
	o, ok := v.(map[string]any)
	if !ok {
		return v
	}
	plain := make(map[string]any)
	for name, v := range o {
		switch x := v.(type) {
		case interface{ Float64() (float64, error) }:
			plain[name], _ = x.Float64()
		case int:
			plain[name] = float64(x)
		case int64:
			plain[name] = float64(x)
		default:
			plain[name] = x
		}
	}
	return plain
}
