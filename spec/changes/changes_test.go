package changes_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/hostup/api-conformance/fixtures/pairs"
	"github.com/hostup/api-conformance/spec/changes"
)

// TestNoChange compares the document of the project with itself, and a document with a
// duplicate entry.
func TestNoChange(t *testing.T) {
	text, err := os.ReadFile("../hostup/openapi.yaml")
	if err != nil {
		t.Fatal(err)
	}
	twice := `{"openapi": "3.0.0", "paths": {"/": {"get": {"parameters": [{"name": "q", "in": "query"}, {"name": "q", "in": "query", "required": true}]}}}}`
	for _, document := range []string{string(text), twice} {
		if list := compare(t, document, document); len(list) > 0 {
			t.Errorf("the same document: %v", list)
		}
	}
}

// TestLine checks complete lines.
func TestLine(t *testing.T) {
	old := "openapi: 3.1.0\npaths:\n  /things:\n    post:\n      requestBody:\n        content:\n          application/json:\n            schema:\n              properties:\n                size: {type: integer, maximum: 9}\n"
	list := compare(t, old, strings.Replace(old, "maximum: 9", "maximum: 5", 1))
	want := "breaking  POST /things request: property size: maximum 9 -> 5; what was accepted may be refused  " +
		"[#/paths/~1things/post/requestBody/content/application~1json/schema/properties/size/maximum; old.yaml:10 -> new.yaml:10]"
	if len(list) != 1 || list[0].String() != want {
		t.Errorf("have %v\nwant %s", list, want)
	}
}

// TestClassAndDefault: what applied to the other statuses of a class is compared with the
// response of the class (OpenAPI Specification, Responses Object: a status has precedence
// over its class, and that over the default).
func TestClassAndDefault(t *testing.T) {
	old := `{"openapi": "3.1.0", "paths": {"/a": {"get": {"responses": {"200": {}, "400": {}, "default": {"content": {"text/plain": {}}}}}}}}`
	list := compare(t, old, strings.Replace(old, `"400"`, `"4XX"`, 1))
	const want = "breaking  GET /a response: media-type text/plain removed; what comes may be what it could not be"
	if len(list) != 1 || !strings.HasPrefix(list[0].String(), want) {
		t.Errorf("have %v\nwant %s", list, want)
	}
	if list = compare(t, old, strings.Replace(old, `"400": {}`, `"4XX": {"content": {"text/plain": {}}}`, 1)); slices.ContainsFunc(list, func(c changes.Change) bool { return c.Breaking }) {
		t.Errorf("nothing that could not come before: %v", list)
	}
}

// TestLongLists checks that only the differences of long lists are shown.
func TestLongLists(t *testing.T) {
	values := "aaaaaaaaaaaaaaaaaaaa, bbbbbbbbbbbbbbbbbbbb, cccccccccccccccccccc, dddddddddddddddddddd"
	old := "openapi: 3.1.0\npaths: {/a: {get: {parameters: [{name: q, in: query, schema: {enum: [" + values + "]}}]}}}\n"
	list := compare(t, old, strings.Replace(old, "bbbbbbbbbbbbbbbbbbbb", "x, y", 1))
	want := `enum 4 values with ["bbbbbbbbbbbbbbbbbbbb"] -> 5 values with ["x", "y"]`
	if len(list) != 1 || !strings.Contains(list[0].String(), want) {
		t.Errorf("have %v\nwant %s", list, want)
	}
}

// TestOneCauseBelowAlternatives has one cause below alternatives in several properties.
func TestOneCauseBelowAlternatives(t *testing.T) {
	var old strings.Builder
	old.WriteString("openapi: 3.0.3\ncomponents: {schemas: {A: {type: object, required: [a], properties: {a: {type: string}, b: {type: string}}}}}\npaths:\n")
	for i := range 5 {
		fmt.Fprintf(&old, "  /p%d: {get: {responses: {'200': {content: {application/json: {schema: {type: object, properties: {x%d: {nullable: true, anyOf: [{type: string}, {$ref: '#/components/schemas/A'}]}}}}}}}}}\n", i, i)
	}
	list := compare(t, old.String(), strings.Replace(old.String(), "a: {type: string}, ", "", 1))
	if len(list) != 1 || list[0].OperationCount != 5 {
		t.Errorf("have %v", list)
	}
}

// TestOneCauseOnce has one cause in a component that fifty operations use.
func TestOneCauseOnce(t *testing.T) {
	var old strings.Builder
	old.WriteString("openapi: 3.1.0\ncomponents: {schemas: {A: {type: object, properties: {a: {type: string}}}}}\npaths:\n")
	for i := range 50 {
		fmt.Fprintf(&old, "  /p%d: {get: {responses: {'200': {content: {application/json: {schema: {$ref: '#/components/schemas/A'}}}}}}}\n", i)
	}
	list := compare(t, old.String(), strings.Replace(old.String(), "type: string", "type: integer", 1))
	if len(list) != 1 || list[0].OperationCount != 50 || len(list[0].Operations) != 5 || !strings.Contains(list[0].String(), "GET /p4 and 45 more response: property a: type string -> integer") {
		t.Errorf("have %v", list)
	}
}

// TestDocuments reads documents that other loaders refuse, and explains what it cannot
// read.
func TestDocuments(t *testing.T) {
	for name, text := range map[string]string{
		"JSON with escapes that YAML does not know": `{"openapi": "3.0.0", "info": {"title": "\ud83d\ude00\/"}, "paths": {}}`,
		"a byte order mark":                         "\ufeff" + `{"openapi": "3.1.0"}`,
		"merge keys and aliases":                    "openapi: 3.1.0\nx-a: &a {get: {responses: {}}}\npaths:\n  /a: {<<: *a}\n  /b: *a\n",
		"dead references":                           `{"openapi": "3.1.0", "paths": {"/": {"get": {"parameters": [{"$ref": "#/nowhere"}], "responses": {"200": {"$ref": "https://example.com/a"}}}}}}`,
		"a reference in a circle":                   `{"openapi": "3.1.0", "paths": {"/": {"get": {"requestBody": {"content": {"a/b": {"schema": {"$ref": "#/components/schemas/A"}}}}}}}, "components": {"schemas": {"A": {"$ref": "#/components/schemas/A"}}}}`,
		"no operations":                             "swagger: '2.0'\n",
	} {
		if list := compare(t, text, text); len(list) > 0 {
			t.Errorf("%s: %v", name, list)
		}
	}
	for text, want := range map[string]string{
		"{":                      "old.yaml is not an OpenAPI document: ",
		"[]":                     "old.yaml is not an OpenAPI document: it is no object",
		"":                       "old.yaml is not an OpenAPI document: it is empty",
		"a: b":                   "old.yaml is not an OpenAPI document: it has no member openapi (or swagger)",
		"openapi: 4.0.0":         `openapi is "4.0.0"`,
		"openapi: &a\n  b: *a\n": "an alias inside itself",
	} {
		_, err := changes.Compare(changes.Document{Name: "old.yaml", Text: []byte(text)}, changes.Document{Name: "new.yaml", Text: []byte("openapi: 3.1.0")}, today)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: have %v, want %s", text, err, want)
		}
	}
}

// TestOtherFiles follows references to other files of a document.
func TestOtherFiles(t *testing.T) {
	read := func(schema string) func(string) ([]byte, error) {
		return func(name string) ([]byte, error) {
			if name != "api/schemas/thing.yaml" {
				return nil, os.ErrNotExist
			}
			return []byte(schema), nil
		}
	}
	text := []byte("openapi: 3.1.0\npaths: {/a: {post: {requestBody: {content: {application/json: {schema: {$ref: './schemas/thing.yaml#/Thing'}}}}}}}\n")
	list, err := changes.Compare(changes.Document{Name: "api/old.yaml", Text: text, Read: read("Thing: {maxLength: 9}")},
		changes.Document{Name: "api/new.yaml", Text: text, Read: read("Thing: {maxLength: 5}")}, today)
	if err != nil || len(list) != 1 || list[0].New.File != "api/schemas/thing.yaml" || !list[0].Breaking {
		t.Errorf("have %v, %v", list, err)
	}
}

// TestAlternativesThatMultiply checks the time: twelve groups of four alternatives.
func TestAlternativesThatMultiply(t *testing.T) {
	document := func(least int) string {
		var groups []string
		for i := range 12 {
			var branches []string
			for j := range 4 {
				branches = append(branches, fmt.Sprintf(`{"required": ["p%d%d"], "minProperties": %d}`, i, j, least))
			}
			groups = append(groups, `{"anyOf": [`+strings.Join(branches, ", ")+`]}`)
		}
		return `{"openapi": "3.1.0", "paths": {"/": {"post": {"requestBody": {"content": {"application/json": {"schema": {"allOf": [` + strings.Join(groups, ", ") + `]}}}}}}}}`
	}
	if list := compare(t, document(1), document(2)); !slices.ContainsFunc(list, func(c changes.Change) bool { return c.Breaking }) {
		t.Errorf("have %v", list)
	}
}

// TestAlternativesThatReferToOneAnother checks the time, too: each property of twenty
// schemas is one of six of them. One property of one schema is new.
func TestAlternativesThatReferToOneAnother(t *testing.T) {
	document := func(more string) string {
		var schemas []string
		for i := range 20 {
			properties := []string{}
			for j := range 10 {
				var branches []string
				for k := range 6 {
					branches = append(branches, fmt.Sprintf(`{"$ref": "#/components/schemas/S%d"}`, (i*7+j+k)%20))
				}
				properties = append(properties, fmt.Sprintf(`"p%d": {"oneOf": [%s]}`, j, strings.Join(branches, ", ")))
			}
			if i == 3 {
				properties = append(properties, more)
			}
			schemas = append(schemas, fmt.Sprintf(`"S%d": {"type": "object", "required": ["p0", "p1"], "properties": {%s}}`, i, strings.Join(properties, ", ")))
		}
		return `{"openapi": "3.1.0", "paths": {"/": {"get": {"responses": {"200": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/S0"}}}}}}}}, "components": {"schemas": {` + strings.Join(schemas, ", ") + `}}}`
	}
	list := compare(t, document(`"a": {}`), document(`"a": {}, "b": {}`))
	if len(list) != 1 || !strings.Contains(list[0].String(), "property b added") {
		t.Errorf("have %d: %v", len(list), list)
	}
}

// TestRules checks that the pairs contain an example of each rule, and that every change
// has a rule.
func TestRules(t *testing.T) {
	// $ref is in TestDocuments; schemas below dependentSchemas have their own rules
	shown := map[string]bool{"$ref": true, "dependentSchemas": true}
	all, err := pairs.All()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range all {
		for _, c := range compare(t, string(p.Old), string(p.New)) {
			shown[c.Rule] = true
		}
	}
	known := map[string]bool{"contentMediaType": true} // reported as contentEncoding
	for _, r := range changes.Rules() {
		known[r.ID] = true
		if !shown[r.ID] {
			t.Errorf("no pair shows %s: %s", r.ID, r.What)
		}
	}
	for id := range shown {
		if !known[id] {
			t.Errorf("%s is no rule", id)
		}
	}
}

// The same values written differently are not a change, in either direction.
func TestTheSameInOtherWords(t *testing.T) {
	const document = `{openapi: 3.1.0, info: {title: t, version: "1"}, paths: {/things: {post: {requestBody: {content: {application/json: {schema: SCHEMA}}},
  responses: {"200": {description: ok, content: {application/json: {schema: SCHEMA}}}}}}}}`
	for name, sides := range map[string][2]string{
		"enum and bounds":           {"{enum: [1, 2, 3]}", "{type: integer, minimum: 1, exclusiveMaximum: 4}"},
		"enum and two alternatives": {"{enum: [a, b, c]}", "{anyOf: [{enum: [a, b]}, {enum: [c]}]}"},
		"enum and const":            {"{oneOf: [{const: 1}, {const: 2}]}", "{enum: [1, 2]}"},
		"ranges that touch":         {"{oneOf: [{type: integer, maximum: 5}, {type: integer, minimum: 6}]}", "{type: integer}"},
		"ranges of fractions":       {"{oneOf: [{type: number, exclusiveMaximum: 5}, {type: number, minimum: 5}]}", "{type: number}"},
		"ranges cut elsewhere":      {"{anyOf: [{type: number, maximum: 5}, {type: number, minimum: 5}]}", "{anyOf: [{type: number, maximum: 1}, {type: number, minimum: 0}]}"},
		"ranges that end inside":    {"{anyOf: [{type: integer, maximum: 1}, {type: integer, minimum: 2, maximum: 20}, {type: integer, minimum: 30}], minimum: 0, maximum: 12}", "{type: integer, minimum: 0, maximum: 12}"},
		"no such number":            {"{type: [string, integer], minimum: 3, maximum: 2}", "{type: string}"},
		"lengths that touch":        {"{oneOf: [{type: string, maxLength: 5}, {type: string, minLength: 6}]}", "{type: string}"},
		"lists by their length":     {"{anyOf: [{type: array, maxItems: 1}, {type: array, minItems: 2}]}", "{type: array}"},
		"values in other sets":      {"{anyOf: [{enum: [a, b]}, {enum: [b, c]}]}", "{anyOf: [{enum: [a]}, {enum: [c, b]}]}"},
		"null and const":            {"{const: null}", "{type: 'null'}"},
		"not null":                  {"{type: [string, 'null'], not: {type: 'null'}}", "{type: string}"},
		"null outside of enum":      {"{type: [string, 'null'], enum: [a]}", "{type: string, enum: [a]}"},
		"both booleans":             {"{enum: [true, false]}", "{type: boolean}"},
		"a value twice":             {"{enum: [a, a, b]}", "{enum: [b, a]}"},
		"an integer as a fraction":  {"{enum: [1.0]}", "{const: 1}"},
		"true and nothing":          {"{type: array, items: true}", "{type: array, items: {}}"},
		"one item is unique":        {"{type: array, maxItems: 1, uniqueItems: true}", "{type: array, maxItems: 1}"},
		"contains wants an item":    {"{type: array, contains: {const: a}, minItems: 1}", "{type: array, contains: {const: a}}"},
		"required wants a property": {"{type: object, required: [a, b], minProperties: 2}", "{type: object, required: [b, a]}"},
		"closed names":              {"{type: object, properties: {a: {}, b: {}}, additionalProperties: false, propertyNames: {enum: [a, b]}}", "{type: object, properties: {a: {}, b: {}}, additionalProperties: false}"},
		"closed in two ways":        {"{type: object, properties: {a: {}}, unevaluatedProperties: false}", "{type: object, properties: {a: {}}, additionalProperties: false}"},
		"closed count":              {"{type: object, properties: {a: {}}, additionalProperties: false, maxProperties: 1}", "{type: object, properties: {a: {}}, additionalProperties: false}"},
		"dependent words":           {"{type: object, dependentRequired: {a: [b]}}", "{type: object, dependentSchemas: {a: {required: [b]}}}"},
		"kinds in one object": {"{oneOf: [{type: object, required: [kind], properties: {kind: {const: a}}}, {type: object, required: [kind], properties: {kind: {const: b}}}]}",
			"{type: object, required: [kind], properties: {kind: {enum: [a, b]}}}"},
		"types in one part":                  {"{allOf: [{type: [string, integer]}, {type: [integer, boolean]}]}", "{type: integer}"},
		"not of not":                         {"{not: {not: {type: string}}}", "{type: string}"},
		"a limit in allOf":                   {"{type: integer, minimum: 1, allOf: [{minimum: 0}]}", "{type: integer, minimum: 1}"},
		"condition that is always true":      {"{type: object, if: true, then: {required: [a]}}", "{type: object, required: [a]}"},
		"alternatives of a property":         {"{type: object, properties: {a: {anyOf: [{type: string}, {type: integer}]}}}", "{type: object, properties: {a: {type: [integer, string]}}}"},
		"alternatives with a part in common": {"{type: object, required: [k], anyOf: [{required: [a]}, {required: [b]}]}", "{anyOf: [{type: object, required: [k, a]}, {type: object, required: [k, b]}]}"},
		"alternatives within alternatives":   {"{anyOf: [{type: string}, {anyOf: [{type: integer}, {type: boolean}]}]}", "{anyOf: [{type: string}, {type: integer}, {type: boolean}]}"},
		"a pattern of one text":              {"{type: string, pattern: '^a$', enum: [a, b]}", "{const: a}"},
		"const within bounds":                {"{const: 3, minimum: 1}", "{const: 3}"},
		"map of everything":                  {"{type: object, additionalProperties: {}}", "{type: object}"},
		"pattern of all names":               {"{type: object, patternProperties: {'.*': {type: string}}}", "{type: object, additionalProperties: {type: string}}"},
	} {
		a, b := strings.ReplaceAll(document, "SCHEMA", sides[0]), strings.ReplaceAll(document, "SCHEMA", sides[1])
		for _, list := range [][]changes.Change{compare(t, a, b), compare(t, b, a)} {
			for _, c := range list {
				if c.Breaking {
					t.Errorf("%s: %s", name, c)
				}
			}
		}
	}
}
