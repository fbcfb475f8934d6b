package env

import (
	"net/http"
	"net/url"
	"testing"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/spec/packs"
	"github.com/hostup/api-conformance/suites/request"
)

// A response that the document has for the request, and that no other application would
// give, is no reason to ask whether the target is still the same.
func TestExpected(t *testing.T) {
	c, err := packs.LoadText("events.yaml", []byte(`
openapi: 3.0.3
info: {title: t, version: '1'}
components:
  securitySchemes: {key: {type: apiKey, in: header, name: X-Key}}
  schemas: {Event: {type: object, required: [id], properties: {id: {type: string}}}}
security: [{key: []}]
paths:
  /events:
    post:
      operationId: add
      responses: &those
        "200": {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Event'}}}}
        "201": {description: made, content: {application/json: {schema: {$ref: '#/components/schemas/Event'}}}}
        "204": {description: done}
        "401": {description: no key}
        "404": {description: none}
  /events/{id}:
    get:
      operationId: show
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses: *those
`))
	if err != nil {
		t.Fatal(err)
	}
	e := &Env{Contract: c}
	known := request.Key{Scheme: spec.SecurityScheme{Name: "key"}, Identity: "primary"}
	for _, x := range []struct {
		name, operation string
		status          int
		body            string
		stranger, want  bool
	}{
		{"a creation", "add", 201, `{"id":"7"}`, false, true},
		{"one of another form", "add", 201, `{"status":"up"}`, false, false},
		{"nothing more to say", "add", 204, "", false, true},
		{"a read", "show", 200, `{"id":"7"}`, false, true},
		{"something else", "show", 200, `[]`, false, false},
		{"a status that the document has not", "show", 202, "", false, false},
		{"a thing that is not there", "show", 404, "", false, true},
		{"a collection that is not there", "add", 404, "", false, false},
		{"a stranger", "show", 401, "", true, true},
		{"a stranger who is served", "show", 200, `{"id":"7"}`, true, false},
		{"a key that was accepted before", "show", 401, "", false, false},
	} {
		o := c.Operation(x.operation)
		r := request.Request{Operation: o.ID, Method: o.Method, Path: "/events", Effect: o.Effect}
		if x.operation == "show" {
			r.Path += "/7"
		}
		if !x.stranger {
			r.Keys = []request.Key{known}
		}
		ex := spec.Exchange{Operation: o.ID, Request: spec.Request{Method: o.Method, URL: &url.URL{Path: r.Path}}, Response: &spec.Response{Status: x.status, Length: int64(len(x.body)), Header: http.Header{}, Body: []byte(x.body)}}
		if x.body != "" {
			ex.Response.Header.Set("Content-Type", "application/json")
		}
		if got := e.expected(r, ex); got != x.want {
			t.Errorf("%s: %v, want %v", x.name, got, x.want)
			for _, f := range c.Check(ex) {
				t.Log(f.Requirement, f.Got)
			}
		}
	}
}
