package sample_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/hostup/api-conformance/spec/document"
	"github.com/hostup/api-conformance/spec/sample"
	"github.com/hostup/api-conformance/spec/schema"
)

const text = `openapi: 3.1.0
components:
  schemas:
    Tree: {type: object, required: [name], properties: {name: {type: string}, children: {type: array, items: {$ref: '#/components/schemas/Tree'}}}}
    Endless: {type: object, required: [next], properties: {next: {$ref: '#/components/schemas/Endless'}}}
    Cat: {type: object, properties: {kind: {type: string}, claws: {type: integer}}}
    Dog: {type: object, properties: {kind: {type: string}, bark: {type: boolean}}}
    Pet: {type: object, required: [kind, name], properties: {kind: {type: string}, name: {type: string}}, discriminator: {propertyName: kind}}
    Bird: {allOf: [{$ref: '#/components/schemas/Pet'}, {required: [wings], properties: {wings: {type: integer}}}]}
    Owl: {allOf: [{$ref: '#/components/schemas/Bird'}, {required: [eyes], properties: {eyes: {type: integer}}}]}
    Fish: {allOf: [{$ref: '#/components/schemas/Pet'}, {properties: {kind: {enum: [fish]}}}]}
    Shape: {type: object, properties: {form: {type: string}}, discriminator: {propertyName: form, mapping: {round: Circle, flat: '#/components/schemas/Line'}}}
    Circle: {allOf: [{$ref: '#/components/schemas/Shape'}, {required: [radius], properties: {radius: {type: integer, minimum: 2, maximum: 1}}}]}
    Line: {allOf: [{$ref: '#/components/schemas/Shape'}, {required: [length], properties: {length: {type: integer}}}]}
    Alone: {type: object, required: [kind], properties: {kind: {type: string}}, discriminator: {propertyName: kind}}
    Strict: {type: object, required: [kind], additionalProperties: false, properties: {kind: {type: string}}, discriminator: {propertyName: kind}}
    Loose: {allOf: [{$ref: '#/components/schemas/Strict'}, {required: [more]}]}
    Faults: {type: object, required: [message], properties: {message: {type: string}, errors: {type: array, items: {type: object, required: [code], properties: {code: {type: string}}}}}}
    Reasons: {type: object, required: [message], properties: {message: {type: string}, errors: {type: array, items: {type: string}}}}
    Case: SCHEMA
`

// Examples of the document come first; other values are generated and conform to the
// schema.
func TestValue(t *testing.T) {
	for _, c := range []struct{ schema, want string }{
		{`{type: string, example: shown, default: other}`, `"shown"`},
		{`{type: integer, example: text, default: 7}`, `7`},
		{`{anyOf: [{type: string}, {type: "null"}], default: null}`, `"text"`}, // as pydantic writes it
		{`{type: "null", default: null}`, `null`},
		{`{type: string, examples: [a, b]}`, `"a"`},
		{`{oneOf: [{type: object, required: [a], properties: {a: {type: integer}}}, {type: object, required: [a], properties: {a: {type: integer}, b: {type: boolean}}}]}`, `{"a":1,"b":1}`},
		{`{const: x}`, `"x"`},
		{`{enum: [null, b, c]}`, `"b"`},
		{`{type: integer, minimum: 10}`, `10`},
		{`{type: integer, exclusiveMinimum: 10, multipleOf: 4}`, `12`},
		{`{type: number, exclusiveMinimum: 0, maximum: 0.5}`, `0.125`},
		{`{type: integer, maximum: -3}`, `-3`},
		{`{type: string, format: uuid}`, `"3f2b1c4d-5e6f-4a7b-8c9d-0e1f2a3b4c50"`},
		{`{type: string, pattern: '^[A-Z]{2}-\d{3,}$'}`, `"ZZ-999"`},
		{`{type: string, pattern: '^(?!0)[0-9]+$'}`, `"9"`},
		{`{type: string, pattern: '^-?\d{0,6}(?:\.\d{0,2})?$'}`, `"9.9"`},
		{`{type: string, pattern: '^([+-])?\d+$'}`, `"9"`},
		{`{type: string, pattern: '^-\d+$'}`, `"-9"`},
		{`{type: string, pattern: '^$'}`, `""`},
		{`{type: string, pattern: '^[\s\S]*$', minLength: 2}`, `"zz"`},
		{`{type: string, pattern: '^x.{1,2048}$'}`, `"xz"`},
		{`{type: string, pattern: '^\p{Graph}+$', minLength: 1}`, `"text"`}, // of another dialect
		{`{type: string, pattern: '^[\uD800\uDBFF-\uDC00\uDFFF]*$', minLength: 1}`, `"text"`},
		{`{type: string, minLength: 6}`, `"texttext"`},
		{`{type: string, maxLength: 2}`, `"te"`},
		{`{type: [string, "null"]}`, `"text"`},
		{`{type: "null"}`, `null`},
		{`{type: array, items: {type: boolean}, minItems: 2}`, `[true,false]`},
		{`{type: array, uniqueItems: true, minItems: 3, items: {type: integer}}`, `[1,2,3]`},
		{`{type: array, prefixItems: [{type: integer}, {type: string}]}`, `[1,"text1"]`},
		{`{type: object, required: [a, b], properties: {a: {type: integer}, c: {}}}`, `{"a":1,"b":"value"}`},
		{`{type: object, minProperties: 1, properties: {a: {type: integer}}}`, `{"a":1}`},
		{`{type: object, required: [id, name], properties: {id: {readOnly: true}, name: {type: string}}}`, `{"name":"text"}`},
		{`{allOf: [{required: [a], properties: {a: {type: integer}}}, {properties: {a: {minimum: 5}}}]}`, `{"a":5}`},
		{`{oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}], discriminator: {propertyName: kind}}`, `{"kind":"Cat"}`},
		{`{oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}], discriminator: {propertyName: kind, mapping: {feline: Cat, dog: '#/components/schemas/Dog'}}}`, `{"kind":"feline"}`},
		{`{$ref: '#/components/schemas/Pet'}`, `{"kind":"Bird","name":"text","wings":1}`},
		{`{type: array, items: {$ref: '#/components/schemas/Pet'}}`, `[{"kind":"Bird","name":"text","wings":1}]`},
		{`{$ref: '#/components/schemas/Owl'}`, `{"eyes":1,"kind":"Owl","name":"text","wings":1}`},
		{`{$ref: '#/components/schemas/Fish'}`, `{"kind":"fish","name":"text"}`},
		{`{oneOf: [{$ref: '#/components/schemas/Fish'}, {$ref: '#/components/schemas/Bird'}]}`, `{"kind":"fish","name":"text"}`},
		{`{oneOf: [{$ref: '#/components/schemas/Owl'}], discriminator: {propertyName: kind, mapping: {o: Owl}}}`, `{"eyes":1,"kind":"o","name":"text","wings":1}`},
		{`{$ref: '#/components/schemas/Shape'}`, `{"form":"flat","length":1}`},
		{`{$ref: '#/components/schemas/Alone'}`, `{"kind":"text"}`},
		{`{$ref: '#/components/schemas/Strict'}`, `{"kind":"text"}`},
		{`{oneOf: [{type: integer, minimum: 5, maximum: 4}, {type: boolean}]}`, `true`},
		{`{$ref: '#/components/schemas/Tree', required: [children]}`, `{"children":[{"name":"text"}],"name":"text"}`},
		{`{type: object, additionalProperties: {type: integer}, minProperties: 2}`, `{"property1":1,"property2":1}`},
		{`{oneOf: [{$ref: '#/components/schemas/Faults'}, {$ref: '#/components/schemas/Reasons'}]}`, `{"errors":[{"code":"text"}],"message":"text"}`},
		{`{required: [a], properties: {a: {oneOf: [{$ref: '#/components/schemas/Reasons'}, {$ref: '#/components/schemas/Faults'}]}}}`, `{"a":{"errors":["text"],"message":"text"}}`},
	} {
		got, err := make(t, c.schema, 0)
		if err != nil || got != c.want {
			t.Errorf("%s: got %s (%v), want %s", c.schema, got, err, c.want)
		}
	}
}

// A full value has optional properties to a sensible depth, but none that the server
// determines or that the document does not describe.
func TestFull(t *testing.T) {
	for _, c := range []struct{ schema, want string }{
		{`{type: object, properties: {a: {type: integer}, any: {}, id: {type: string, readOnly: true}}}`, `{"a":1}`},
		{`{type: object, maxProperties: 1, properties: {a: {type: integer}, b: {type: integer}}}`, `{"a":1}`},
		{`{type: object, required: [a], properties: {a: {type: object, properties: {b: {enum: [x]}}}, c: {default: 3}}}`, `{"a":{"b":"x"},"c":3}`},
		{`{allOf: [{$ref: '#/components/schemas/Cat'}, {properties: {color: {type: string, format: uri}}}]}`, `{"claws":1,"color":"https://example.com/0","kind":"text"}`},
		{`{type: array, items: {$ref: '#/components/schemas/Dog'}}`, `[{"bark":true,"kind":"text"}]`},
	} {
		got, err := makeBy(t, c.schema, func(m *sample.Maker, at string) (any, error) { return m.Full(at, 0) })
		if err != nil || got != c.want {
			t.Errorf("%s: got %s (%v), want %s", c.schema, got, err, c.want)
		}
	}
}

// An unsatisfiable schema is an error.
func TestNoValue(t *testing.T) {
	for _, s := range []string{`{$ref: '#/components/schemas/Endless'}`, `{type: integer, minimum: 2, maximum: 1}`, `{not: {}}`} {
		if got, err := make(t, s, 0); err == nil || !strings.Contains(err.Error(), "give one as an example") {
			t.Errorf("%s: %s, %v", s, got, err)
		}
	}
}

// The number selects different values.
func TestOtherValues(t *testing.T) {
	for _, s := range []string{`{type: string}`, `{type: integer}`, `{enum: [a, b]}`, `{type: string, format: uuid}`, `{type: string, pattern: '^[a-z]+$'}`, `{type: object, required: [a], properties: {a: {type: string}}}`} {
		first, _ := make(t, s, 0)
		second, err := make(t, s, 1)
		if err != nil || first == second {
			t.Errorf("%s: %s and %s (%v)", s, first, second, err)
		}
	}
}

func make(t *testing.T, s string, n int) (string, error) {
	t.Helper()
	return makeBy(t, s, func(m *sample.Maker, at string) (any, error) { return m.Value(at, n) })
}

func makeBy(t *testing.T, s string, by func(m *sample.Maker, at string) (any, error)) (string, error) {
	t.Helper()
	d, err := document.Load("d.yaml", []byte(strings.Replace(text, "SCHEMA", s, 1)), nil)
	if err != nil {
		t.Fatal(err)
	}
	set, err := schema.New(d, "3.1", schema.Requests, nil)
	if err != nil {
		t.Fatal(err)
	}
	v, err := by(sample.New(d, set, schema.Requests), "/components/schemas/Case")
	if err != nil {
		return "", err
	}
	got, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(got), nil
}
