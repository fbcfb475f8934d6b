package har

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strconv"
	"strings"
	"unicode/utf8"
)

// whole reports whether the recorded body of a response, in a recording of another tool,
// is complete and unmodified.
//
// Most recordings hold the decoded body, some the encoded one. A size larger than the
// body may be that of the encoded body, so a body counts as cut only if it is also not
// valid JSON. Proxies that forward a body without storing it record an empty one of size
// 0: an empty body is accepted only if the server declares it, too. Text with replacement
// characters was binary, or in another character set than the recorder assumed.
func (c *content) whole(body []byte, h http.Header) bool {
	length := h.Get("Content-Length")
	coded := h.Get("Content-Encoding") != ""
	switch {
	case c.Text == nil:
		return false
	case len(body) == 0:
		return strings.Trim(length, "0") == "" && length != ""
	case c.Encoding == "" && bytes.ContainsRune(body, utf8.RuneError):
		return false
	case coded && bytes.ContainsFunc(body, control), // encoded
		number(len(body)) < c.Size, cutBy(body) || says(string(c.Comment)):
		return json.Valid(body)
	}
	declared, err := strconv.Atoi(length)
	return coded || err != nil || len(body) >= declared || json.Valid(body)
}

// cutBy reports whether a body that is not valid JSON looks as if a recorder had cut it:
// it ends in a notice of that, or it is the start of a JSON text with the length of a
// typical limit.
func cutBy(body []byte) bool {
	const notice, least = 100, 1000 // characters; bytes
	if says(string(body[max(0, len(body)-notice):])) {
		return true
	}
	limit := func(n int) bool { return n >= least && (n%1000 == 0 || n%1024 == 0) }
	if !limit(len(body)) && !limit(utf8.RuneCount(body)) {
		return false
	}
	d := json.NewDecoder(bytes.NewReader(body))
	var v json.RawMessage
	return errors.Is(d.Decode(&v), io.ErrUnexpectedEOF)
}

// says reports whether a text mentions that something was cut or left out.
func says(text string) bool {
	text = strings.ToLower(text)
	return strings.Contains(text, "truncat") || strings.Contains(text, "discard") || strings.Contains(text, "not included")
}

// control reports whether a character never occurs in text. Of the control characters,
// text may have white space and the record separator of RFC 7464.
func control(r rune) bool {
	return r < ' ' && r != '\t' && r != '\n' && r != '\r' && r != '\f' && r != '\x1e' || r == utf8.RuneError
}
