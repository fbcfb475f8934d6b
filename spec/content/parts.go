package content

import (
	"bytes"
	"errors"
	"io"
	"mime/multipart"
	"net/textproto"
	"strings"

	"github.com/hostup/api-conformance/spec/jsontext"
)

// maxParts is the maximum number of parts of a body that are read.
const maxParts = 10_000

// A Part is a part of a multipart body.
type Part struct {
	Name   string // by Content-Disposition, "" if it has none
	File   bool   // it has a file name
	Header textproto.MIMEHeader
	Text   []byte
}

// Type returns the media type of a part without parameters, "" if it names none.
func (p Part) Type() string {
	kind, _, _ := strings.Cut(strings.ToLower(p.Header.Get("Content-Type")), ";")
	return strings.TrimSpace(kind)
}

// PartsOf returns the parts of a multipart body; ok is false if they cannot be told apart.
func PartsOf(body []byte, boundary string) (parts []Part, ok bool) {
	if boundary == "" {
		return nil, false
	}
	r := multipart.NewReader(bytes.NewReader(body), boundary)
	for range maxParts {
		part, err := r.NextRawPart()
		if errors.Is(err, io.EOF) {
			return parts, true
		}
		if err != nil {
			return nil, false
		}
		text, err := io.ReadAll(part)
		if err != nil {
			return nil, false
		}
		parts = append(parts, Part{part.FormName(), part.FileName() != "", part.Header, text})
	}
	return nil, false
}

// Parts is [Form.Fields] for the parts of a multipart/form-data body: a list has a part for
// each item (OpenAPI, Encoding Object), or is the JSON of one. Files are read as text.
func (f *Form) Parts(parts []Part) (value any, ok bool) {
	if !f.Types["object"] || f.Mixed {
		return nil, false
	}
	o := map[string]any{}
	for _, part := range parts {
		p := f.property(part.Name)
		before, has := o[part.Name]
		list, _ := before.([]any)
		if !p.Types["array"] {
			if o[part.Name], ok = p.part(part); has || !ok {
				return nil, false
			}
			continue
		}
		v, ok := p.item(part)
		if whole, is := v.([]any); is && !has {
			o[part.Name] = whole
			continue
		}
		if !ok || has && list == nil {
			return nil, false
		}
		o[part.Name] = append(list, v)
	}
	return o, true
}

// item reads a part as an item of a list, or as the list; ok is false if it may be either.
func (f *Form) item(part Part) (value any, ok bool) {
	items := f.items()
	if f.unsure() || f.Mixed || items.Types["array"] {
		return nil, false
	}
	if !IsJSON(part.Type()) && !part.File && !items.Bytes() && strings.ContainsAny(string(part.Text), ",[{") {
		return nil, false
	}
	return items.part(part)
}

// Sequence reads the parts of a multipart body one after another: JSON as its value, and
// what is no text as its bytes. ok is false if one can be read in two ways.
func Sequence(parts []Part) (values []any, ok bool) {
	for _, part := range parts {
		if kind := part.Type(); !IsJSON(kind) {
			if _, faults, isJSON := jsontext.Decode(part.Text); (kind == "" || strings.HasPrefix(kind, "text/")) && isJSON && len(faults) == 0 {
				return nil, false
			}
			values = append(values, string(part.Text))
			continue
		}
		v, faults, ok := jsontext.Decode(part.Text)
		if !ok || len(faults) > 0 {
			return nil, false
		}
		values = append(values, v)
	}
	return values, true
}

// part reads a part: as JSON if it is declared as that, a file as its bytes, any other as
// text.
func (f *Form) part(part Part) (value any, ok bool) {
	kind := part.Type()
	switch {
	case IsJSON(kind):
		value, faults, ok := jsontext.Decode(part.Text)
		return value, ok && len(faults) == 0 && !f.Bytes()
	case part.File || f.Bytes():
		return string(part.Text), f.Allows("string")
	}
	values := f.fieldValues([]string{string(part.Text)})
	if values == nil || kind != "" && !strings.HasPrefix(kind, "text/") {
		return nil, false
	}
	return values[0], true
}
