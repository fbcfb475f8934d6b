package content

import (
	"bytes"
	"errors"
	"io"
	"mime/multipart"
	"net/url"
	"strings"

	"github.com/hostup/api-conformance/spec/jsontext"
)

// maxParts is the maximum number of parts of a body that are read.
const maxParts = 10_000

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

// Parts is [Form.Fields] for a multipart/form-data body. Files are read as text.
func (f *Form) Parts(body []byte, boundary string) (value any, ok bool) {
	if boundary == "" || !f.Types["object"] || f.Mixed {
		return nil, false
	}
	o := map[string]any{}
	r := multipart.NewReader(bytes.NewReader(body), boundary)
	for range maxParts {
		part, err := r.NextRawPart()
		if errors.Is(err, io.EOF) {
			return o, true
		}
		if err != nil {
			return nil, false
		}
		text, err := io.ReadAll(part)
		v, ok := f.property(part.FormName()).part(part, text)
		if _, twice := o[part.FormName()]; err != nil || !ok || twice {
			return nil, false
		}
		o[part.FormName()] = v
	}
	return nil, false
}

// IsJSON reports whether a media type in lower case, without parameters, is JSON (WHATWG
// MIME Sniffing, JSON MIME type).
func IsJSON(name string) bool {
	return name == "application/json" || name == "text/json" || strings.HasSuffix(name, "+json")
}

// part reads a part: as JSON if it is declared as that, a file as its bytes, any other as
// text.
func (f *Form) part(part *multipart.Part, text []byte) (value any, ok bool) {
	kind, _, _ := strings.Cut(strings.ToLower(part.Header.Get("Content-Type")), ";")
	kind = strings.TrimSpace(kind)
	switch {
	case IsJSON(kind):
		value, faults, ok := jsontext.Decode(text)
		return value, ok && len(faults) == 0 && !f.Bytes()
	case part.FileName() != "" || f.Bytes():
		return string(text), f.Allows("string")
	}
	values := f.fieldValues([]string{string(text)})
	if values == nil || kind != "" && !strings.HasPrefix(kind, "text/") {
		return nil, false
	}
	return values[0], true
}
