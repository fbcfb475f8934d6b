package sample

import (
	"bytes"
	"strings"
	"testing"

	"github.com/pb33f/jsonschema/v6"

	"github.com/hostup/api-conformance/reporters"
)

// Valid validates a text by the published schema.
func Valid(t *testing.T, text string) error {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(reporters.Schema()))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	const id = "urn:hostup-conformance:run:1"
	if err := c.AddResource(id, doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile(id)
	if err != nil {
		t.Fatal(err)
	}
	value, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return s.Validate(value)
}
