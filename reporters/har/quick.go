package har

import (
	"bytes"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

// A quick reads an entry in the exact form of HAR 1.2, in a quarter of the time that
// encoding/json takes. It gives up on anything unexpected, and the entry is then read
// with encoding/json: see [reader.entry]. It skips properties that are not needed.
type quick struct {
	text   []byte
	at     int
	gaveUp bool
	buf    []byte
}

// quickEntry reads an entry; ok is false if it gives up.
func quickEntry(text []byte) (e *entry, ok bool) {
	q := &quick{text: text}
	e = &entry{}
	q.object(func(name []byte) {
		switch string(name) {
		case "startedDateTime":
			e.Started = q.string()
		case "time":
			e.Time = q.number()
		case "request":
			e.Request = &request{}
			q.object(func(name []byte) { q.request(e.Request, name) })
		case "response":
			e.Response = &response{}
			q.object(func(name []byte) { q.response(e.Response, name) })
		case "cache":
			q.object(func([]byte) { q.gaveUp = true })
		case "_fetchType":
			e.FetchType = q.string()
		case "_hostup", "_wasFulfilled":
			q.gaveUp = true
		default:
			q.other(name)
		}
	})
	q.space()
	return e, !q.gaveUp && q.at == len(q.text)
}

func (q *quick) request(r *request, name []byte) {
	switch string(name) {
	case "method":
		r.Method = string(q.string())
	case "url":
		r.URL = string(q.string())
	case "headers":
		r.Headers = q.pairs()
	case "bodySize":
		n := q.number()
		r.BodySize = &n
	case "postData":
		r.Body = &posted{}
		q.object(func(name []byte) {
			switch string(name) {
			case "text":
				text := string(q.string())
				r.Body.Text = &text
			case "_encoding":
				r.Body.Encoding = string(q.string())
			case "encoding":
				r.Body.Coded = q.string()
			default:
				q.other(name)
			}
		})
	default:
		q.other(name)
	}
}

func (q *quick) response(r *response, name []byte) {
	switch string(name) {
	case "status":
		r.Status = q.number()
	case "httpVersion":
		r.Version = q.string()
	case "headers":
		r.Headers = q.pairs()
	case "bodySize":
		r.BodySize = q.number()
	case "_transferSize":
		n := q.number()
		r.Transferred = &n
	case "content":
		q.object(func(name []byte) { q.content(&r.Content, name) })
	case "_error", "_failureText", "_charlesStatus":
		q.gaveUp = !q.null()
	default:
		q.other(name)
	}
}

func (q *quick) content(c *content, name []byte) {
	switch string(name) {
	case "size":
		c.Size = q.number()
	case "text":
		text := string(q.string())
		c.Text = &text
	case "encoding":
		c.Encoding = string(q.string())
	case "comment":
		c.Comment = q.string()
	default:
		q.other(name)
	}
}

// other skips a property. It gives up if the property may say that the response is not
// from the server, or if encoding/json could match it in another case.
func (q *quick) other(name []byte) {
	switch string(name) {
	case "_fromCache", "_fromDiskCache", "_fromMemoryCache", "_fromPrefetchCache", "_fromServiceWorker", "_fetchedViaServiceWorker":
		if !q.null() && !q.literal("false") {
			q.gaveUp = true
		}
		return
	}
	if len(name) == 0 || name[0] >= 'A' && name[0] <= 'Z' || string(name) == "_file" {
		q.gaveUp = true
		return
	}
	q.space()
	if q.gaveUp || q.at >= len(q.text) {
		q.gaveUp = true
		return
	}
	end := ending{}
	if q.text[q.at] == '}' || q.text[q.at] == ']' || q.text[q.at] == ',' {
		q.gaveUp = true
		return
	}
	q.at += end.find(q.text[q.at:])
	q.gaveUp = q.gaveUp || !end.over
}

// pairs reads headers.
func (q *quick) pairs() (list []pair) {
	if !q.take('[') {
		q.gaveUp = true
		return nil
	}
	list = make([]pair, 0, 16)
	for first := true; !q.gaveUp && !q.take(']'); first = false {
		if !first && !q.take(',') {
			q.gaveUp = true
			return nil
		}
		var p pair
		q.object(func(name []byte) {
			switch string(name) {
			case "name":
				p.Name = q.string()
			case "value":
				p.Value = q.string()
			default:
				q.other(name)
			}
		})
		list = append(list, p)
	}
	return list
}

// object calls member for each property of an object.
func (q *quick) object(member func(name []byte)) {
	if !q.take('{') {
		q.gaveUp = true
		return
	}
	for first := true; !q.gaveUp && !q.take('}'); first = false {
		if !first && !q.take(',') {
			q.gaveUp = true
			return
		}
		name := q.raw()
		if q.gaveUp || !q.take(':') {
			q.gaveUp = true
			return
		}
		member(name)
	}
}

func (q *quick) space() {
	for q.at < len(q.text) && (q.text[q.at] == ' ' || q.text[q.at] == '\n' || q.text[q.at] == '\t' || q.text[q.at] == '\r') {
		q.at++
	}
}

// take consumes the next byte if it is c, and reports whether it was.
func (q *quick) take(c byte) bool {
	q.space()
	if q.at < len(q.text) && q.text[q.at] == c {
		q.at++
		return true
	}
	return false
}

// literal consumes the next value if it is word, and reports whether it was.
func (q *quick) literal(word string) bool {
	q.space()
	if bytes.HasPrefix(q.text[q.at:], []byte(word)) {
		q.at += len(word)
		return true
	}
	return false
}

func (q *quick) null() bool { return q.literal("null") }

func (q *quick) number() number {
	q.space()
	start := q.at
	for q.at < len(q.text) && bytes.IndexByte([]byte("+-.0123456789eE"), q.text[q.at]) >= 0 {
		q.at++
	}
	f, err := strconv.ParseFloat(string(q.text[start:q.at]), 64)
	q.gaveUp = q.gaveUp || err != nil
	return number(f)
}

// raw reads a string without escapes: a property name. It is part of the text.
func (q *quick) raw() []byte {
	if !q.take('"') {
		q.gaveUp = true
		return nil
	}
	n := bytes.IndexByte(q.text[q.at:], '"')
	if n < 0 || bytes.IndexByte(q.text[q.at:q.at+n], '\\') >= 0 {
		q.gaveUp = true
		return nil
	}
	name := q.text[q.at : q.at+n]
	q.at += n + 1
	return name
}

func (q *quick) string() text {
	if !q.take('"') {
		q.gaveUp = true
		return ""
	}
	q.buf = q.buf[:0]
	for start := q.at; q.at < len(q.text); q.at++ {
		switch c := q.text[q.at]; {
		case c == '"':
			q.buf = append(q.buf, q.text[start:q.at]...)
			q.at++
			q.gaveUp = q.gaveUp || !utf8.Valid(q.buf)
			return text(q.buf)
		case c == '\\':
			q.buf = append(q.buf, q.text[start:q.at]...)
			if !q.escape() {
				q.gaveUp = true
				return ""
			}
			start = q.at + 1
		case c < ' ':
			q.gaveUp = true
			return ""
		}
	}
	q.gaveUp = true
	return ""
}

// escape reads an escape up to its last byte. It fails for half a surrogate pair.
func (q *quick) escape() bool {
	q.at++
	if q.at >= len(q.text) {
		return false
	}
	const plain, meant = `"\/bfnrt`, "\"\\/\b\f\n\r\t"
	if i := bytes.IndexByte([]byte(plain), q.text[q.at]); i >= 0 {
		q.buf = append(q.buf, meant[i])
		return true
	}
	r, ok := q.unit()
	if !ok {
		return false
	}
	if utf16.IsSurrogate(r) {
		q.at++
		if q.at+1 >= len(q.text) || q.text[q.at] != '\\' {
			return false
		}
		q.at++
		low, ok := q.unit()
		if r = utf16.DecodeRune(r, low); !ok || r == utf8.RuneError {
			return false
		}
	}
	q.buf = utf8.AppendRune(q.buf, r)
	return true
}

// unit reads what follows the backslash in \u0041, up to its last byte.
func (q *quick) unit() (rune, bool) {
	const digits = 4
	if q.at+digits >= len(q.text) || q.text[q.at] != 'u' {
		return 0, false
	}
	n, err := strconv.ParseUint(string(q.text[q.at+1:q.at+1+digits]), 16, 16)
	q.at += digits
	return rune(n), err == nil
}
