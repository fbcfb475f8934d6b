package sample_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/hostup/api-conformance/spec/document"
	"github.com/hostup/api-conformance/spec/sample"
	"github.com/hostup/api-conformance/spec/schema"
)

// What a schema lets an object show at a path: by the alternative that the object meets.
func TestTakes(t *testing.T) {
	d, err := document.Parse("any.yaml", []byte(`openapi: 3.1.0
components:
  schemas:
    Any: {oneOf: [{$ref: '#/components/schemas/Web'}, {$ref: '#/components/schemas/Store'}]}
    Web: {type: object, required: [type], properties: {type: {const: web}, mode: {enum: [auto]}, at: {type: object, properties: {url: {type: string}}}}}
    Store: {type: object, required: [type], properties: {type: {const: store}, bucket: {type: string}, sizes: {type: array, items: {type: integer}}}}
`))
	if err != nil {
		t.Fatal(err)
	}
	dialect, err := d.Dialect()
	if err != nil {
		t.Fatal(err)
	}
	set, err := schema.New(d, dialect, schema.Requests, nil)
	if err != nil {
		t.Fatal(err)
	}
	m := sample.New(d, set, schema.Requests)
	for _, c := range []struct {
		in, path, value string
		want            bool
	}{
		{`{"type":"web"}`, "mode", `"auto"`, true},
		{`{"type":"web"}`, "mode", `"other"`, false},
		{`{"type":"web"}`, "at.url", `"x"`, true},
		{`{"type":"web"}`, "at.url", `7`, false},
		{`{"type":"web"}`, "bucket", `"b"`, false},
		{`{"type":"store"}`, "bucket", `"b"`, true},
		{`{"type":"store"}`, "sizes", `[1]`, true},
		{`{"type":"store"}`, "sizes", `["small"]`, false},
		{`{"type":"store"}`, "else", `7`, true},
	} {
		var in, value any
		if json.Unmarshal([]byte(c.in), &in) != nil || json.Unmarshal([]byte(c.value), &value) != nil {
			t.Fatalf("%s or %s is no JSON", c.in, c.value)
		}
		if got := m.Takes("/components/schemas/Any", in, value, strings.Split(c.path, ".")...); got != c.want {
			t.Errorf("%s of %s may be %s: %t, want %t", c.path, c.in, c.value, got, c.want)
		}
	}
}
