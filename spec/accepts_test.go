package spec

import (
	"strings"
	"testing"

	"github.com/hostup/api-conformance/spec/jsontext"
)

// A compiled schema accepts exactly the values in which the library finds no error.
func TestAcceptsWhatTheLibraryAccepts(t *testing.T) {
	const components = `
    Text: {type: string, minLength: 2, maxLength: 3, pattern: '^a'},
    Node: {type: object, required: [id], properties: {id: {type: integer}, next: {$ref: '#/components/schemas/Node'}}},
    Closed: {type: object, properties: {id: {}}, additionalProperties: false},
    Loop: {anyOf: [{$ref: '#/components/schemas/Loop'}, {type: string}]},
    Cat: {type: object, required: [kind], properties: {kind: {const: Cat}}},
    Dog: {type: object, required: [kind, barks], properties: {kind: {const: Dog}}}`
	schemas := strings.Split(`{}
true
false
{type: integer}
{type: number}
{type: [string, 'null']}
{type: [integer, string]}
{type: integer, minimum: 2}
{multipleOf: 2}
{enum: [a, abc, 5, null]}
{const: abc}
{const: {id: 5}}
{type: string, format: date}
{format: uuid}
{minLength: 2}
{maxLength: 2}
{pattern: b}
{$ref: '#/components/schemas/Text'}
{$ref: '#/components/schemas/Text', maxLength: 2}
{$ref: '#/components/schemas/Node'}
{$ref: '#/components/schemas/Closed'}
{$ref: '#/components/schemas/Closed', properties: {next: {}}}
{$ref: '#/components/schemas/Loop'}
{allOf: [{type: string}, {minLength: 3}]}
{anyOf: [{type: integer}, {minLength: 3}]}
{oneOf: [{type: integer}, {type: number}, {type: string}]}
{oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}], discriminator: {propertyName: kind}}
{not: {type: string}}
{not: {not: {type: string}}}
{if: {type: string}, then: {minLength: 3}, else: {type: [integer, object]}}
{if: {required: [next]}, then: {properties: {id: {type: integer}}}}
{then: {type: string}}
{required: [id, next]}
{properties: {id: {type: string}}}
{minProperties: 2}
{additionalProperties: {type: integer}}
{properties: {id: {}}, additionalProperties: {type: object}}
{patternProperties: {^n: {type: object}}, additionalProperties: false}
{propertyNames: {maxLength: 2}}
{dependentRequired: {next: [kind]}}
{$ref: '#/components/schemas/Node', unevaluatedProperties: false}
{properties: {password: {writeOnly: true}}}
{items: {type: integer}}
{prefixItems: [{type: string}], items: {type: integer}}
{prefixItems: [{type: string}, {type: string}]}
{minItems: 2}
{maxItems: 1}
{uniqueItems: true}
{contains: {type: string}}
{items: {items: {$ref: '#/components/schemas/Text'}}}`, "\n")
	values := strings.Split(`null
true
5
1
-3
1.0
1.5
1e2
-0
123456789012345678901234567890
""
"a"
"ab"
"abc"
"abcd"
"åä"
"2026-04-28"
"2026-04-31"
"01890a5d-ac96-774b-bcce-b302099a8057"
[]
[5]
["a"]
["a",5]
["a","b"]
[5,5]
[["abc"],["ab","b"]]
{}
{"id":5}
{"id":"5"}
{"id":5,"next":{"id":6}}
{"id":5,"next":{"id":"6"}}
{"id":5,"next":{"id":6,"next":{}}}
{"kind":"Cat"}
{"kind":"Dog"}
{"kind":"Dog","barks":true}
{"next":5}
{"name":{}}
{"password":"x"}`, "\n")
	for _, text := range schemas {
		j := answering(t, text, components)
		for _, value := range values {
			v, _, ok := jsontext.Decode([]byte(value))
			if !ok {
				t.Fatalf("%s is no JSON", value)
			}
			for level, s := range map[Level]*compiled{Must: j.must, Should: j.should} {
				if err := s.Validate(v); s.accepts(v) != (err == nil) {
					t.Errorf("%s of %s, %s: accepted %v, but the library says %v", text, value, level, err != nil, err)
				}
			}
		}
	}
}

// The schema that a $dynamicRef means depends on where it is reached from.
func TestAcceptsByDynamicReferences(t *testing.T) {
	const components = `
    List: {$id: 'http://a/list', type: array, items: {$dynamicRef: '#item'}, $defs: {any: {$dynamicAnchor: item}}},
    Numbers: {$id: 'http://a/numbers', $ref: 'http://a/list', $defs: {number: {$dynamicAnchor: item, type: number}}}`
	j := answering(t, `{properties: {all: {$ref: '#/components/schemas/Numbers'}}}`, components)
	for _, value := range []string{`{"all":[5]}`, `{"all":["5"]}`} {
		v, _, _ := jsontext.Decode([]byte(value))
		if err := j.must.Validate(v); j.must.accepts(v) != (err == nil) {
			t.Errorf("%s: accepted %v, but the library says %v", value, err != nil, err)
		}
	}
}

// Accepting a value of common keywords makes nothing: the library is not asked.
func TestAcceptsWithoutTheLibrary(t *testing.T) {
	j := answering(t, `{type: array, items: {$ref: '#/components/schemas/Row'}}`,
		`Row: {type: object, required: [id], properties: {id: {type: string, minLength: 1}, n: {type: integer}, kind: {enum: [a, b]}}, additionalProperties: {type: [string, 'null']}}`)
	v, _, _ := jsontext.Decode([]byte(`[{"id":"a","n":5,"kind":"b","other":null}]`))
	if n := testing.AllocsPerRun(10, func() {
		if !j.must.accepts(v) {
			t.Error("refused")
		}
	}); n != 0 {
		t.Errorf("%v allocations, want none", n)
	}
}
