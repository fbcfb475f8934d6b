package har

import (
	"errors"
	"math"
	"net/http"
	"strconv"
	"strings"
	"time"

	"golang.org/x/net/http/httpguts"

	"github.com/hostup/api-conformance/spec"
)

// A Recorded is an entry of a HAR file, converted for judging.
type Recorded struct {
	Index    int // in the file, from 0
	Exchange spec.Exchange

	// Gap is the reason why the response cannot be judged at all, one of the Gap
	// constants, or "". If set, Exchange.Response is nil or not from the server.
	Gap string

	// Odd says what makes the entry unreadable if Gap is GapOdd, without a value of the
	// file: ".request.url is not an absolute URL". Exchange is then empty.
	Odd string

	// RequestBodyUnknown says that the request had a body, which was not recorded.
	RequestBodyUnknown bool

	// Decoded says that a recorder converted the response body to text: a byte order mark
	// and bytes that are not UTF-8 may be lost.
	Decoded bool

	// Rewritten says that a recorder may have reformatted the JSON of the response: its
	// length differs from what was sent, or was not sent (chunked).
	Rewritten bool

	// Own says that the suite wrote the entry. It is then complete, except for what was
	// redacted or cut.
	Own bool

	// Leaks holds what the suite found in the response of its own entry before redacting
	// it.
	Leaks []spec.Finding
}

// recorded converts an entry to an exchange. The error starts with the property:
// ".request.url is not an absolute URL".
func (e *entry) recorded(index int) (Recorded, error) {
	r := Recorded{Index: index}
	switch {
	case e == nil:
		return r, errors.New(" is null")
	case e.Request == nil:
		return r, errors.New(".request is missing")
	case e.Request.Method == "":
		return r, errors.New(".request.method is missing")
	case !httpguts.ValidHeaderFieldName(e.Request.Method): // RFC 9110 section 9.1: a token, like a field name
		return r, errors.New(".request.method is no HTTP method")
	case e.Request.URL == "":
		return r, errors.New(".request.url is missing")
	}
	r.Own = e.Own != nil
	if r.Own && e.Own.URL != "" {
		e.Request.URL = e.Own.URL
	}
	if scheme, _, ok := strings.Cut(e.Request.URL, ":"); ok && !strings.EqualFold(scheme, "http") && !strings.EqualFold(scheme, "https") {
		r.Gap = GapScheme
		r.Exchange.Request.Method = e.Request.Method
		return r, nil
	}
	ex := &r.Exchange
	if e.Own != nil {
		ex.ID, ex.Operation, ex.Failure, r.Leaks = e.Own.ID, e.Own.Operation, e.Own.Failure, e.Own.Leaks
		ex.FailureKind = e.Own.FailureKind
	}
	var err error
	if ex.Request, r.RequestBodyUnknown, err = e.Request.exchange(); err != nil {
		return r, err
	}
	if e.Own != nil && e.Own.RequestCut {
		r.RequestBodyUnknown = true
	}
	ex.Request.Sent = instant(string(e.Started))
	if e.Time > 0 && e.Time < number(24*time.Hour/time.Millisecond) {
		ex.Duration = time.Duration(e.Time * number(time.Millisecond))
	}
	if e.Response == nil {
		r.Gap = GapAnswer
		return r, nil
	}
	err = e.answer(&r)
	return r, err
}

// answer adds what is known of the response.
func (e *entry) answer(r *Recorded) error {
	status := float64(e.Response.Status)
	switch {
	case status == 0 && r.Own && e.Own.Failure != "":
		return nil // the suite saw that there was no response
	case status <= 0:
		r.Gap = GapAnswer
		return nil
	case status != math.Trunc(status) || status < 100 || status > 999:
		return errors.New(".response.status is no HTTP status: want 0 or 100 to 999")
	case status < 200 && !r.Own:
		r.Gap = GapScheme
		return nil
	}
	a := &spec.Response{Status: int(status), Proto: string(e.Response.Version), Header: header(e.Response.Headers), Length: -1}
	if r.Own && !r.Exchange.Request.Sent.IsZero() {
		a.Received = r.Exchange.Request.Sent.Add(r.Exchange.Duration)
	} // otherwise by the clock of the recorder, possibly a phone; the response's Date has to do
	said := a.Header
	if r.Own {
		said = nil // the body is as sent
	}
	var asText bool
	var err error
	if a.Body, asText, err = e.Response.Content.bytes(said); err != nil {
		return err
	}
	r.Exchange.Response = a
	if r.Own {
		a.ReadFailure, a.ReadCause = e.Own.ReadFailure, e.Own.ReadCause
		a.BodyUnknown = e.Response.Content.Text == nil || e.Own.ResponseCut
		return nil
	}
	a.BodyUnknown = e.Response.Error != "" || e.Response.Failure != "" || !e.Response.Content.whole(a.Body, a.Header)
	r.Decoded = asText
	length := a.Header.Get("Content-Length")
	r.Rewritten = asText && a.Header.Get("Content-Encoding") == "" && (a.Header.Get("Transfer-Encoding") != "" || positive(length) && length != strconv.Itoa(len(a.Body)))
	r.Gap = e.gap(r.Exchange)
	if r.Exchange.Request.Method == http.MethodHead || a.Status == http.StatusNoContent {
		a.Body, a.BodyUnknown = nil, true // a browser cannot export one, whatever was sent
	}
	return nil
}

// method returns the method as sent: recorders inside client libraries write the name by
// which it was called, in lower case (axios).
func method(name string) string {
	if strings.ToLower(name) == name {
		return strings.ToUpper(name)
	}
	return name
}

func (q *request) exchange() (r spec.Request, bodyUnknown bool, err error) {
	r = spec.Request{Method: method(q.Method), Header: header(q.Headers)}
	if r.URL, err = address(q.URL); err != nil {
		return r, false, err
	}
	said := positive(r.Header.Get("Content-Length")) || r.Header.Get("Transfer-Encoding") != "" || q.BodySize != nil && *q.BodySize > 0
	switch b := q.Body; {
	case b != nil && b.Text != nil && (strings.EqualFold(b.Encoding, "base64") || strings.EqualFold(string(b.Coded), "base64")):
		if r.Body, err = fromBase64(*b.Text); err != nil {
			r.Body = []byte(*b.Text)
		}
	case b != nil && b.Text != nil && (*b.Text != "" || !said):
		r.Body = []byte(*b.Text)
	case b != nil, said:
		bodyUnknown = true
	case q.BodySize == nil || *q.BodySize < 0:
		bodyUnknown = q.Method == http.MethodPost || q.Method == http.MethodPut || q.Method == http.MethodPatch
	}
	return r, bodyUnknown, nil
}

// header collects the headers. It leaves out HTTP/2 pseudo-headers and names that are not
// tokens (RFC 9110 section 5.1), which cannot have been sent. Browsers join the values of
// one name with line breaks.
func header(list []pair) http.Header {
	h := http.Header{}
	for _, p := range list {
		if !httpguts.ValidHeaderFieldName(string(p.Name)) {
			continue
		}
		for v := range strings.SplitSeq(string(p.Value), "\n") {
			h.Add(string(p.Name), strings.TrimSpace(v))
		}
	}
	return h
}

// instant reads a time. It returns the zero time, which is never judged, if there is none
// or it has no zone.
func instant(text string) time.Time {
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02T15:04:05.999999999Z0700"} {
		if t, err := time.Parse(layout, text); err == nil {
			return t
		}
	}
	return time.Time{}
}

func positive(number string) bool {
	return strings.Trim(number, "0123456789") == "" && strings.Trim(number, "0") != ""
}
