package spec

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"github.com/pb33f/jsonschema/v6"
	"github.com/pb33f/jsonschema/v6/kind"

	"github.com/hostup/api-conformance/spec/jsontext"
)

// describe returns want and got of a violated keyword, built from its values.
func describe(e *jsonschema.ValidationError, root any) (keyword, want, got string) {
	value := jsontext.At(root, e.InstanceLocation)
	got = show(value)
	keyword = "schema"
	if path := e.ErrorKind.KeywordPath(); len(path) > 0 {
		keyword = path[0]
	}
	switch k := e.ErrorKind.(type) {
	case *kind.Type:
		want = Or(k.Want)
		got = fmt.Sprintf("%s (%s)", got, k.Got)
		if k.Got == "null" {
			got = "null"
		}
	case *kind.Enum:
		var words []string
		for _, w := range k.Want {
			words = append(words, show(w))
		}
		if want = "one of " + strings.Join(words, ", "); len(words) == 1 {
			want = words[0]
		}
	case *kind.Const:
		want = show(k.Want)
	case *kind.Format:
		want = formatted(k.Want)
	case *kind.Pattern:
		want = "text that matches " + k.Want
	case *kind.UniqueItems:
		want, got = "items that differ", fmt.Sprintf("items %d and %d are equal", k.Duplicates[0], k.Duplicates[1])
	case *contained:
		want, got = k.want, k.got
	case *additional:
		want, got = "only documented properties", k.String()
	case *kind.DependentRequired:
		want, got = fmt.Sprintf("property %s beside %s", quoteAll(k.Missing), strconv.Quote(k.Prop)), "no such property"
	case *kind.Not:
		keyword, want = "not", "a value that is not what the document rules out"
	case *kind.FalseSchema:
		want = "no such " + partOf(root, e.InstanceLocation)
	default:
		if want, got = missed(e.ErrorKind, got); want == "" {
			want = fmt.Sprintf("a value that meets %s", keyword)
		}
	}
	return keyword, want, got
}

// partOf says what a location is in a value: an item of a list, a property, or the value.
func partOf(root any, path []string) string {
	if len(path) == 0 {
		return "value"
	}
	if _, is := jsontext.At(root, path[:len(path)-1]).([]any); is {
		return "item"
	}
	return "property"
}

// formatted returns what a format wants, with an example where many values nearly meet it.
func formatted(name string) string {
	switch name {
	case "date-time":
		return "RFC 3339 date-time such as 2026-01-31T12:00:00Z"
	case "date":
		return "date such as 2026-01-31"
	case "time":
		return "RFC 3339 time such as 12:00:00Z"
	}
	return name
}

// missed describes a violated bound on a number, a length or a count. For other keywords
// want is "". got is a count where the value may be long.
func missed(violated jsonschema.ErrorKind, value string) (want, got string) {
	switch k := violated.(type) {
	case *kind.Minimum:
		return "at least " + rat(k.Want), value
	case *kind.Maximum:
		return "at most " + rat(k.Want), value
	case *kind.ExclusiveMinimum:
		return "more than " + rat(k.Want), value
	case *kind.ExclusiveMaximum:
		return "less than " + rat(k.Want), value
	case *kind.MultipleOf:
		return "a multiple of " + rat(k.Want), value
	case *kind.MinLength:
		return "at least " + counted(k.Want, "character", "characters"), value
	case *kind.MaxLength:
		return "at most " + counted(k.Want, "character", "characters"), value
	case *kind.MinItems:
		return "at least " + counted(k.Want, "item", "items"), strconv.Itoa(k.Got)
	case *kind.MaxItems:
		return "at most " + counted(k.Want, "item", "items"), strconv.Itoa(k.Got)
	case *kind.MinProperties:
		return "at least " + counted(k.Want, "property", "properties"), strconv.Itoa(k.Got)
	case *kind.MaxProperties:
		return "at most " + counted(k.Want, "property", "properties"), strconv.Itoa(k.Got)
	}
	return "", value
}

func counted(n int, one, more string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + more
}

func rat(r *big.Rat) string {
	if r.IsInt() {
		return r.Num().String()
	}
	f, _ := r.Float64()
	return strconv.FormatFloat(f, 'g', -1, 64)
}

// show returns a value as JSON, shortened to a readable length.
func show(v any) string {
	const most = 160
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	left := most
	if err := e.Encode(beginning(v, &left)); err != nil {
		return fmt.Sprint(v)
	}
	s := strings.TrimSuffix(b.String(), "\n")
	if len(s) > most {
		cut := most
		for cut > 0 && s[cut]&0xC0 == 0x80 {
			cut--
		}
		return s[:cut] + "…"
	}
	return s
}

// beginning returns what is written first of a decoded JSON value: about left values, each
// of which takes a byte at least. A list of a million rows is not written for a line.
func beginning(v any, left *int) any {
	*left--
	switch x := v.(type) {
	case []any:
		few := []any{}
		for _, child := range x {
			if *left <= 0 {
				break
			}
			few = append(few, beginning(child, left))
		}
		return few
	case map[string]any:
		few := map[string]any{}
		for _, name := range slices.Sorted(maps.Keys(x)) {
			if *left <= 0 {
				break
			}
			few[name] = beginning(x[name], left)
		}
		return few
	}
	return v
}
