package result_test

import (
	"net/url"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/spec/packs"
	"github.com/hostup/api-conformance/suites/internal/result"
)

// Operations without a documented success are one note about the document, and their
// successes are no findings; a redirect or a default response counts as documented.
func TestNoSuccessDocumented(t *testing.T) {
	c, err := packs.LoadText("pets.yaml", []byte(`
openapi: 3.0.1
info: {title: pets, version: "1"}
paths:
  /pets:
    get: {responses: {"404": {description: none}}}
    post: {responses: {"201": {description: made}}}
    put: {responses: {default: {description: any}}}
    delete: {responses: {"302": {description: elsewhere}}}
  /a: {get: {responses: {"400": {description: bad}}}}
  /b: {get: {responses: {"400": {description: bad}}}}
  /c: {get: {responses: {5XX: {description: broken}}}}
`))
	if err != nil {
		t.Fatal(err)
	}
	want := []reporters.DocumentProblem{{ID: "DOC-STATUS-003", File: "pets.yaml", Text: "4 operations with no success status documented: GET /pets, GET /a, GET /b and 1 more"}}
	if diff := cmp.Diff(want, result.DocumentProblems(c, nil)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	u, err := url.Parse("https://api.example.com/a")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range c.Check(spec.Exchange{Request: spec.Request{Method: "GET", URL: u}, Response: &spec.Response{Status: 200, Length: -1}}) {
		if f.Requirement == "HTTP-STATUS-001" {
			t.Errorf("a success that is not documented is %v", f)
		}
	}
}
