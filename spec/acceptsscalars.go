package spec

import (
	"encoding/json"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/pb33f/jsonschema/v6"
)

// scalarTests returns the tests of the keywords that look at the value itself.
func scalarTests(s *jsonschema.Schema) (tests []func(any) bool) {
	if s.Types != nil && !s.Types.IsEmpty() {
		tests = append(tests, typeTest(s))
	}
	if s.Enum != nil || s.Const != nil {
		tests = append(tests, equalTest(s))
	}
	if s.Format != nil {
		tests = append(tests, func(v any) bool { return s.Format.Validate(v) == nil })
	}
	if s.MinLength != nil || s.MaxLength != nil || s.Pattern != nil {
		tests = append(tests, func(v any) bool {
			text, ok := v.(string)
			return !ok || within(utf8.RuneCountInString(text), s.MinLength, s.MaxLength) && (s.Pattern == nil || s.Pattern.MatchString(text))
		})
	}
	return tests
}

// typeTest returns the test of type. The library judges a number such as 1.0, which is an
// integer, and what is not decoded from JSON.
func typeTest(s *jsonschema.Schema) func(any) bool {
	types := s.Types.ToStrings()
	integers := slices.Contains(types, "integer")
	// It is made when it is needed: a large document has 100,000 types.
	library := func(v any) bool {
		return byLibrary(&jsonschema.Schema{DraftVersion: s.DraftVersion, Types: s.Types})(v)
	}
	return func(v any) bool {
		name := typeName(v)
		if slices.Contains(types, name) {
			return true
		}
		n, number := v.(json.Number)
		return integers && number && strings.Trim(n.String(), "0123456789") == "" || (number || name == "") && library(v)
	}
}

// typeName returns the JSON type of a decoded value, "" if it is none.
func typeName(v any) string {
	switch v.(type) {
	case nil:
		return "null"
	case bool:
		return "boolean"
	case json.Number:
		return "number"
	case string:
		return "string"
	case []any:
		return "array"
	case map[string]any:
		return "object"
	}
	return ""
}

// equalTest returns the test of enum and const. The library compares what is no string.
func equalTest(s *jsonschema.Schema) func(any) bool {
	library := byLibrary(&jsonschema.Schema{DraftVersion: s.DraftVersion, Enum: s.Enum, Const: s.Const})
	return func(v any) bool {
		text, ok := v.(string)
		if !ok {
			return library(v)
		}
		same := func(other any) bool { o, ok := other.(string); return ok && o == text }
		return (s.Const == nil || same(*s.Const)) && (s.Enum == nil || slices.ContainsFunc(s.Enum.Values, same))
	}
}

func within(n int, least, most *int) bool {
	return (least == nil || n >= *least) && (most == nil || n <= *most)
}
