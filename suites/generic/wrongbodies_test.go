package generic

import (
	"testing"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/request"
)

// A form writes a list of one and a single value alike.
func TestListOfOne(t *testing.T) {
	const schema = "/paths/~1x/post/requestBody/content/application~1x-www-form-urlencoded/schema"
	c, err := spec.LoadText(nil, "forms.yaml", []byte(`openapi: 3.1.0
info: {title: Forms, version: "1"}
paths:
  /x:
    post:
      requestBody: {content: {application/x-www-form-urlencoded: {schema: {type: object, properties: {
        names: {anyOf: [{type: array, items: {type: string}}, {type: string, enum: ['']}]}, kind: {type: string, enum: [a]}}}}}}
      responses: {'200': {description: ok}}
`))
	if err != nil {
		t.Fatal(err)
	}
	sampler, err := request.New(c, "").Sampler()
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]bool{"names": true, "kind": false} {
		if got := listOfOne(sampler, schema, map[string]any{name: "other"}, name); got != want {
			t.Errorf("%s: %v, want %v", name, got, want)
		}
	}
}
