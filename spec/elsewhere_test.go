package spec_test

import (
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/hostup/api-conformance/spec"
)

// TestReferencesElsewhere has referenced objects in places where OpenAPI has none of
// their kind, as bundlers leave them, and operations that are references: they are judged
// like objects in their usual places.
func TestReferencesElsewhere(t *testing.T) {
	response := `{description: ok, content: {application/json: {schema: {type: array, items: {$ref: "#/components/schemas/Thing"}}}}}`
	rest := "\ncomponents: {schemas: {Thing: {type: object, required: [id], properties: {id: {$ref: 'models.yaml#/Id'}}}}"
	for name, text := range map[string]string{
		"an operation":                       `get: {$ref: "#/components/x-operations/list"}}}` + rest + `, x-operations: {list: {responses: {"200": ` + response + `}}}}`,
		"an operation of another file":       `get: {$ref: "operations.yaml#/list"}}}` + rest + `}`,
		"an operation that is a file":        `get: {$ref: "list.yaml"}}}` + rest + `}`,
		"an operation by way of another":     `get: {$ref: "#/x-a"}}}` + rest + "}\nx-a: {$ref: '#/x-b'}\n" + `x-b: {responses: {"200": ` + response + `}}`,
		"a response of an extension":         `get: {responses: {"200": {$ref: "#/x-responses/list"}}}}}` + rest + "}\nx-responses: {list: " + response + "}",
		"a response that stands by a schema": `get: {responses: {"200": {$ref: "#/components/schemas/Things"}}}}}` + rest[:len(rest)-1] + ", Things: " + response + "}}",
	} {
		t.Run(name, func(t *testing.T) {
			folder := t.TempDir()
			for file, text := range map[string]string{
				"api.yaml":        "openapi: 3.1.0\ninfo: {title: t, version: '1'}\npaths: {/things: {" + text + "\n",
				"models.yaml":     "Id: {type: integer}\n",
				"operations.yaml": "list: {responses: {'200': {description: ok, content: {application/json: {schema: {$ref: '#/Things'}}}}}}\nThings: {type: array, items: {$ref: 'api.yaml#/components/schemas/Thing'}}\n",
				"list.yaml":       "responses: {'200': {description: ok, content: {application/json: {schema: {type: array, items: {$ref: 'operations.yaml#/Things/items'}}}}}}\n",
			} {
				if err := os.WriteFile(filepath.Join(folder, file), []byte(text), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			c, err := spec.LoadFile(nil, filepath.Join(folder, "api.yaml"))
			if err != nil {
				t.Fatal(err)
			}
			for body, want := range map[string][]string{`[{"id": 1}]`: nil, `[{"id": "1"}]`: {"BODY-SCHEMA-001"}, `[{}]`: {"BODY-SCHEMA-001"}} {
				var have []string
				for _, f := range c.Check(spec.Exchange{
					Request: spec.Request{Method: "GET", URL: &url.URL{Scheme: "https", Host: "api.example.com", Path: "/things"}, Header: http.Header{}},
					Response: &spec.Response{Status: 200, Header: http.Header{"Content-Type": {"application/json"}, "Date": {"Thu, 01 Jan 2026 00:00:00 GMT"}},
						Body: []byte(body), Length: int64(len(body))},
				}) {
					if f.Level == spec.Must {
						have = append(have, f.Requirement)
					}
				}
				if !slices.Equal(have, want) {
					t.Errorf("%s breaks %v, want %v", body, have, want)
				}
			}
			for _, p := range c.Problems() {
				t.Errorf("%s:%d: %s %s", p.File, p.Line, p.ID, p.Text)
			}
		})
	}
}
