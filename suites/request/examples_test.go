package request_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/hostup/api-conformance/spec/packs"
	"github.com/hostup/api-conformance/suites/request"
)

// Requests ask for what the document has, and for JSON where it has that among others.
func TestAccept(t *testing.T) {
	c, err := packs.LoadText("accept.yaml", []byte(`
openapi: 3.1.0
info: {title: t, version: "1"}
paths:
  /json: {get: {responses: {"200": {description: ok, content: {text/csv: {}, application/json: {}}}}}}
  /hal: {get: {responses: {"200": {description: ok, content: {text/uri-list: {}, application/hal+json: {}}}}}}
  /csv: {get: {responses: {"200": {description: ok, content: {text/csv; charset=utf-8: {}}}}}}
  /any: {get: {responses: {"200": {description: ok, content: {text/csv: {}, "*/*": {}}}}}}
  /none: {get: {responses: {"204": {description: ok}}}}
`))
	if err != nil {
		t.Fatal(err)
	}
	b := request.New(c, "")
	got := map[string]string{}
	for _, o := range c.Operations() {
		d, err := b.Draft(o, nil)
		if err != nil {
			t.Fatal(err)
		}
		r, err := b.Request(d, nil)
		if err != nil {
			t.Fatal(err)
		}
		got[o.Path], _, _ = strings.Cut(r.Header.Get("Accept"), ",")
	}
	want := map[string]string{"/json": "application/json", "/hal": "application/hal+json", "/csv": "text/csv", "/any": "application/json", "/none": "application/json"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// What a document shows for a parameter is sent, also where the author means a format in
// another sense than its specification. An example that no server can have meant is not.
func TestExamples(t *testing.T) {
	c, err := packs.LoadText("examples.yaml", []byte(`
openapi: 3.1.0
info: {title: t, version: "1"}
paths:
  /a:
    get:
      parameters:
        - {name: step, in: query, required: true, schema: {oneOf: [{type: string, format: duration}, {type: number}]}, examples: {text: {value: 15s}, number: {value: "15"}}}
        - {name: at, in: query, required: true, schema: {type: string, format: time}, example: "12:30"}
        - {name: size, in: query, required: true, schema: {type: integer, minimum: 2}, example: 15s}
        - {name: day, in: query, required: true, schema: {type: string, format: date}, example: yesterday}
      responses: {"200": {description: ok}}
`))
	if err != nil {
		t.Fatal(err)
	}
	b := request.New(c, "")
	o := c.Operations()[0]
	got := map[string]any{}
	for _, p := range b.Inputs(o).Parameters {
		if v, err := b.Value(o, p, nil); err == nil {
			got[p.Name] = v
		}
	}
	want := map[string]any{"step": "15s", "at": "12:30", "size": json.Number("2"), "day": "2026-01-01"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
