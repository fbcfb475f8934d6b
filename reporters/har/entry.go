package har

import (
	"cmp"
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/hostup/api-conformance/spec"
)

// Limits of what is written of a body, in bytes. A page of a list has some kilobytes.
// Long request bodies are those of the suite itself, which ask what a server does with
// them: their end says no more than their beginning.
const (
	BodyLimit    = 256 << 10 // of a response
	RequestLimit = 64 << 10
)

// entryOf converts a redacted exchange to a HAR entry. sent is the size of the request
// body as sent.
func entryOf(ex spec.Exchange, sent int, leaks []spec.Finding) entry {
	e := entry{
		Started: text(ex.Request.Sent.UTC().Format("2006-01-02T15:04:05.000000Z07:00")),
		Time:    milliseconds(ex.Duration),
		Timings: timings{Wait: milliseconds(ex.Duration)},
		Own:     &own{ID: ex.ID, Operation: ex.Operation, Failure: ex.Failure, FailureKind: ex.FailureKind, Leaks: leaks},
	}
	address := ""
	if ex.Request.URL != nil {
		address = ex.Request.URL.String()
	}
	e.Request, e.Own.RequestCut = requestOf(ex, address, sent)
	if address != e.Request.URL {
		e.Own.URL = address
	}
	e.Response = &response{Cookies: pairs{}, Headers: []pair{}, BodySize: -1}
	if ex.Response == nil {
		e.Response.Error = text(ex.Failure)
		return e
	}
	e.Own.ReadFailure, e.Own.ReadCause = ex.Response.ReadFailure, ex.Response.ReadCause
	e.Own.ResponseCut = len(ex.Response.Body) > BodyLimit
	e.Response.fill(ex.Response)
	return e
}

func milliseconds(d time.Duration) number { return number(d.Microseconds()) / 1000 }

// requestOf converts the request, which has the given address, and reports whether its
// body was cut.
func requestOf(ex spec.Exchange, address string, sent int) (r *request, cut bool) {
	whole := len(ex.Request.Body)
	if sent > RequestLimit {
		whole = sent
	}
	size := number(whole)
	r = &request{
		Method: ex.Request.Method, Version: "HTTP/1.1", BodySize: &size,
		Cookies: cookies(ex.Request.Header.Values("Cookie")), Headers: headers(ex.Request.Header), Query: pairs{},
	}
	if ex.Response != nil && ex.Response.Proto != "" {
		r.Version = label(ex.Response.Proto)
	}
	if u := ex.Request.URL; u != nil {
		r.URL, r.Query = uri(address), query(u.RawQuery)
	}
	if len(ex.Request.Body) == 0 {
		return r, false
	}
	body, encoding, comment := written(ex.Request.Body, whole, RequestLimit)
	r.Body = &posted{Type: label(ex.Request.Header.Get("Content-Type")), Text: &body, Params: pairs{}, Encoding: encoding, Comment: label(comment)}
	return r, comment != ""
}

func (r *response) fill(from *spec.Response) {
	r.Status, r.Text, r.Version = number(from.Status), label(http.StatusText(from.Status)), text(from.Proto)
	r.Headers, r.Redirect = headers(from.Header), label(from.Header.Get("Location"))
	for _, line := range from.Header.Values("Set-Cookie") {
		first, _, _ := strings.Cut(line, ";")
		r.Cookies = append(r.Cookies, cookies([]string{first})...)
	}
	body, encoding, comment := written(from.Body, len(from.Body), BodyLimit)
	r.Content = content{Size: number(len(from.Body)), Type: label(from.Header.Get("Content-Type")), Text: &body, Encoding: encoding, Comment: text(comment)}
}

// written returns a body as text, or in base64 if it is not UTF-8, cut at limit. whole is
// the size of the complete body.
func written(body []byte, whole, limit int) (content, encoding, comment string) {
	if whole > limit {
		comment = fmt.Sprintf("cut at %d of %d bytes", limit, whole)
		body = body[:min(len(body), limit)]
		for n := 0; n < utf8.UTFMax && !utf8.Valid(body); n++ { // the cut may be inside a character
			body = body[:len(body)-1]
		}
	}
	if utf8.Valid(body) {
		return string(body), "", comment
	}
	return base64.StdEncoding.EncodeToString(body), "base64", comment
}

// headers returns the headers sorted by name, values of one name in their order.
func headers(h http.Header) []pair {
	list := []pair{}
	for name, values := range h {
		for _, v := range values {
			list = append(list, pair{text(name), text(v)})
		}
	}
	slices.SortStableFunc(list, func(a, b pair) int { return cmp.Compare(a.Name, b.Name) })
	return list
}

func cookies(lines []string) pairs {
	list := pairs{}
	for _, line := range lines {
		for part := range strings.SplitSeq(line, ";") {
			if name, value, ok := strings.Cut(strings.TrimSpace(part), "="); ok && name != "" { // readers require a name
				list = append(list, pair{text(name), text(value)})
			}
		}
	}
	return list
}

// query returns the decoded parameters. Those without a name, and those that are not
// UTF-8 when decoded once or twice, appear in the URL only: readers that decode the
// values again, because Chromium writes them encoded, refuse the whole file if one cannot
// be decoded (har-to-k6 0.14.16).
func query(raw string) pairs {
	list := pairs{}
	for part := range strings.SplitSeq(raw, "&") {
		encoded, value, _ := strings.Cut(part, "=")
		name, nameErr := url.QueryUnescape(encoded)
		value, valueErr := url.QueryUnescape(value)
		twice, twiceErr := url.PathUnescape(value)
		if errors.Join(nameErr, valueErr, twiceErr) == nil && name != "" && utf8.ValidString(name+value) && utf8.ValidString(twice) {
			list = append(list, pair{text(name), text(value)})
		}
	}
	return list
}
