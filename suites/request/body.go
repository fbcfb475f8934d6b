package request

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"maps"
	"mime"
	"mime/multipart"
	"net/textproto"
	"net/url"
	"slices"
	"strings"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/spec/content"
)

// bodyValue chooses a media type of the body and returns it with a value. It prefers
// JSON, of which most can be judged, then JSON Patch (RFC 6902), then forms, then other
// types.
func (b *Builder) bodyValue(o *spec.Operation, in *spec.BodyInput) (*spec.MediaInput, any, error) {
	s, err := b.sampler()
	if err != nil {
		return nil, nil, err
	}
	media := slices.Clone(in.Media)
	slices.SortStableFunc(media, func(x, y spec.MediaInput) int { return rank(x.Type) - rank(y.Type) })
	if text, ok := b.data[o.ID+".body"]; ok {
		m := media[0]
		if v, ok := parse([]byte(text)); ok && rank(m.Type) < rankText {
			return &m, v, nil
		}
		return &m, text, nil
	}
	for _, m := range media {
		if v, ok := b.mediaValue(s, m); ok {
			return &m, v, nil
		}
	}
	return nil, nil, &MissingError{Operation: o.Name(), Input: "body (" + in.Media[0].Type + ")", Data: o.ID + ".body"}
}

func (b *Builder) mediaValue(s *spec.Sampler, m spec.MediaInput) (any, bool) {
	text := rank(m.Type) >= rankText
	for _, v := range m.Examples {
		if _, isText := v.(string); text && isText || !text && s.Meets(m.Schema, v) {
			return v, true
		}
	}
	switch {
	case isXML(m.Type):
		return b.asXML(s, m)
	case b.contract.Binary(m.Schema), m.Schema == "" && text:
		return file(m.Type), true
	case m.Schema == "":
		return map[string]any{}, true
	}
	v, err := s.Value(m.Schema, 0)
	if err != nil {
		return nil, false
	}
	if rank(m.Type) == rankPatch && s.Meets(m.Schema, []any{}) {
		return []any{}, true // few schemas say what an operation needs besides op and path
	}
	o, isObject := v.(map[string]any)
	if text && isObject && !strings.Contains(m.Type, "*") {
		return file(m.Type), true
	}
	if isObject && len(o) == 0 && strings.HasPrefix(m.Type, "multipart/") { // it has one part at least (RFC 2046 section 5.1.1)
		if full, err := s.Full(m.Schema, 0); err == nil {
			return full, true
		}
	}
	return v, true
}

// asXML returns the text of a value, if the schema says how it is written.
func (b *Builder) asXML(s *spec.Sampler, m spec.MediaInput) (any, bool) {
	v, err := s.Value(m.Schema, 0)
	if err != nil || m.Schema == "" {
		return nil, false
	}
	return b.contract.XML(m.Schema, v)
}

const (
	rankJSON = iota
	rankPatch
	rankForm
	rankMultipart
	rankLines
	rankText
	rankOther
)

func rank(mediaType string) int {
	name := mediaName(mediaType)
	switch {
	case name == "application/json-patch+json":
		return rankPatch
	case content.IsJSON(name) || name == "*/*" || name == "application/*":
		return rankJSON
	case name == "application/x-www-form-urlencoded":
		return rankForm
	case strings.HasPrefix(name, "multipart/"):
		return rankMultipart
	case content.IsLines(name):
		return rankLines
	case strings.HasPrefix(name, "text/"):
		return rankText
	}
	return rankOther
}

func mediaName(mediaType string) string {
	name, _, _ := strings.Cut(mediaType, ";")
	return strings.ToLower(strings.TrimSpace(name))
}

func isXML(mediaType string) bool {
	name := mediaName(mediaType)
	return name == "application/xml" || name == "text/xml" || strings.HasSuffix(name, "+xml")
}

// pixel is a 1×1 PNG: where an image is expected, the suite sends a real one.
const pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="

// file returns the content of a file of the media type.
func file(mediaType string) string {
	if strings.HasPrefix(mediaName(mediaType), "image/") {
		png, _ := base64.StdEncoding.DecodeString(pixel) // a constant
		return string(png)
	}
	return "conformance\n"
}

// write returns the encoded body and its Content-Type.
func (b *Builder) write(d Draft) (contentType string, body []byte, err error) {
	name := mediaName(d.media.Type)
	switch rank(d.media.Type) {
	case rankJSON, rankPatch:
		if strings.Contains(name, "*") {
			name = "application/json"
		}
		body, err = json.Marshal(d.body)
		return concrete(d.media.Type, name), body, err
	case rankForm:
		return name, []byte(b.form(d)), nil
	case rankMultipart:
		return b.multipart(d, name)
	case rankLines:
		return name, lines(name, d.body), nil
	}
	switch name {
	case "text/*":
		name = "text/plain"
	case "image/*":
		name = "image/png"
	}
	return concrete(d.media.Type, name), []byte(plain(d.body)), nil
}

// lines writes the items of a list, or one value, as JSON texts one after the other.
func lines(name string, v any) (body []byte) {
	items, isList := v.([]any)
	if !isList {
		items = []any{v}
	}
	for _, item := range items {
		if strings.HasSuffix(name, "json-seq") {
			body = append(body, '\x1e') // RFC 7464
		}
		body = append(append(body, marshal(item)...), '\n')
	}
	return body
}

// concrete returns the documented media type with its parameters, or name if the
// documented type is a range.
func concrete(documented, name string) string {
	if strings.Contains(documented, "*") {
		return name
	}
	return documented
}

// form encodes an object as application/x-www-form-urlencoded. Objects in it are written
// as JSON, unless a style is given (OpenAPI, Encoding Object).
func (b *Builder) form(d Draft) string {
	o, _ := d.body.(map[string]any)
	var parts []string
	for _, name := range slices.Sorted(maps.Keys(o)) {
		e, styled := d.media.Encoding[name]
		_, isList := o[name].([]any)
		list := []pair{{name, url.QueryEscape(plain(o[name]))}}
		switch {
		case styled && e.ContentType == "":
			list = pairs(name, e.Style, e.Explode, o[name], url.QueryEscape)
		case isList:
			list = pairs(name, "form", !styled || e.Explode, o[name], url.QueryEscape)
		}
		for _, x := range list {
			parts = append(parts, url.QueryEscape(x.name)+"="+x.value)
		}
	}
	return strings.Join(parts, "&")
}

// boundary separates the parts of a multipart body. It is the same in every run.
const boundary = "conformance-7d3b1f"

func (b *Builder) multipart(d Draft, name string) (contentType string, body []byte, err error) {
	var buffer bytes.Buffer
	w := multipart.NewWriter(&buffer)
	if err := w.SetBoundary(boundary); err != nil {
		return "", nil, err
	}
	s, err := b.sampler()
	if err != nil {
		return "", nil, err
	}
	o, isObject := d.body.(map[string]any)
	if !isObject { // such as a file without the name of its field
		if err := part(w, "file", d.body, b.contract.Binary(d.media.Schema), ""); err != nil {
			return "", nil, err
		}
	}
	for _, m := range members(o) {
		items, isList := o[m.name].([]any)
		if !isList {
			items = []any{o[m.name]}
		}
		property := s.Property(d.media.Schema, m.name)
		for _, item := range items {
			if err := part(w, m.name, item, b.contract.Binary(property), d.media.Encoding[m.name].ContentType); err != nil {
				return "", nil, err
			}
		}
	}
	if err := w.Close(); err != nil {
		return "", nil, err
	}
	return mime.FormatMediaType(name, map[string]string{"boundary": boundary}), buffer.Bytes(), nil
}

func part(w *multipart.Writer, name string, v any, binary bool, contentType string) error {
	h := textproto.MIMEHeader{}
	disposition := fmt.Sprintf("form-data; name=%q", name)
	contentType, _, _ = strings.Cut(contentType, ",")
	text := plain(v)
	switch _, object := v.(map[string]any); {
	case binary:
		if contentType == "" || strings.Contains(contentType, "*") {
			contentType = map[bool]string{true: "image/png", false: "application/octet-stream"}[strings.HasPrefix(contentType, "image/")]
		}
		text = file(contentType)
		disposition += `; filename="conformance` + map[bool]string{true: ".png", false: ".txt"}[contentType == "image/png"] + `"`
	case object && contentType == "":
		contentType = "application/json"
	}
	h.Set("Content-Disposition", disposition)
	if contentType != "" {
		h.Set("Content-Type", contentType)
	}
	p, err := w.CreatePart(h)
	if err == nil {
		_, err = p.Write([]byte(text))
	}
	return err
}
