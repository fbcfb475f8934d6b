package schema

import (
	"fmt"
	"testing"

	"github.com/hostup/api-conformance/spec/document"
)

// A schema is unmet only if type, enum and const certainly leave no value.
func TestUnmet(t *testing.T) {
	const components = "components: {schemas: {Good: {type: object, required: [ok], properties: {ok: {enum: [true]}}}, Bad: {type: object, required: [ok], properties: {ok: {enum: [false]}}}, Loop: {type: object, required: [next], properties: {next: {$ref: '#/components/schemas/Loop'}}}, X: "
	for _, x := range []struct{ version, schema, want string }{
		{"3.1", `{allOf: [{type: string}, {type: integer}]}`, "[]"},
		{"3.1", `{allOf: [{enum: [a, b]}, {const: c}]}`, "[]"},
		{"3.1", `{type: string, enum: [1]}`, "[]"},
		{"3.1", `{allOf: [{$ref: '#/components/schemas/Good'}, {$ref: '#/components/schemas/Bad'}]}`, "[ok]"},
		{"3.1", `{type: object, required: [a], properties: {a: {type: array, minItems: 1, items: {allOf: [{type: string}, {type: 'null'}]}}}}`, "[a *]"},
		{"3.1", `{type: 'null', anyOf: [{type: string}, {type: object}]}`, "[]"},
		{"3.0", `{allOf: [{type: object, nullable: true, enum: [null]}, {type: object}]}`, "[]"},
		{"3.1", `{allOf: [{type: object, additionalProperties: false, properties: {a: {}}}, {required: [b], properties: {b: {}}}]}`, "[]"},
		{"3.0", `{type: object, required: [e], properties: {e: {allOf: [{type: object, additionalProperties: false}, {type: object, required: [b]}]}}}`, "[e]"},
		// satisfiable, or possibly
		{"3.1", `{allOf: [{type: object, additionalProperties: false, properties: {a: {}}}, {required: [a], properties: {b: {}}}]}`, "met"},
		{"3.1", `{allOf: [{additionalProperties: false}, {required: [b]}]}`, "met"},
		{"3.1", `{allOf: [{type: object, additionalProperties: false, patternProperties: {b: {}}}, {required: [b]}]}`, "met"},
		{"3.1", `{allOf: [{type: object, additionalProperties: {}}, {required: [b]}]}`, "met"},
		{"3.1", `{allOf: [{type: number}, {type: integer}]}`, "met"},
		{"3.1", `{allOf: [{enum: [1]}, {enum: [1.0]}]}`, "met"},
		{"3.1", `{type: integer, enum: [1.0, a]}`, "met"},
		{"3.1", `{allOf: [{enum: [{a: 1}]}, {enum: [{a: 1.0}]}]}`, "met"},
		{"3.1", `{type: object, properties: {a: {allOf: [{type: string}, {type: integer}]}}}`, "met"},
		{"3.1", `{required: [a], properties: {a: {allOf: [{type: string}, {type: integer}]}}}`, "met"},
		{"3.1", `{type: [object, 'null'], required: [a], properties: {a: {type: string, enum: [1]}}}`, "met"},
		{"3.1", `{type: array, items: {type: string, enum: [1]}}`, "met"},
		{"3.1", `{anyOf: [{$ref: '#/components/schemas/Good'}, {$ref: '#/components/schemas/Bad'}]}`, "met"},
		{"3.1", `{type: 'null', anyOf: [{type: string}, {}]}`, "met"},
		{"3.1", `{type: string, not: {type: string}}`, "met"},
		{"3.1", `{$ref: '#/components/schemas/Loop'}`, "met"},
		{"3.0", `{allOf: [{type: object, nullable: true, enum: [null]}, {type: object, nullable: true}]}`, "met"},
		{"3.0", `{type: string, $ref: '#/components/schemas/Good'}`, "met"},
	} {
		d, err := document.Parse("a.yaml", []byte("openapi: "+x.version+".0\npaths: {}\n"+components+x.schema+"}}\n"))
		if err != nil {
			t.Fatal(err)
		}
		s, err := New(d, x.version, Answers, nil)
		if err != nil {
			t.Fatal(err)
		}
		got := "met"
		for _, c := range s.Unmet("/components/schemas/X") {
			got = fmt.Sprint(c.Path)
		}
		if got != x.want {
			t.Errorf("%s in %s: got %s, want %s", x.schema, x.version, got, x.want)
		}
	}
}
