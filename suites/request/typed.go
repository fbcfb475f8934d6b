package request

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/hostup/api-conformance/spec"
)

// typed returns the first reading of text that the schema allows: the text itself, its
// value as JSON, or a comma-separated list; the text if none fits.
func typed(s *spec.Sampler, schema, text string) any {
	values := []any{text}
	if v, ok := parse([]byte(text)); ok {
		values = append(values, v)
	}
	if strings.Contains(text, ",") {
		var texts, parsed []any
		for part := range strings.SplitSeq(text, ",") {
			texts = append(texts, part)
			v, _ := parse([]byte(part))
			parsed = append(parsed, v)
		}
		values = append(values, texts, parsed)
	}
	for _, v := range values {
		if s.Meets(schema, v) {
			return v
		}
	}
	return text
}

func parse(text []byte) (v any, ok bool) {
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	return v, d.Decode(&v) == nil && !d.More()
}

// Typed returns a value of a response in the type that the schema requires, because ids
// are often numbers in one place and texts in another. It returns false if none fits.
func (b *Builder) Typed(schema string, v any) (any, bool) {
	s, err := b.sampler()
	if err != nil {
		return nil, false
	}
	if s.Meets(schema, v) {
		return v, true
	}
	if v := typed(s, schema, plain(v)); s.Meets(schema, v) {
		return v, true
	}
	return nil, false
}

// plain returns v as text: a string as it is, nil as "", anything else as JSON.
func plain(v any) string {
	switch x := v.(type) {
	case nil:
		return ""
	case string:
		return x
	}
	if text, err := json.Marshal(v); err == nil {
		return string(text)
	}
	return fmt.Sprint(v)
}
