package request_test

import (
	"encoding/json"
	"testing"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/spec/packs"
	"github.com/hostup/api-conformance/suites/request"
)

// A body refers to what answers show, wherever it does and as its schema wants it; what
// was given stays, and so does what no answer shows.
func TestReferences(t *testing.T) {
	c, err := packs.LoadText("loans.yaml", []byte(`
openapi: 3.1.0
info: {title: loans, version: "1"}
paths:
  /loans:
    post:
      operationId: lend
      parameters: [{name: shelf_id, in: query, required: true, schema: {type: string}}]
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Loan'}}}}
      responses: {"201": {description: made}}
  /sealed:
    post:
      operationId: sealed
      requestBody: {content: {application/json: {schema: {type: object, required: [memberId], properties: {memberId: {enum: [m9]}}}}}}
      responses: {"201": {description: made}}
components: {schemas: {Loan: {type: object, required: [memberId, isbns, of, note], properties: {memberId: {type: string}, isbns: {type: array, items: {type: string}}, of: {type: object, required: [branch_id], properties: {branch_id: {type: string}}}, note: {type: string}}}}}
`))
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]any{"memberId": "m1", "isbns": "123", "branch_id": json.Number("7"), "shelf_id": "s1"}
	for _, test := range []struct{ operation, data, want string }{
		{"lend", "", `{"isbns":["123"],"memberId":"m1","note":"text","of":{"branch_id":"7"}}`},
		{"lend", `lend.body={"memberId":"mine"}`, `{"memberId":"mine"}`},
		{"sealed", "", `{"memberId":"m9"}`},
	} {
		b := request.New(c, test.data)
		d, err := b.Draft(c.Operation(test.operation), func(_ *spec.Operation, p spec.Input) (any, bool) {
			v, ok := found[p.Name]
			return v, ok
		})
		if err != nil {
			t.Fatal(err)
		}
		body, _ := d.Body()
		if got, _ := json.Marshal(body); string(got) != test.want {
			t.Errorf("%s %s: body %s, want %s", test.operation, test.data, got, test.want)
		}
		for _, p := range d.Inputs.Parameters {
			if v, _ := d.Value(p); v != "s1" {
				t.Errorf("%s %s: %v, want s1", test.operation, p.Name, v)
			}
		}
	}
}

// What has no room for more is another one of its shape, with the beginning that it needs.
func TestReshaped(t *testing.T) {
	c, err := packs.LoadText("books.yaml", []byte(`
openapi: 3.1.0
info: {title: books, version: "1"}
paths: {/books: {post: {operationId: add, requestBody: {content: {application/json: {schema: {type: object, required: [ean, isbn, title], properties: {ean: {type: string, pattern: '^97[89][0-9]$'}, isbn: {type: string, pattern: '^[0-9]{3}-[0-9]X$'}, title: {type: string}}}}}}, responses: {"201": {description: made}}}}}
`))
	if err != nil {
		t.Fatal(err)
	}
	b := request.New(c, "")
	d, err := b.Draft(c.Operation("add"), nil)
	if err != nil {
		t.Fatal(err)
	}
	other, ok := b.Reshaped(d, "-1")
	body, _ := other.Body()
	if got, _ := json.Marshal(body); !ok || string(got) != `{"ean":"9794","isbn":"484-8X","title":"text-1"}` {
		t.Errorf("reshaped is %v: %s", ok, got)
	}
}
