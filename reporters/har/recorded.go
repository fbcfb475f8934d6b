package har

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"math"
	"net/http"
	"strings"
	"time"

	"github.com/hostup/api-conformance/spec"
)

// A Recorded is an entry as the judge wants it.
type Recorded struct {
	Index    int // in the file, from 0
	Exchange spec.Exchange

	// Gap says why the answer cannot be judged at all, "" if it can: one of the
	// Gap constants. Exchange.Response is nil then, or not from the server.
	Gap string

	// RequestBodyUnknown says that the request had a body that was not recorded.
	RequestBodyUnknown bool

	// Own says that the suite wrote the entry: it saw the exchange itself, so that
	// nothing of it is missing but what was redacted and what was cut.
	Own bool
}

// Why an answer cannot be judged.
const (
	GapScheme  = "not HTTP"                             // data:, blob:, chrome-extension:, a WebSocket
	GapAnswer  = "no answer was recorded"               // status 0: blocked, failed, or still pending
	GapCache   = "answered by a cache"                  // of the browser, or its service worker
	GapBrowser = "a redirect of the browser's own"      // HSTS, or to the same address by https
	GapHeaders = "no headers of the answer are on file" // an exporter left them out
)

// recorded turns an entry into an exchange. The error begins with the member:
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
	case e.Request.URL == "":
		return r, errors.New(".request.url is missing")
	}
	r.Own = e.Own != nil
	if scheme, _, ok := strings.Cut(e.Request.URL, ":"); ok && !strings.EqualFold(scheme, "http") && !strings.EqualFold(scheme, "https") {
		r.Gap = GapScheme
		r.Exchange.Request.Method = e.Request.Method
		return r, nil
	}
	ex := &r.Exchange
	if e.Own != nil {
		ex.ID, ex.Operation, ex.Failure = e.Own.ID, e.Own.Operation, e.Own.Failure
	}
	var err error
	if ex.Request, r.RequestBodyUnknown, err = e.Request.exchange(); err != nil {
		return r, err
	}
	if e.Own != nil && e.Own.RequestCut {
		r.RequestBodyUnknown = true
	}
	if ex.Request.Sent, err = instant(e.Started); err != nil {
		return r, err
	}
	if e.Time > 0 && e.Time < float64(24*time.Hour/time.Millisecond) {
		ex.Duration = time.Duration(e.Time * float64(time.Millisecond))
	}
	if e.Response == nil {
		r.Gap = GapAnswer
		return r, nil
	}
	err = e.answer(&r)
	return r, err
}

// answer adds what is known of the answer.
func (e *entry) answer(r *Recorded) error {
	status := e.Response.Status
	switch {
	case status == 0 && r.Own && e.Own.Failure != "":
		return nil // the suite saw that none came
	case status <= 0:
		r.Gap = GapAnswer
		return nil
	case status != math.Trunc(status) || status < 100 || status > 999:
		return errors.New(".response.status is no HTTP status: want 0 or 100 to 999")
	case status < 200 && !r.Own:
		r.Gap = GapScheme
		return nil
	}
	a := &spec.Response{Status: int(status), Proto: e.Response.Version, Header: header(e.Response.Headers), Length: -1}
	if !r.Exchange.Request.Sent.IsZero() {
		a.Received = r.Exchange.Request.Sent.Add(r.Exchange.Duration)
	}
	body, known, err := e.Response.body(a.Header)
	if err != nil {
		return err
	}
	a.Body, a.BodyUnknown = body, !known
	r.Exchange.Response = a
	if r.Own {
		a.ReadFailure, a.ReadCause = e.Own.ReadFailure, e.Own.ReadCause
		a.BodyUnknown = a.BodyUnknown || e.Own.ResponseCut
		return nil
	}
	r.Gap = e.gap(r.Exchange)
	if r.Exchange.Request.Method == http.MethodHead || a.Status == http.StatusNoContent {
		a.Body, a.BodyUnknown = nil, true // a browser has none to show, whatever came
	}
	return nil
}

// gap says why the answer of an entry of others is not the server's.
func (e *entry) gap(ex spec.Exchange) string {
	h := ex.Response.Header
	switch {
	case e.FromCache != nil && e.FromCache != false && e.FromCache != "", e.Worker == true, ex.Response.Status == http.StatusNotModified:
		return GapCache // after a 304, exporters show what the cache had
	case h.Get("Non-Authoritative-Reason") != "", ex.Response.Status/100 == 3 && upgrades(ex.Request.URL, h.Get("Location")):
		return GapBrowser
	case len(h) == 0:
		return GapHeaders
	}
	return ""
}

func (q *request) exchange() (r spec.Request, bodyUnknown bool, err error) {
	r = spec.Request{Method: q.Method, Header: header(q.Headers)}
	if r.URL, err = address(q.URL); err != nil {
		return r, false, err
	}
	switch b := q.Body; {
	case b != nil && b.Text != nil && b.Encoding == "base64":
		if r.Body, err = base64.StdEncoding.DecodeString(*b.Text); err != nil {
			return r, false, errors.New(".request.postData.text is not base64, as its encoding says")
		}
	case b != nil && b.Text != nil && (*b.Text != "" || q.BodySize <= 0):
		r.Body = []byte(*b.Text)
	case q.BodySize > 0, positive(r.Header.Get("Content-Length")), r.Header.Get("Transfer-Encoding") != "", b != nil:
		bodyUnknown = true
	case q.BodySize < 0 && (q.Method == "POST" || q.Method == "PUT" || q.Method == "PATCH"):
		bodyUnknown = true
	}
	return r, bodyUnknown, nil
}

// body is the body of an answer; known is false if it was not recorded, or only
// in part.
//
// Most recordings hold the decoded body, some the one that was sent. A size that
// is larger than the body may be that of the encoded one, so that only a body
// that is also no whole JSON text counts as cut.
func (r *response) body(h http.Header) (body []byte, known bool, err error) {
	c := r.Content
	switch {
	case c.Text == nil:
		return nil, false, nil
	case *c.Text == "":
		return nil, c.Size <= 0 && r.BodySize <= 0 && !positive(h.Get("Content-Length")), nil
	case c.Encoding == "":
		body = []byte(*c.Text)
	case strings.EqualFold(c.Encoding, "base64"):
		if body, err = base64.StdEncoding.DecodeString(strings.TrimSpace(*c.Text)); err != nil {
			return nil, false, errors.New(".response.content.text is not base64, as its encoding says")
		}
	default:
		return nil, false, errors.New(".response.content.encoding is neither base64 nor empty")
	}
	if json.Valid(body) {
		return body, true, nil
	}
	compressed := h.Get("Content-Encoding") != "" && bytes.ContainsFunc(body, control) // as it was sent
	return body, float64(len(body)) >= c.Size && !compressed, nil
}

func control(r rune) bool { return r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0xfffd }

// header collects headers without the pseudo headers of HTTP/2. Browsers join
// the values of one name with line breaks.
func header(list []pair) http.Header {
	h := http.Header{}
	for _, p := range list {
		if p.Name == "" || p.Name[0] == ':' {
			continue
		}
		for v := range strings.SplitSeq(p.Value, "\n") {
			h.Add(p.Name, strings.TrimSpace(v))
		}
	}
	return h
}

// instant reads a time; the zero time when none was recorded.
func instant(text string) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02T15:04:05.999999999Z0700"} {
		if t, err := time.Parse(layout, text); err == nil {
			return t, nil
		}
	}
	return time.Time{}, errors.New(".startedDateTime is not a time with its zone such as 2026-04-01T12:00:00.000Z")
}

func positive(number string) bool {
	return strings.Trim(number, "0123456789") == "" && strings.Trim(number, "0") != ""
}
