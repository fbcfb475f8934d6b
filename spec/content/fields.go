package content

import (
	"net/url"
	"strings"
)

// Fields reads an application/x-www-form-urlencoded body as the object that the schema
// describes. ok is false if a field may be written in several ways.
func (f *Form) Fields(body string) (value any, ok bool) {
	fields, err := url.ParseQuery(strings.TrimSpace(body))
	if err != nil || !f.Types["object"] || f.Mixed {
		return nil, false
	}
	o := map[string]any{}
	for name, texts := range fields {
		p := f.property(name)
		values := p.fieldValues(texts)
		if values == nil {
			return nil, false
		}
		if o[name] = values[0]; p.Types["array"] {
			o[name] = values
		}
	}
	return o, true
}

// fieldValues reads the texts of one field; nil if they can be read in several ways.
func (f *Form) fieldValues(texts []string) (values []any) {
	item := f
	if f.Types["array"] && len(texts) > 1 {
		item = f.items()
	}
	if item.unsure() || item.Mixed || item.IsList() || len(texts) > 1 && item == f {
		return nil
	}
	for _, text := range texts {
		values = append(values, item.Scalar(text))
	}
	return values
}

// IsJSON reports whether a media type in lower case, without parameters, is JSON (WHATWG
// MIME Sniffing, JSON MIME type).
func IsJSON(name string) bool {
	return name == "application/json" || name == "text/json" || strings.HasSuffix(name, "+json")
}
