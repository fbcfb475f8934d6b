package request_test

import (
	"testing"

	"github.com/hostup/api-conformance/spec/packs"
	"github.com/hostup/api-conformance/suites/request"
)

// A path that a document distinguishes by a fragment or a query is sent as a URL: without
// the fragment, the query as query.
func TestAddress(t *testing.T) {
	for path, want := range map[string]string{
		"/files/{id}#shared":    "/files/7?all=1",
		"/files/{id}?view=list": "/files/7?view=list&all=1",
		"/files/{id}":           "/files/7?all=1",
	} {
		c, err := packs.LoadText("files.yaml", []byte(`
openapi: 3.1.0
info: {title: files, version: "1"}
paths:
  "`+path+`":
    get:
      parameters:
        - {name: id, in: path, required: true, schema: {type: integer}, example: 7}
        - {name: all, in: query, required: true, schema: {type: integer}, example: 1}
      responses: {"200": {description: ok}}
`))
		if err != nil {
			t.Fatal(err)
		}
		b := request.New(c, "")
		d, err := b.Draft(c.Operations()[0], nil)
		if err != nil {
			t.Fatal(err)
		}
		r, err := b.Request(d, nil)
		if got := r.Path + "?" + r.Query; err != nil || got != want {
			t.Errorf("%s is sent as %s, error %v, want %s", path, got, err, want)
		}
	}
}
