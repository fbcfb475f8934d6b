package spec

import (
	"slices"
	"testing"

	"github.com/hostup/api-conformance/spec/jsontext"
)

// Keywords beside a $ref apply, wherever it is.
func TestSiblingsOfARef(t *testing.T) {
	const components = `Small: {type: integer, maximum: 9}, Named: {type: object, properties: {n: {type: string}}}, Strict: {$ref: '#/components/schemas/Named', required: [n]}, Alias: {$ref: '#/components/schemas/Strict', description: d}`
	for _, tt := range []struct{ schema, value, want string }{
		{`{$ref: '#/components/schemas/Small', minimum: 5}`, `5`, ""},
		{`{$ref: '#/components/schemas/Small', minimum: 5}`, `4`, " minimum | at least 5 | 4"},
		{`{$ref: '#/components/schemas/Small', minimum: 5}`, `10`, " maximum | at most 9 | 10"},
		{`{$ref: '#/components/schemas/Named', unevaluatedProperties: false}`, `{"n":""}`, ""},
		{`{$ref: '#/components/schemas/Named', unevaluatedProperties: false}`, `{"m":""}`, `/m schema | no such property | ""`},
		{`{$ref: '#/components/schemas/Strict'}`, `{}`, ` required | property "n" | no such property`},
		{`{$ref: '#/components/schemas/Alias'}`, `{}`, ` required | property "n" | no such property`},
		{`{$ref: '#/components/schemas/Alias'}`, `{"n":1}`, `/n type | string | 1 (number)`},
		{`{$ref: '#/components/schemas/Strict', properties: {m: {type: string}}}`, `{"n":"","m":1}`, `/m type | string | 1 (number)`},
	} {
		j := answering(t, tt.schema, components)
		value, _, _ := jsontext.Decode([]byte(tt.value))
		got := words(breaches(j.must, value))
		if tt.want == "" && got != nil || tt.want != "" && !slices.Equal(got, []string{tt.want}) {
			t.Errorf("%s of %s: %q, want %q", tt.schema, tt.value, got, tt.want)
		}
	}
	// and its properties are documented
	shape := answering(t, `{$ref: '#/components/schemas/Named', properties: {m: {}}}`, components).shape
	if shape.members["n"] == nil || shape.members["m"] == nil {
		t.Errorf("members %v", shape.members)
	}
}

// A writeOnly property is never in a response (JSON Schema validation, section 9.4): it
// is not reported as missing, and its presence is a warning.
func TestWriteOnly(t *testing.T) {
	const components = `Base: {type: object, properties: {name: {type: string}, password: {$ref: '#/components/schemas/Secret'}}}, Secret: {type: string, writeOnly: true}`
	const missing = ` required | property "name" | no such property`
	for _, tt := range []struct {
		schema, value string
		must, should  []string
	}{
		{`{required: [name, password], properties: {name: {}, password: {writeOnly: true}}}`, `{"name":1}`, nil, nil},
		{`{required: [name, password], properties: {name: {}, password: {writeOnly: true}}}`, `{}`, []string{missing}, []string{missing}},
		{`{allOf: [{$ref: '#/components/schemas/Base'}], required: [name, password]}`, `{"name":"a"}`, nil, nil},
		{`{allOf: [{$ref: '#/components/schemas/Base'}, {required: [name, password]}]}`, `{"name":"a"}`, nil, nil},
		{`{items: {$ref: '#/components/schemas/Base', required: [password]}}`, `[{}]`, nil, nil},
		{`{required: [id], properties: {id: {readOnly: true}}}`, `{}`, []string{` required | property "id" | no such property`}, []string{` required | property "id" | no such property`}},
		{`{$ref: '#/components/schemas/Base'}`, `{"password":"x"}`, nil, []string{`/password writeOnly | no such property in a response | a value`}},
		{`{properties: {password: {writeOnly: true}}}`, `{"password":null}`, nil, nil},
		{`{if: {required: [p]}, then: {required: [q]}, properties: {p: {writeOnly: true}}}`, `{}`, nil, nil},
	} {
		j := answering(t, tt.schema, components)
		value, _, _ := jsontext.Decode([]byte(tt.value))
		if got := words(breaches(j.must, value)); !slices.Equal(got, tt.must) {
			t.Errorf("%s of %s: MUST %q, want %q", tt.schema, tt.value, got, tt.must)
		}
		if got := words(breaches(j.should, value)); !slices.Equal(got, tt.should) {
			t.Errorf("%s of %s: SHOULD %q, want %q", tt.schema, tt.value, got, tt.should)
		}
	}
}

// A discriminator selects among oneOf and anyOf, and is a hint.
func TestDiscriminator(t *testing.T) {
	const components = `Cat: {type: object, required: [kind, lives], properties: {kind: {type: string}, lives: {type: integer}}}, Dog: {type: object, required: [kind], properties: {kind: {type: string}, bark: {type: string}}}, Pet: {type: object, required: [kind], properties: {kind: {type: string}}, discriminator: {propertyName: kind, mapping: {puppy: '#/components/schemas/Puppy'}}}, Puppy: {allOf: [{$ref: '#/components/schemas/Pet'}]}`
	const (
		mapped   = `{oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}], discriminator: {propertyName: kind, mapping: {c: '#/components/schemas/Cat', d: Dog}}}`
		implicit = `{anyOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}, {type: 'null'}], discriminator: {propertyName: kind}}`
	)
	for _, tt := range []struct {
		schema, value string
		must          []string
		should        bool // the overlay reports something more
	}{
		{mapped, `{"kind":"c","lives":9}`, nil, false}, // both alternatives accept it; the property says which one it is
		{mapped, `{"kind":"d","lives":9}`, nil, false},
		{mapped, `{"kind":"c"}`, []string{` required | property "lives" | no such property`}, false},
		{mapped, `{"kind":"d","bark":1}`, []string{`/bark type | string | 1 (number)`}, false},
		{mapped, `{"kind":"x"}`, nil, true}, // an unknown name: any alternative
		{mapped, `{"lives":9}`, []string{` required | property "kind" | no such property`}, false},
		{implicit, `{"kind":"Cat"}`, []string{` required | property "lives" | no such property`}, false},
		{implicit, `{"kind":"Dog"}`, nil, false},
		{implicit, `null`, nil, false},
		{`{$ref: '#/components/schemas/Pet'}`, `{"kind":"puppy"}`, nil, false},
		{`{oneOf: [{$ref: '#/components/schemas/Pet'}, {type: 'null'}]}`, `null`, nil, false},
	} {
		j := answering(t, tt.schema, components)
		value, _, _ := jsontext.Decode([]byte(tt.value))
		if got := words(breaches(j.must, value)); !slices.Equal(got, tt.must) {
			t.Errorf("%s of %s:\n got %q\nwant %q", tt.schema, tt.value, got, tt.must)
		}
		if more := len(breaches(j.should, value)) > len(tt.must); more != tt.should {
			t.Errorf("%s of %s: SHOULD has more: %v", tt.schema, tt.value, more)
		}
	}
}
