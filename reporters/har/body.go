package har

import (
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// bytes returns the body of a response, nil if none was recorded. asText says that a
// recorder has converted it to text.
func (c *content) bytes(h http.Header) (body []byte, asText bool, err error) {
	if c.Text == nil {
		return nil, true, nil
	}
	text := *c.Text
	switch strings.ToLower(c.Encoding) {
	case "base64":
		body, err := fromBase64(text)
		switch {
		case err == nil && (utf8.Valid(body) || !json.Valid([]byte(text))):
			return inflated(body, h), false, nil
		case err != nil && h.Get("Content-Encoding") != "" && chunked(text) != nil:
			return inflated(chunked(text), h), false, nil
		case err != nil && beginsAsBase64(text):
			c.Text = nil // cut or corrupt
			return nil, true, nil
		}
		return []byte(text), true, nil // Firefox claims base64 for text, too (bug 1762313)
	case "", "utf-8", "utf8", "us-ascii", "text", "plain", "none", "identity":
		return c.reread(text, h), true, nil
	}
	return nil, false, errors.New(".response.content.encoding is neither base64 nor empty")
}

// fromBase64 decodes both alphabets, with and without padding, and ignores line breaks
// (RFC 4648 sections 3.2, 4 and 5).
func fromBase64(text string) ([]byte, error) {
	text = strings.TrimRight(strings.TrimSpace(text), "=")
	if strings.ContainsAny(text, "-_") {
		return base64.RawURLEncoding.DecodeString(text)
	}
	return base64.RawStdEncoding.DecodeString(text)
}

// chunked returns a compressed body in the form that Polly.js writes, a list of pieces in
// base64; nil if text has another form.
func chunked(text string) (body []byte) {
	var pieces []string
	if json.Unmarshal([]byte(text), &pieces) != nil {
		return nil
	}
	for _, piece := range pieces {
		b, err := fromBase64(piece)
		if err != nil {
			return nil
		}
		body = append(body, b...)
	}
	return body
}

func beginsAsBase64(text string) bool {
	const few = 16
	begins := text[:min(len(text), few)&^3]
	_, err := fromBase64(begins)
	return err == nil && begins != ""
}

// inflated decompresses a body that was recorded compressed, if its first bytes show a
// known compression. Any other body is returned as it is.
func inflated(body []byte, h http.Header) []byte {
	var r io.Reader
	var err error
	switch {
	case h.Get("Content-Encoding") == "":
		return body
	case bytes.HasPrefix(body, []byte("\x1f\x8b")):
		r, err = gzip.NewReader(bytes.NewReader(body))
	case bytes.HasPrefix(body, []byte("x\x01")), bytes.HasPrefix(body, []byte("x\x5e")), bytes.HasPrefix(body, []byte("x\x9c")), bytes.HasPrefix(body, []byte("x\xda")):
		r, err = zlib.NewReader(bytes.NewReader(body))
	default:
		return body
	}
	if err != nil {
		return body
	}
	plain, err := io.ReadAll(io.LimitReader(r, EntryLimit+1))
	if err != nil || len(plain) > EntryLimit {
		return body
	}
	return plain
}

// reread undoes a recorder's wrong decoding of UTF-8 that was not declared: each byte was
// taken for a character of windows-1252 (Chromium) or ISO 8859-1 (mitmproxy).
func (c *content) reread(text string, h http.Header) []byte {
	n := utf8.RuneCountInString(text)
	if n == len(text) || !c.mistaken(n, h) {
		return []byte(text)
	}
	body := make([]byte, 0, n)
	for _, r := range text {
		b, ok := charmap.Windows1252.EncodeRune(r)
		if r < 0x100 {
			b, ok = byte(r), true
		}
		if !ok {
			return []byte(text)
		}
		body = append(body, b)
	}
	if !utf8.Valid(body) {
		return []byte(text) // the text really is in that character set
	}
	c.Size = number(len(body)) // the size of the body as sent, not of the converted text
	return body
}

// mistaken reports whether each of the n characters of a text may be a byte of the body:
// because the sizes agree, or because the character set is unknown and the recorder had
// to guess. JSON is UTF-8 without saying so.
func (c *content) mistaken(n int, h http.Header) bool {
	name, params, err := mime.ParseMediaType(h.Get("Content-Type"))
	switch length := h.Get("Content-Length"); {
	case length != "" && h.Get("Content-Encoding") == "":
		return length == strconv.Itoa(n)
	case err == nil && params["charset"] == "" && !strings.HasSuffix(name, "json"):
		return true
	}
	return c.Size == number(n)
}
