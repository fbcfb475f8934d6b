package content

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"

	"github.com/hostup/api-conformance/spec/document"
	"github.com/hostup/api-conformance/spec/schema"
)

var (
	integerForm = regexp.MustCompile(`^-?[0-9]+$`) // "030" is 30: RFC 9110 allows digits, the rules of JSON do not apply
	numberForm  = regexp.MustCompile(`^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]{1,2})?$`)
)

// IsInteger and IsNumber report whether a text on the wire is such a number.
func IsInteger(text string) bool { return integerForm.MatchString(text) }

func IsNumber(text string) bool { return numberForm.MatchString(text) }

// A Form describes a value that is written as text, by its schema with all alternatives.
type Form struct {
	*schema.Form
	d *document.Document
}

// FormOf returns the form of the schemas at pointers of a document. Without any type, the
// listed values say which types there are.
func FormOf(d *document.Document, pointers ...string) *Form {
	f := &Form{schema.FormOf(d, pointers, true), d}
	if len(f.Types) == 0 {
		for _, s := range f.Schemas {
			f.typesOfListed(s)
		}
	}
	return f
}

func (f *Form) typesOfListed(s *document.Node) {
	if one, _ := document.Child(s, "const"); one != nil {
		f.Types[kindOf(document.Plain(one))] = true
	}
	if list, _ := document.Child(s, "enum"); list != nil {
		for _, n := range list.Content {
			f.Types[kindOf(document.Plain(n))] = true
		}
	}
}

// kindOf returns the JSON type of a value.
func kindOf(v any) string {
	switch v.(type) {
	case nil:
		return "null"
	case bool:
		return "boolean"
	case string:
		return "string"
	case map[string]any:
		return "object"
	case []any:
		return "array"
	}
	return "number"
}

func (f *Form) items() *Form               { return FormOf(f.d, f.Items...) }
func (f *Form) property(name string) *Form { return FormOf(f.d, f.Property(name)...) }
func (f *Form) has(kinds ...string) bool {
	return slices.ContainsFunc(kinds, func(k string) bool { return f.Types[k] })
}

// IsList reports whether the value is a list or an object.
func (f *Form) IsList() bool { return f.has("array", "object") }

// Allows reports whether the value may have a JSON type.
func (f *Form) Allows(kind string) bool { return len(f.Types) == 0 || f.Types[kind] }

// Scalar converts text to the JSON type that the schema names; other text stays a string,
// so that the schema refuses it.
func (f *Form) Scalar(text string) any {
	number := f.has("number")
	switch {
	case (f.has("integer") || number) && integerForm.MatchString(text):
		digits, negative := strings.CutPrefix(text, "-")
		if digits = strings.TrimLeft(digits, "0"); digits == "" {
			return json.Number("0")
		}
		if negative {
			digits = "-" + digits
		}
		return json.Number(digits)
	case number && numberForm.MatchString(text):
		return json.Number(text)
	case f.has("boolean") && (text == "true" || text == "false"):
		return text == "true"
	}
	return text
}

// unsure reports whether a text can be read in two ways: one alternative may want a
// number from it, another the text.
func (f *Form) unsure() bool {
	return f.has("string") && f.has("integer", "number", "boolean", "object", "array")
}

// Bytes reports whether the value is a file instead of text: format binary, or content of
// a media type without a JSON type.
func (f *Form) Bytes() bool {
	return !f.Mixed && f.Types["string"] && len(f.Types) == 1 && slices.ContainsFunc(f.Schemas, func(n *document.Node) bool {
		return document.Text(n, "format") == "binary" || document.Text(n, "contentEncoding") == "" && document.Text(n, "contentMediaType") != ""
	})
}
