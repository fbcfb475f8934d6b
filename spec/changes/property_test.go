package changes_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/pb33f/jsonschema/v6"
	"pgregory.net/rapid"

	"github.com/hostup/api-conformance/spec/changes"
)

// TestAValueThatIsRefusedIsBreaking looks for missed changes: if a value conforms to the
// old schema and not to the new one, the change is breaking in a request, and its reverse
// in a response.
func TestAValueThatIsRefusedIsBreaking(t *testing.T) {
	values := sampleValues()
	rapid.Check(t, func(t *rapid.T) {
		old := rapid.Custom(schema(2)).Draw(t, "old")
		now := mutate(t, old)
		if named(old) != named(now) {
			return // a new property is not part of the old document
		}
		if text := show(old) + show(now); strings.Contains(text, `"oneOf"`) && (strings.Contains(text, `"not"`) || strings.Contains(text, `"enum"`) || strings.Contains(text, `"const"`)) {
			return // values that match two alternatives are found by trying some; known values beside any text are meant as anyOf
		}
		before, after := compiled(t, old), compiled(t, now)
		refused := slices.IndexFunc(values, func(v any) bool { return before.Validate(v) == nil && after.Validate(v) != nil })
		if refused < 0 {
			return
		}
		if !breaks(t, "request", old, now) {
			t.Fatalf("%s is refused now, and nothing is breaking in a request:\nold %s\nnew %s", show(values[refused]), show(old), show(now))
		}
		if !breaks(t, "response", now, old) {
			t.Fatalf("%s is allowed now, and nothing is breaking in an answer:\nold %s\nnew %s", show(values[refused]), show(now), show(old))
		}
	})
}

// TestTheSameMeaningIsNoChange looks for false alarms: a schema written differently.
func TestTheSameMeaningIsNoChange(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		old := rapid.Custom(schema(2)).Draw(t, "old")
		now := reworded(t, old)
		for _, message := range []string{"request", "response"} {
			if breaks(t, message, old, now) {
				t.Fatalf("breaking in a %s:\nold %s\nnew %s", message, show(old), show(now))
			}
		}
	})
}

type object = map[string]any

// schema returns a generator of schemas with the given depth.
func schema(depth int) func(t *rapid.T) any {
	return func(t *rapid.T) any {
		s := object{}
		kinds := []string{"string", "integer", "number", "boolean", "null", "array", "object", "any", "union", "choice", "either"}
		if depth == 0 {
			kinds = kinds[:5]
		}
		kind := rapid.SampledFrom(kinds).Draw(t, "kind")
		switch kind {
		case "any":
		case "union":
			s["type"] = []any{"string", rapid.SampledFrom([]string{"integer", "null", "object"}).Draw(t, "type")}
		case "either":
			// oneOf of objects is taken as alternatives that exclude each other, as it is
			// meant
			s["oneOf"] = []any{rapid.Custom(schema(0)).Draw(t, "one"), rapid.Custom(schema(0)).Draw(t, "other")}
			return s
		case "choice":
			s["anyOf"] = []any{
				object{"type": "string", "maxLength": rapid.IntRange(0, 3).Draw(t, "length")}, rapid.Custom(schema(depth-1)).Draw(t, "branch"),
			}
			return s
		default:
			s["type"] = kind
		}
		for range rapid.IntRange(0, 3).Draw(t, "keywords") {
			addKeyword(t, s, depth)
		}
		return s
	}
}

func addKeyword(t *rapid.T, s object, depth int) {
	small := rapid.IntRange(0, 3)
	keywords := []string{"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minLength", "maxLength", "pattern", "enum", "const",
		"minItems", "maxItems", "uniqueItems", "minProperties", "maxProperties", "required", "dependentRequired", "not"}
	if depth > 0 {
		keywords = append(keywords, "items", "contains", "properties", "additionalProperties", "patternProperties", "allOf", "if", "prefixItems", "propertyNames")
	}
	part := rapid.Custom(schema(depth - 1))
	if depth == 0 {
		part = rapid.Just[any](object{"type": "string"})
	}
	switch k := rapid.SampledFrom(keywords).Draw(t, "keyword"); k {
	case "multipleOf":
		s[k] = rapid.SampledFrom([]float64{0.5, 1, 2}).Draw(t, k)
	case "pattern":
		s[k] = rapid.SampledFrom([]string{"^a", "b$"}).Draw(t, k)
	case "enum":
		s[k] = rapid.SliceOfNDistinct(rapid.SampledFrom([]any{"a", "ab", 1, 2, nil, true}), 1, 3, rapid.ID).Draw(t, k)
	case "const":
		s[k] = rapid.SampledFrom([]any{"a", 1, nil}).Draw(t, k)
	case "uniqueItems":
		s[k] = true
	case "required":
		s[k] = []any{rapid.SampledFrom([]string{"a", "b"}).Draw(t, k)}
	case "dependentRequired":
		s[k] = object{"a": []any{"b"}}
	case "not":
		s[k] = rapid.SampledFrom([]any{object{"type": "string"}, object{"const": 1}, object{"enum": []any{"a", "b"}}, object{"minimum": 2}}).Draw(t, k)
	case "items", "contains":
		s[k] = part.Draw(t, k)
	case "propertyNames":
		s[k] = object{"maxLength": small.Draw(t, k)}
	case "prefixItems", "allOf":
		s[k] = []any{part.Draw(t, k)}
	case "properties", "patternProperties":
		s[k] = object{rapid.SampledFrom([]string{"a", "b"}).Draw(t, k): part.Draw(t, k)}
	case "additionalProperties":
		s[k] = rapid.SampledFrom([]any{false, object{"type": "string"}}).Draw(t, k)
	case "if":
		s[k], s["then"], s["else"] = part.Draw(t, k), part.Draw(t, "then"), part.Draw(t, "else")
	default:
		s[k] = small.Draw(t, k)
	}
}

// mutate returns a schema with one keyword added, removed or changed, at any depth.
func mutate(t *rapid.T, schema any) any {
	s := copied(schema).(object)
	keys := slices.Sorted(func(yield func(string) bool) {
		for k := range s {
			if !yield(k) {
				return
			}
		}
	})
	if len(keys) > 0 {
		k := rapid.SampledFrom(keys).Draw(t, "at")
		switch m := s[k].(type) {
		case object:
			if k != "properties" && k != "patternProperties" && k != "dependentRequired" && rapid.Bool().Draw(t, "below") {
				s[k] = mutate(t, m)
				return s
			}
		case []any:
			if first, is := m[0].(object); is && rapid.Bool().Draw(t, "below") {
				m[0] = mutate(t, first)
				return s
			}
		}
		if rapid.Bool().Draw(t, "remove") && k != "if" && k != "then" && k != "else" {
			delete(s, k)
			return s
		}
	}
	addKeyword(t, s, 1)
	return s
}

func reworded(t *rapid.T, schema any) any {
	s := copied(schema).(object)
	switch rapid.SampledFrom([]string{"allOf", "anyOf", "split", "const", "types", "reference"}).Draw(t, "words") {
	case "allOf":
		return object{"allOf": []any{s}}
	case "anyOf":
		return object{"anyOf": []any{s}}
	case "split":
		if kind, has := s["type"]; has {
			delete(s, "type")
			return object{"type": kind, "allOf": []any{s}}
		}
	case "const":
		if v, has := s["const"]; has && s["enum"] == nil {
			delete(s, "const")
			s["enum"] = []any{v}
		}
	case "types":
		if kind, is := s["type"].(string); is {
			s["type"] = []any{kind}
		}
	}
	s["description"] = "in other words"
	return s
}

// named returns the number of named properties in a schema.
func named(v any) (n int) {
	switch v := v.(type) {
	case object:
		for k, m := range v {
			n += named(m)
			if members, is := m.(object); is && k == "properties" {
				n += len(members)
			}
		}
	case []any:
		for _, m := range v {
			n += named(m)
		}
	}
	return n
}

func copied(v any) any {
	switch v := v.(type) {
	case object:
		c := object{}
		for k, m := range v {
			c[k] = copied(m)
		}
		return c
	case []any:
		c := make([]any, len(v))
		for i, m := range v {
			c[i] = copied(m)
		}
		return c
	}
	return v
}

// sampleValues returns values that distinguish the generated schemas.
func sampleValues() []any {
	list := []any{nil, true, false, "", "a", "b", "ab", "abc", "aaaa", "cb"}
	for _, n := range []string{"-1", "0", "0.5", "1", "1.5", "2", "3", "4"} {
		list = append(list, json.Number(n))
	}
	scalars := slices.Clone(list)
	list = append(list, []any{}, object{})
	for _, v := range scalars {
		list = append(list, []any{v}, []any{v, v}, []any{v, "a"}, []any{"a", v, json.Number("1"), v}, object{"a": v}, object{"b": v}, object{"c": v}, object{"a": v, "b": "a"}, object{"a": "a", "b": v, "cccc": v})
	}
	return append(list, []any{[]any{"a"}}, object{"a": object{"a": "a"}}, object{"a": []any{"a"}}, object{"a": object{}}, object{"a": []any{}})
}

func compiled(t *rapid.T, schema any) *jsonschema.Schema {
	c := jsonschema.NewCompiler()
	text, _ := json.Marshal(schema)
	var plain any
	if err := json.Unmarshal(text, &plain); err != nil {
		t.Fatal(err)
	}
	if err := c.AddResource("s.json", plain); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("s.json")
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return s
}

func breaks(t *rapid.T, message string, old, now any) bool {
	list, err := changes.Compare(changes.Document{Name: "old", Text: document(message, old)}, changes.Document{Name: "new", Text: document(message, now)}, today)
	if err != nil {
		t.Fatal(err)
	}
	return slices.ContainsFunc(list, func(c changes.Change) bool { return c.Breaking })
}

// document returns a document with one operation and a schema in its request or response.
func document(message string, schema any) []byte {
	body := fmt.Sprintf(`{"description": "", "content": {"application/json": {"schema": %s}}}`, show(schema))
	if message == "request" {
		return fmt.Appendf(nil, `{"openapi": "3.1.0", "paths": {"/": {"post": {"requestBody": %s, "responses": {}}}}}`, body)
	}
	return fmt.Appendf(nil, `{"openapi": "3.1.0", "paths": {"/": {"post": {"responses": {"200": %s}}}}}`, body)
}

func show(v any) string {
	text, _ := json.Marshal(v)
	return string(text)
}
