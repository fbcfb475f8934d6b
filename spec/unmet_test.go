package spec

import (
	"net/http"
	"slices"
	"strings"
	"testing"
)

// An unsatisfiable schema is a problem of the document; everything else is judged.
func TestUnmetSchemas(t *testing.T) {
	const content = `{'200': {description: ok, content: {application/json: {schema: {allOf: [` +
		`{type: object, required: [ok, n], properties: {ok: {enum: [true]}, n: {type: integer}}}, ` +
		`{type: object, required: [ok], properties: {ok: {enum: [false]}, other: {properties: {ok: {enum: [true]}}}}}]}}}}}`
	for _, x := range []struct{ body, want string }{
		{`{"ok":true,"n":1}`, ""},
		{`{"ok":false,"n":1}`, ""},
		{`{"ok":false}`, `BODY-SCHEMA-001 $.n required | property "n" | no such property`},
		{`{"ok":true,"n":1,"other":{"ok":false}}`, `BODY-SCHEMA-001 $.other.ok enum | true | false`},
	} {
		if got := strings.Join(checked(t, content, 200, http.Header{"Content-Type": {"application/json"}}, x.body), "; "); got != x.want {
			t.Errorf("%s: got %s, want %s", x.body, got, x.want)
		}
	}
	// A base that is closed refuses what other parts of allOf require.
	const closed = `{'200': {description: ok, content: {application/json: {schema: {allOf: [` +
		`{type: object, additionalProperties: false, required: [title], properties: {title: {type: string}}}, ` +
		`{type: object, required: [errors], properties: {errors: {type: array}}}]}}}}}`
	for _, x := range []struct{ body, want string }{
		{`{"title":"t","errors":[]}`, ""},
		{`{"title":"t"}`, `BODY-SCHEMA-001 $.errors required | property "errors" | no such property`},
		{`{"errors":{}}`, `BODY-SCHEMA-001 $.errors type | array | {} (object); BODY-SCHEMA-001 $.title required | property "title" | no such property`},
	} {
		if got := strings.Join(checked(t, closed, 200, http.Header{"Content-Type": {"application/json"}}, x.body), "; "); got != x.want {
			t.Errorf("%s: got %s, want %s", x.body, got, x.want)
		}
	}
	c := foreign(t, "paths:\n  /a:\n    get:\n      responses:\n        '200': &r\n          description: ok\n          content:\n            application/json:\n              schema:\n                allOf:\n                - type: string\n                - type: integer\n        '201': *r\n")
	var got []string
	for _, p := range c.Problems() {
		got = append(got, p.ID+" "+p.Text)
	}
	want := []string{"DOC-SCHEMA-002 no value meets this schema: for a value, type in line 13 and type in line 14 leave none together and are not judged"}
	if !slices.Equal(got[:1], want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// Alternatives that differ in their descriptions only are valid together or not at all.
func TestSameAlternatives(t *testing.T) {
	const components = "components:\n  schemas:\n    A: {type: object, description: one, required: [a], properties: {a: {type: string, example: x}}}\n" +
		"    B: {type: object, description: other, required: [a], properties: {a: {type: string, example: y}}}\n" +
		"    C: {type: object, required: [a], properties: {a: {type: string, maxLength: 3}}}\n" +
		"    D: {type: object, required: [a], properties: {a: {type: string}, description: {type: integer}}}\n"
	for schema, want := range map[string]string{
		"oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}]": "DOC-SCHEMA-002",
		"oneOf: [{type: string, title: x}, {type: string, title: y}]":                 "DOC-SCHEMA-002",
		"oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/C'}]": "",
		"oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/D'}]": "",
		"oneOf: [{type: string}, {type: string}, {type: integer}]":                    "",
		"anyOf: [{type: string, title: x}, {type: string, title: y}]":                 "",
	} {
		c := foreign(t, components+"paths: {/a: {get: {responses: {'200': {description: ok, content: {application/json: {schema: {"+schema+"}}}}}}}}\n")
		got := ""
		for _, p := range c.Problems() {
			got += p.ID
		}
		if got != want {
			t.Errorf("%s: problems %q, want %q", schema, got, want)
		}
	}
	const content = `{'200': {description: ok, content: {application/json: {schema: {oneOf: [{type: string, title: x}, {type: string, title: y}]}}}}}`
	if got := checked(t, content, 200, http.Header{"Content-Type": {"application/json"}}, `"a"`); len(got) > 0 {
		t.Errorf("got %q, want nothing", got)
	}
}

// The required scopes in the document say which credentials are read-only.
func TestReadingSuffices(t *testing.T) {
	const schemes = "components: {securitySchemes: {o: {type: oauth2, flows: {}}, k: {type: apiKey, in: header, name: K}}}\n"
	for security, want := range map[string]bool{
		"[]":                           false,
		"[{o: [pets:read]}]":           true,
		"[{o: [PETS_READ]}]":           true,
		"[{o: []}]":                    true,
		"[{o: [pets/readwrite]}]":      false,
		"[{o: [pets:write, r:read]}]":  false,
		"[{o: [w]}, {o: [pets:read]}]": true,
		"[{k: []}]":                    false,
		"[{k: [], o: []}]":             false,
	} {
		c := foreign(t, schemes+"paths: {/a: {post: {security: "+security+", responses: {'200': {description: ok}}}}}\n")
		if got := c.Access(c.Operations()[0]).ReadingSuffices(); got != want {
			t.Errorf("%s: got %t, want %t", security, got, want)
		}
	}
}
