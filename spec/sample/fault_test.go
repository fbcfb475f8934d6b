package sample_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/hostup/api-conformance/spec/sample"
)

// Each keyword that a value can break is broken once in each place, and nothing else is.
func TestFaults(t *testing.T) {
	for _, c := range []struct {
		schema, value string
		want          []string
	}{
		{`{type: object, required: [name], properties: {name: {type: string, minLength: 1, maxLength: 4}}}`, `{"name":"abc"}`, []string{
			`name required {}`, `name minLength {"name":""}`, `name maxLength {"name":"abccc"}`, `name type {"name":{"conformance":[]}}`, `name null {"name":null}`, ` type []`, ` null null`}},
		{`{type: integer, minimum: 1, exclusiveMaximum: 5}`, `2`, []string{` minimum 0`, ` maximum 5`, ` integer 2.5`, ` type "conformance-none"`, ` null null`}},
		{`{type: number, multipleOf: 0.5}`, `2`, []string{` multipleOf 2.25`, ` type "conformance-none"`, ` null null`}},
		{`{type: [integer, "null"], maximum: 9223372036854775807}`, `2`, []string{` integer 2.5`, ` type "conformance-none"`}},
		{`{enum: [a, b]}`, `"a"`, []string{` enum "conformance-none"`, ` type {"conformance":[]}`, ` null null`}},
		{`{enum: [1, 2, null]}`, `1`, []string{` enum 1002`, ` type "conformance-none"`}},
		{`{type: string, pattern: '^[A-Z]{2}$'}`, `"SE"`, []string{` pattern "!!"`, ` type {"conformance":[]}`, ` null null`}},
		{`{type: string, format: date}`, `"2026-01-01"`, []string{` format "conformance-none"`, ` type {"conformance":[]}`, ` null null`}},
		{`{type: array, minItems: 1, maxItems: 2, uniqueItems: true, items: {enum: [a, b]}}`, `["a"]`, []string{
			` minItems []`, ` uniqueItems ["a","a"]`, ` maxItems ["a","b","a"]`, `[0] enum ["conformance-none"]`, `[0] type [{"conformance":[]}]`, `[0] null [null]`, ` type {"conformance":[]}`, ` null null`}},
		{`{type: object, additionalProperties: false, properties: {a: {type: boolean}}}`, `{}`, []string{
			` additionalProperties {"conformance-none":"conformance"}`, `a type {"a":"conformance-none"}`, `a null {"a":null}`, ` type []`, ` null null`}},
		{`{type: object, additionalProperties: {type: integer}}`, `{"a":1}`, []string{
			` additionalProperties {"a":1,"conformance-none":"conformance"}`, `a integer {"a":1.5}`, `a type {"a":"conformance-none"}`, `a null {"a":null}`, ` type []`, ` null null`}},
		{`{type: object, properties: {owner: {type: object, required: [id], properties: {id: {type: string}}}}}`, `{}`, []string{
			`owner.id required {"owner":{}}`, `owner.id type {"owner":{"id":{"conformance":[]}}}`, `owner.id null {"owner":{"id":null}}`, `owner type {"owner":"conformance-none"}`, `owner null {"owner":null}`, ` type []`, ` null null`}},
		{`{$ref: '#/components/schemas/Tree'}`, `{"name":"oak","children":[]}`, []string{
			`name required {"children":[]}`, `name type {"children":[],"name":{"conformance":[]}}`, `name null {"children":[],"name":null}`,
			`children type {"children":{"conformance":[]},"name":"oak"}`, `children null {"children":null,"name":"oak"}`, ` type []`, ` null null`}},
		{`{oneOf: [{type: object, required: [b], additionalProperties: false, properties: {b: {type: integer}}}, {type: object, required: [f], additionalProperties: false, properties: {f: {type: string, maxLength: 2}}}]}`, `{"f":"x"}`, []string{
			` additionalProperties {"conformance-none":"conformance","f":"x"}`, ` type []`, ` null null`, `f required {}`,
			`f maxLength {"f":"xxx"}`, `f type {"f":{"conformance":[]}}`, `f null {"f":null}`}},
		{`{type: object, minProperties: 1, properties: {a: {type: string, enum: [x]}}}`, `{"a":"x"}`, []string{
			`a minProperties {}`, `a enum {"a":"conformance-none"}`, `a type {"a":{"conformance":[]}}`, `a null {"a":null}`, ` type []`, ` null null`}},
		{`{}`, `"any"`, nil},
	} {
		got, err := makeBy(t, c.schema, func(m *sample.Maker, at string) (any, error) {
			var value any
			decode := json.NewDecoder(strings.NewReader(c.value))
			decode.UseNumber()
			if err := decode.Decode(&value); err != nil {
				return nil, err
			}
			var lines []string
			for _, f := range m.Faults(at, value) {
				text, _ := json.Marshal(f.Value)
				lines = append(lines, f.Place+" "+f.Keyword+" "+string(text))
			}
			return strings.Join(lines, "\n"), nil
		})
		if err != nil {
			t.Fatal(err)
		}
		want, _ := json.Marshal(strings.Join(c.want, "\n"))
		if diff := cmp.Diff(string(want), got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.schema, diff)
		}
	}
}

// A description combines what all schemas of a property say of it.
func TestDescribed(t *testing.T) {
	for _, c := range []struct{ schema, path, want string }{
		{`{type: object, required: [a], properties: {a: {type: string}}}`, "a", `{"About":"","Text":true,"Moment":false,"Required":true,"WriteOnly":false,"Default":false,"Example":false,"Hidden":false}`},
		{`{type: object, properties: {a: {type: object, properties: {b: {type: string, format: date, default: "2026-01-01"}}}}}`, "a.b", `{"About":"","Text":false,"Moment":true,"Required":false,"WriteOnly":false,"Default":true,"Example":true,"Hidden":false}`},
		{`{allOf: [{properties: {a: {type: string, writeOnly: true}}}, {properties: {a: {enum: [x]}}}]}`, "a", `{"About":"","Text":false,"Moment":false,"Required":false,"WriteOnly":true,"Default":false,"Example":false,"Hidden":false}`},
		{`{oneOf: [{properties: {b: {type: integer}}}, {properties: {a: {type: integer, readOnly: true}}}]}`, "a", `{"About":"","Text":false,"Moment":false,"Required":false,"WriteOnly":false,"Default":false,"Example":false,"Hidden":true}`},
		{`{type: object}`, "a", `null`},
	} {
		got, err := makeBy(t, c.schema, func(m *sample.Maker, at string) (any, error) {
			if d, ok := m.Described(at, strings.Split(c.path, ".")...); ok {
				return d, nil
			}
			return nil, nil
		})
		if err != nil || got != c.want {
			t.Errorf("%s: got %s (%v), want %s", c.schema, got, err, c.want)
		}
	}
}
