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

// whole reports whether the body of an answer in a recording of others is all
// that came, as it came.
//
// Most recordings hold the decoded body, some the one that was sent. A size that
// is larger than the body may be that of the encoded one, so that only a body
// that is also no whole JSON text counts as cut. Proxies that pass a body on
// without keeping it write an empty one of size 0: that none came is believed
// only if the server says so, too. Text with replacement characters was no text,
// or not in the character set that the recorder took it for.
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
	case coded && bytes.ContainsFunc(body, control), // as it was sent
		number(len(body)) < c.Size, cutBy(body) || says(string(c.Comment)):
		return json.Valid(body)
	}
	declared, err := strconv.Atoi(length)
	return coded || err != nil || len(body) >= declared || json.Valid(body)
}

// cutBy reports whether a body that is no JSON text looks as if a recorder had cut
// it: it says so at its end, or it is the beginning of a JSON text and as long as
// a limit that somebody would choose.
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

// says reports whether a text tells that something was cut or left out.
func says(text string) bool {
	text = strings.ToLower(text)
	return strings.Contains(text, "truncat") || strings.Contains(text, "discard") || strings.Contains(text, "not included")
}

// control reports whether a character stands in no text: of those below the space, texts
// have white space and the record separator of RFC 7464.
func control(r rune) bool {
	return r < ' ' && r != '\t' && r != '\n' && r != '\r' && r != '\f' && r != '\x1e' || r == utf8.RuneError
}
