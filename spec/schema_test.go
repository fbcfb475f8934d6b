package spec

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/hostup/api-conformance/spec/jsontext"
)

// The texts of each keyword: want and got as shown to people.
func TestBreaches(t *testing.T) {
	for _, tt := range []struct {
		schema, value string
		want          []string // pointer keyword | want | got
	}{
		{`{type: string}`, `"x"`, nil},
		{`{type: string}`, `1`, []string{` type | string | 1 (number)`}},
		{`{type: [string, "null"]}`, `{}`, []string{` type | null or string | {} (object)`}},
		{`{type: string, enum: [a], pattern: b}`, `1`, []string{` type | string | 1 (number)`}},
		{`{enum: [a, 1, null]}`, `"b"`, []string{` enum | one of "a", 1, null | "b"`}},
		{`{const: {a: 1}}`, `2`, []string{` const | {"a":1} | 2`}},
		{`{minimum: 0.5}`, `0.25`, []string{` minimum | at least 0.5 | 0.25`}},
		{`{maximum: 9007199254740992}`, `9007199254740993`, []string{` maximum | at most 9007199254740992 | 9007199254740993`}},
		{`{exclusiveMinimum: 1, exclusiveMaximum: 3}`, `1`, []string{` exclusiveMinimum | more than 1 | 1`}},
		{`{exclusiveMinimum: 1, exclusiveMaximum: 3}`, `3`, []string{` exclusiveMaximum | less than 3 | 3`}},
		{`{multipleOf: 0.01}`, `98.755`, []string{` multipleOf | a multiple of 0.01 | 98.755`}},
		{`{multipleOf: 0.01}`, `98.75`, nil},
		{`{minLength: 2}`, `"å"`, []string{` minLength | at least 2 characters | "å"`}},
		{`{maxLength: 1}`, `"ab"`, []string{` maxLength | at most 1 character | "ab"`}},
		{`{minItems: 1}`, `[]`, []string{` minItems | at least 1 item | 0`}},
		{`{maxItems: 1}`, `[1,2]`, []string{` maxItems | at most 1 item | 2`}},
		{`{minProperties: 1}`, `{}`, []string{` minProperties | at least 1 property | 0`}},
		{`{uniqueItems: true}`, `[1,2,1.0]`, []string{` uniqueItems | items that differ | items 0 and 2 are equal`}},
		{`{pattern: "^a$"}`, `"a\n"`, []string{` pattern | text that matches ^a$ | "a\n"`}},
		{`{format: uri-reference}`, `"/billing?invoice=inv_1"`, nil},
		{`{properties: {a: {}}, additionalProperties: false}`, `{"b":1}`, []string{` additionalProperties | only documented properties | b`}},
		{`{required: [a, b]}`, `{}`, []string{` required | property "a" | no such property`, ` required | property "b" | no such property`}},
		{`{properties: {"a/b": {items: {type: string}}}}`, `{"a/b":["x",1]}`, []string{`/a~1b/1 type | string | 1 (number)`}},
		{`{anyOf: [{type: string}, {type: object, required: [a]}]}`, `{}`, []string{` required | property "a" | no such property`}},
		{`{anyOf: [{type: string}, {type: object}]}`, `1`, []string{` anyOf | one of the documented alternatives | 1`}},
		{`{oneOf: [{type: number}, {type: integer}]}`, `1`, []string{` oneOf | exactly one of the alternatives | 2 of them`}},
		{`{allOf: [{required: [a]}, {required: [a]}]}`, `{}`, []string{` required | property "a" | no such property`, ` required | property "a" | no such property`}},
		{`{if: {required: [k]}, then: {required: [a]}, else: {required: [b]}}`, `{"k":1}`, []string{` required | property "a" | no such property`}},
		{`{if: {required: [k]}, then: {required: [a]}, else: {required: [b]}}`, `{}`, []string{` required | property "b" | no such property`}},
		{`{not: {type: string}}`, `"x"`, []string{` not | a value that is not what the document rules out | "x"`}},
		{`{properties: {a: false}}`, `{"a":1}`, []string{`/a schema | no such property | 1`}},
	} {
		document := "openapi: 3.1.0\ninfo: {title: t, version: '1'}\npaths:\n  /x:\n    get:\n      operationId: x\n      responses:\n        '200':\n          description: ok\n          content:\n            application/json:\n              schema: " + tt.schema + "\n"
		c, err := load(source{File: File{"api.yaml", []byte(document)}})
		if err != nil {
			t.Errorf("%s: %v", tt.schema, err)
			continue
		}
		value, faults, _ := jsontext.Decode([]byte(tt.value))
		if len(faults) > 0 {
			t.Fatal(faults)
		}
		var got []string
		for _, b := range breaches(c.responses["x"]["200"].media[0].schema.must, value) {
			got = append(got, fmt.Sprintf("%s %s | %s | %s", pointerOf(b.path), b.keyword, b.want, b.got))
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s of %s\n got %q\nwant %q", tt.schema, tt.value, got, tt.want)
		}
	}
}

func TestShowAsSent(t *testing.T) {
	for in, want := range map[string]string{
		"<a href=\"x\">&": `"<a href=\"x\">&"`,
		`a \u003c b`:      `"a \\u003c b"`,
		"line\n":          `"line\n"`,
	} {
		if got := show(in); got != want {
			t.Errorf("show(%q) = %s, want %s", in, got, want)
		}
	}
}

func TestShowCutsAtACharacter(t *testing.T) {
	got := show(strings.Repeat("å", 500))
	if !strings.HasSuffix(got, "å…") || len(got) > 170 {
		t.Errorf("%d bytes: %s", len(got), got)
	}
}

// What show cuts off is not written before, and makes no difference.
func TestShowOfLargeValues(t *testing.T) {
	deep := any("x")
	for range 300 {
		deep = []any{deep}
	}
	members := map[string]any{}
	for i := range 500 {
		members[fmt.Sprintf("m%03d", i)] = i
	}
	for name, v := range map[string]any{
		"rows":    slices.Repeat([]any{1}, 1000),
		"empty":   slices.Repeat([]any{map[string]any{}, []any{}}, 1000),
		"members": members,
		"deep":    deep,
		"mixed":   slices.Repeat([]any{map[string]any{"a": []any{1, "two", nil}, "b": true}}, 50),
		"small":   map[string]any{"a": []any{1, "two", nil}, "b": true},
	} {
		whole, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		want := string(whole)
		if len(want) > 160 {
			want = want[:160] + "…"
		}
		if got := show(v); got != want {
			t.Errorf("%s: got %s\nwant %s", name, got, want)
		}
	}
}
