package request_test

import (
	"encoding/json"
	"testing"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/spec/packs"
	"github.com/hostup/api-conformance/suites/request"
)

const sameNames = `
openapi: 3.1.0
info: {title: things, version: "1"}
paths:
  /things/{thingId}:
    parameters: [{name: thingId, in: path, required: true, schema: {type: string}}]
    put: {operationId: put, requestBody: {content: {application/json: {schema: {allOf: [{$ref: '#/components/schemas/New'}, {type: object, properties: {id: {type: integer}}}]}}}}, responses: {"200": {description: ok}}}
    patch: {operationId: patch, requestBody: {content: {application/json: {schema: {type: object, required: [data], properties: {data: {type: object, required: [id], properties: {id: {type: string}, name: {type: string}}}}}}}}, responses: {"200": {description: ok}}}
    post: {operationId: post, requestBody: {content: {application/json: {schema: {type: object, required: [thingId, id], properties: {thingId: {type: string}, id: {type: string}}}}}}, responses: {"200": {description: ok}}}
  /owned/{thingId}:
    parameters: [{name: thingId, in: path, required: true, schema: {type: string}}]
    put: {operationId: owned, requestBody: {content: {application/json: {schema: {type: object, required: [name], properties: {id: {type: string, readOnly: true}, name: {type: string}}}}}}, responses: {"200": {description: ok}}}
    patch: {operationId: any, requestBody: {content: {application/merge-patch+json: {schema: {type: object, properties: {any: {}, n: {type: integer}, name: {type: string}}}}, application/json-patch+json: {schema: {type: array, items: {}}}}}, responses: {"200": {description: ok}}}
  /lists/{name}/entries/{entry}:
    parameters: [{name: name, in: path, required: true, schema: {type: string}}, {name: entry, in: path, required: true, schema: {type: string}}]
    put: {operationId: entry, requestBody: {content: {application/json: {schema: {type: object, required: [name], properties: {name: {type: string, maxLength: 1}}}}}}, responses: {"200": {description: ok}}}
    patch: {operationId: json-patch, requestBody: {content: {application/json-patch+json: {schema: {type: array, items: {type: object, required: [op, path], properties: {op: {type: string}, path: {type: string}}}}}}}, responses: {"200": {description: ok}}}
components: {schemas: {New: {type: object, required: [name], properties: {name: {type: string}}}}}
`

// Values that a request has twice agree: servers refuse a body about another resource
// than that of the path.
func TestBodyNamesWhatThePathNames(t *testing.T) {
	c, err := packs.LoadText("things.yaml", []byte(sameNames))
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ name, operation, data, want string }{
		{"the id of what is replaced, also if it may be left out", "put", "", `{"id":77,"name":"text"}`},
		{"in the one object of a body", "patch", "", `{"data":{"id":"77"}}`},
		{"a member of the name of the parameter, and no other id", "post", "", `{"id":"text","thingId":"77"}`},
		{"nothing that the server decides", "owned", "", `{"name":"text"}`},
		{"nothing that the schema refuses", "entry", "", `{"name":"t"}`},
		{"nothing that was given", "put", `put.body={"id":5,"name":"x"}`, `{"id":5,"name":"x"}`},
		{"a change, where all may be left out", "any", "", `{"name":"text"}`},
		{"a patch without operations, which any target can apply", "json-patch", "", `[]`},
	} {
		t.Run(test.name, func(t *testing.T) {
			b := request.New(c, test.data)
			d, err := b.Draft(c.Operation(test.operation), func(_ *spec.Operation, p spec.Input) (any, bool) { return "77", p.In == "path" })
			if err != nil {
				t.Fatal(err)
			}
			body, _ := d.Body()
			if got, _ := json.Marshal(body); string(got) != test.want {
				t.Errorf("body %s, want %s", got, test.want)
			}
		})
	}
}
