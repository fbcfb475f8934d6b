package generic

import (
	"encoding/json"
	"testing"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/spec/packs"
	"github.com/hostup/api-conformance/suites/config"
	"github.com/hostup/api-conformance/suites/env"
)

const ownersDocument = `
openapi: 3.1.0
info: {title: Owners, version: "1"}
security: [{key: []}]
paths:
  /tags/{id}:
    parameters: [{$ref: '#/components/parameters/id'}]
    get: {security: [], responses: {"200": {description: ok}}}
    delete: {responses: {"204": {description: gone}}}
  /notes:
    post: {responses: {"201": {description: made}}}
  /notes/{id}:
    parameters: [{$ref: '#/components/parameters/id'}]
    get: {responses: {"200": {description: ok}}}
    put: {responses: {"204": {description: saved}}}
  /folders/{name}:
    parameters: [{name: name, in: path, required: true, schema: {type: string}}]
    get: {responses: {"200": {description: ok}}}
    put: {responses: {"204": {description: saved}}}
  /labels:
    post: {responses: {"201": {description: made}}}
  /labels/{name}:
    parameters: [{name: name, in: path, required: true, schema: {type: string}}]
    get: {responses: {"200": {description: ok}}}
    put: {responses: {"200": {description: saved}, "201": {description: made}}}
  /orders/{id}:
    parameters: [{$ref: '#/components/parameters/id'}]
    get: {responses: {"200": {description: ok}}}
    put: {responses: {"204": {description: saved}}}
components:
  parameters: {id: {name: id, in: path, required: true, schema: {type: integer, format: int64, minimum: 1}}}
  securitySchemes: {key: {type: apiKey, in: header, name: X-Key}}
`

func ownersSuite(t *testing.T) *suite {
	t.Helper()
	c, err := packs.LoadText("owners.yaml", []byte(ownersDocument))
	if err != nil {
		t.Fatal(err)
	}
	return newSuite(env.New(c, config.Config{}, nil, 1))
}

// What all may read, and what each customer names himself, belongs to nobody else.
func TestOwned(t *testing.T) {
	s := ownersSuite(t)
	for name, want := range map[string]bool{"DELETE /tags/{id}": false, "GET /notes/{id}": true, "PUT /notes/{id}": true, "GET /folders/{name}": false, "PUT /folders/{name}": false, "PUT /orders/{id}": true, "GET /labels/{name}": false} {
		if got := s.owned(operationOf(t, s, name)); got != want {
			t.Errorf("%s: %v, want %v", name, got, want)
		}
	}
}

func operationOf(t *testing.T, s *suite, name string) *spec.Operation {
	t.Helper()
	for _, o := range s.env.Contract.Operations() {
		if o.Name() == name {
			return o
		}
	}
	t.Fatalf("no operation %s", name)
	return nil
}

// The largest number that the document allows is sent, and none for a text.
func TestFarthest(t *testing.T) {
	s := ownersSuite(t)
	for name, want := range map[string]any{"GET /notes/{id}": json.Number("9223372036854775807"), "GET /folders/{name}": nil} {
		o := operationOf(t, s, name)
		p := s.pathInput(o, spec.Placeholders(o.Path)[0])
		if got, _ := s.farthest(*p); got != want {
			t.Errorf("%s: %v, want %v", name, got, want)
		}
	}
}
