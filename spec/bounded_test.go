package spec

import (
	"fmt"
	"slices"
	"strconv"
	"testing"
)

// answering returns a judge for a response schema in YAML, with its components.
func answering(t testing.TB, schema, components string) *judge {
	t.Helper()
	document := "openapi: 3.1.0\ninfo: {title: t, version: '1'}\ncomponents: {schemas: {" + components + "}}\npaths:\n  /x:\n    get:\n      operationId: x\n      responses:\n        '200':\n          description: ok\n          content:\n            application/json:\n              schema: " + schema + "\n"
	c, err := load(source{File: File{"api.yaml", []byte(document)}})
	if err != nil {
		t.Fatalf("%s: %v", schema, err)
	}
	return c.responses["x"]["200"].media[0].schema
}

func words(list []breach) (texts []string) {
	for _, b := range list {
		texts = append(texts, fmt.Sprintf("%s %s | %s | %s", pointerOf(b.path), b.keyword, b.want, b.got))
	}
	return texts
}

// Arrays of any length are judged completely, with complete counts.
func TestLongArrays(t *testing.T) {
	numbers := func(n int) any {
		list := make([]any, n)
		for i := range list {
			list[i] = float64(i)
		}
		return list
	}
	in := func(v any) any { return map[string]any{"l": v, "more": "x"} }
	for _, tt := range []struct {
		name, schema string
		value        any
		want         []string
	}{
		{"minItems", `{minItems: 1500}`, numbers(1500), nil},
		{"minItems, one short", `{minItems: 1500}`, numbers(1499), []string{" minItems | at least 1500 items | 1499"}},
		{"maxItems", `{maxItems: 4000}`, numbers(9000), []string{" maxItems | at most 4000 items | 9000"}},
		{"contains far behind", `{contains: {const: 1400}}`, numbers(1500), nil},
		{"contains nowhere is one finding", `{contains: {const: -1}}`, numbers(1500), []string{" contains | an item as contains says | none among 1500"}},
		{"contains in an empty list", `{contains: {}}`, numbers(0), []string{" contains | an item as contains says | none among 0"}},
		{"minContains", `{contains: {type: number}, minContains: 1200}`, numbers(1500), nil},
		{"minContains, too few", `{contains: {minimum: 1490}, minContains: 12}`, numbers(1500), []string{" minContains | at least 12 items as contains says | 10"}},
		{"minContains of none", `{contains: {const: -1}, minContains: 0}`, numbers(1500), nil},
		{"maxContains", `{contains: {type: number}, maxContains: 1200}`, numbers(1500), []string{" maxContains | at most 1200 items as contains says | 1500"}},
		{"contains evaluates items", `{prefixItems: [{}], contains: {minimum: 1}, unevaluatedItems: false}`, numbers(1500), nil},
		{"uniqueItems", `{uniqueItems: true}`, append(numbers(1500).([]any), float64(7)), []string{" uniqueItems | items that differ | items 7 and 1500 are equal"}},
		{"oneOf by length", `{oneOf: [{maxItems: 1000}, {minItems: 1001}]}`, numbers(1500), nil},
		{"if by length", `{if: {properties: {l: {minItems: 1400}}}, then: {required: [more]}, else: false}`, in(numbers(1500)), nil},
		{"if by length, not met", `{if: {properties: {l: {minItems: 1400}}}, then: {required: [less]}}`, in(numbers(1500)), []string{` required | property "less" | no such property`}},
		{"below a member", `{properties: {l: {minItems: 1500}}}`, in(numbers(1499)), []string{"/l minItems | at least 1500 items | 1499"}},
		{"a late wrong item", `{items: {type: number}}`, append(numbers(100_000).([]any), "x"), []string{`/100000 type | number | "x" (string)`}},
		{"after prefixItems", `{prefixItems: [{}, {}], items: {maximum: 1499}}`, numbers(1501), []string{"/1500 maximum | at most 1499 | 1500"}},
		{"items that are not allowed", `{prefixItems: [{}, {}], items: false}`, numbers(3), []string{"/2 schema | no such item | 2"}},
		{"a whole array", `{const: [0, 1, 2]}`, numbers(3), nil},
		{"not all of them", `{not: {items: {maximum: 1498}}}`, numbers(1500), nil},
	} {
		if got := words(breaches(answering(t, tt.schema, "").must, tt.value)); !slices.Equal(got, tt.want) {
			t.Errorf("%s: %s\n got %q\nwant %q", tt.name, tt.schema, got, tt.want)
		}
	}
}

// So are objects of any size.
func TestLargeObjects(t *testing.T) {
	members := func(n int) map[string]any {
		m := map[string]any{}
		for i := range n {
			m[fmt.Sprintf("m%06d", i)] = float64(i)
		}
		return m
	}
	for _, tt := range []struct {
		name, schema string
		value        any
		want         []string
	}{
		{"maxProperties", `{maxProperties: 3}`, members(4), []string{" maxProperties | at most 3 properties | 4"}},
		{"undocumented members", `{additionalProperties: false}`, members(100_000), []string{" additionalProperties | only documented properties | m000000, m000001, m000002, m000003, m000004, m000005, m000006, m000007 and 99992 more"}},
		{"others by a schema", `{properties: {m000001: {}}, additionalProperties: {maximum: 0}}`, members(3), []string{"/m000002 maximum | at most 0 | 2"}},
		{"others by pattern", `{patternProperties: {"1$": {maximum: 0}}, additionalProperties: {maximum: 1}}`, members(3), []string{"/m000001 maximum | at most 0 | 1", "/m000002 maximum | at most 1 | 2"}},
		{"patterns evaluate", `{patternProperties: {"^m": {}}, unevaluatedProperties: false}`, members(3), nil},
		{"others evaluate", `{allOf: [{additionalProperties: {}}], unevaluatedProperties: false}`, members(3), nil},
		{"names", `{propertyNames: {pattern: "0$"}}`, members(2), []string{`/m000001 propertyNames | a name that is text that matches 0$ | "m000001"`}},
		{"dependentRequired", `{dependentRequired: {m000000: [x, y]}}`, members(1), []string{` dependentRequired | property "x" and "y" beside "m000000" | no such property`}},
	} {
		if got := words(breaches(answering(t, tt.schema, "").must, tt.value)); !slices.Equal(got, tt.want) {
			t.Errorf("%s: %s\n got %q\nwant %q", tt.name, tt.schema, got, tt.want)
		}
	}
}

// The findings of very many wrong rows are limited, and another cause after them is
// reported.
func TestManyWrongRows(t *testing.T) {
	schema := answering(t, `{items: {type: object, required: [a], properties: {b: {type: string}}}}`, "").must
	rows := slices.Repeat([]any{map[string]any{}}, 200_000)
	rows[5000] = map[string]any{"a": 1.0, "b": 1.0}
	list := breaches(schema, rows)
	if len(list) != mostErrors+1 || list[len(list)-1].keyword != "type" && !slices.ContainsFunc(list, func(b breach) bool { return b.keyword == "type" }) {
		t.Errorf("%d breaches, want the first %d and that of row 5000", len(list), mostErrors)
	}
	nested := answering(t, `{items: {items: {type: string}}}`, "").must
	var table []any
	for range 1000 {
		table = append(table, slices.Repeat([]any{1.0}, 1000))
	}
	if n := len(breaches(nested, table)); n > 3*mostErrors {
		t.Errorf("%d breaches of a thousand rows of a thousand wrong items", n)
	}
	members := map[string]any{}
	for i := range 100_000 {
		members[strconv.Itoa(i)] = 1.0
	}
	if n := len(breaches(answering(t, `{additionalProperties: {type: string}}`, "").must, members)); n != mostErrors {
		t.Errorf("%d breaches of wrong members, want %d", n, mostErrors)
	}
}
