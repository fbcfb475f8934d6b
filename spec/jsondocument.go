package spec

import (
	"bytes"
	"unicode/utf16"
	"unicode/utf8"
)

// yamlText is the text of a document as YAML reads it: JSON writes characters beyond
// U+FFFF as two escapes (RFC 8259 section 7), which YAML does not know. Lines stay
// where they are.
func yamlText(text []byte) []byte {
	if trimmed := bytes.TrimLeft(text, " \t\r\n\ufeff"); len(trimmed) == 0 || trimmed[0] != '{' || !bytes.Contains(text, []byte(`\u`)) {
		return text
	}
	out := make([]byte, 0, len(text))
	d := textDecoder{text: text}
	for i := 0; i < len(text); {
		if text[i] != '\\' {
			out = append(out, text[i])
			i++
			continue
		}
		r, ok := d.unit(i)
		if !ok || !utf16.IsSurrogate(r) {
			n := min(2, len(text)-i) // an escaped backslash begins no escape
			out = append(out, text[i:i+n]...)
			i += n
			continue
		}
		i += 6
		if low, ok := d.unit(i); ok && utf16.DecodeRune(r, low) != utf8.RuneError {
			r = utf16.DecodeRune(r, low)
			i += 6
		}
		out = utf8.AppendRune(out, r) // half a pair becomes U+FFFD
	}
	return out
}
