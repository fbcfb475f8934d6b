package redact

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/spec"
)

// bodyShown is the number of bytes of a body that reports show. Some JUnit viewers fail
// on files of 40 MB.
const bodyShown = 8 << 10

// Report returns ex, redacted, in the form that reports show. specName is the spec that
// sent it; flags are passed to [Redactor.Curl]. Only the beginning of a long response
// body is searched: searching megabytes for secrets takes seconds.
func (r *Redactor) Report(ex spec.Exchange, specName string, flags ...string) reporters.Exchange {
	clean := ex
	size, headers := -1, 0
	if ex.Response != nil {
		resp := *ex.Response
		if len(resp.Body) > bodySearched {
			size = len(resp.Body)
			resp.Body = cut(resp.Body, bodySearched)
		}
		resp.Header, headers = someHeaders(resp.Header)
		clean.Response = &resp
	}
	clean = r.Exchange(clean)
	if size >= 0 {
		clean.Response.Body = beginning(clean.Response.Body)
	}
	out := shown(clean, specName)
	if size >= 0 {
		out.Response.Bytes, out.Response.Cut = size, true
	}
	if headers > 0 {
		out.Response.HeadersCut = headers
	}
	out.Curl = r.Curl(ex, flags...)
	return out
}

const (
	bodySearched = 128 << 10 // bytes of a body that are redacted to show its beginning
	bodyEnd      = 32 << 10  // longer than any credential; RFC 6265 promises cookies of 4 KiB
)

// beginning returns what may be shown of the redacted beginning of a body. It drops the
// end, where the cut may have split a secret so that it was not recognised.
func beginning(body []byte) []byte { return cut(body, max(0, len(body)-bodyEnd)) }

// shown converts a redacted exchange to the form of reports.
func shown(ex spec.Exchange, specName string) reporters.Exchange {
	out := reporters.Exchange{
		ID:          ex.ID,
		Spec:        specName,
		Operation:   ex.Operation,
		Failure:     ex.Failure,
		FailureKind: ex.FailureKind,
		Duration:    ex.Duration,
	}
	proto := "HTTP/1.1"
	if r := ex.Response; r != nil {
		proto = r.Proto
		m := message(strings.TrimSpace(fmt.Sprintf("%s %d %s", r.Proto, r.Status, http.StatusText(r.Status))), r.Header, r.Body)
		out.Response = &m
		if out.Failure == "" && r.ReadFailure != "" {
			out.Failure = "reading the body: " + r.ReadFailure
			if r.ReadCause == spec.CauseInterrupted {
				out.FailureKind = spec.FailureInterrupted
			}
		}
	}
	out.Request = message(ex.Request.Method+" "+requestTarget(ex.Request.URL)+" "+proto, ex.Request.Header, ex.Request.Body)
	if ex.Request.URL != nil && ex.Request.Header.Get("Host") == "" {
		out.Request.Headers = slices.Insert(out.Request.Headers, 0, reporters.Header{Name: "Host", Value: ex.Request.URL.Host})
		sortHeaders(out.Request.Headers)
	}
	return out
}

func message(line string, h http.Header, body []byte) reporters.Message {
	m := reporters.Message{Line: short(line), Headers: []reporters.Header{}, Bytes: len(body)}
	for name, values := range h {
		for _, v := range values {
			m.Headers = append(m.Headers, reporters.Header{Name: short(name), Value: short(printable([]byte(v)))})
		}
	}
	sortHeaders(m.Headers)
	if len(body) > bodyShown {
		m.Cut = true
		body = cut(body, bodyShown)
	}
	m.Body = printable(body)
	return m
}

// sortHeaders sorts by name and keeps the order of values with the same name.
func sortHeaders(h []reporters.Header) {
	slices.SortStableFunc(h, func(a, b reporters.Header) int { return strings.Compare(a.Name, b.Name) })
}

// cut shortens b to at most n bytes without splitting a UTF-8 character.
func cut(b []byte, n int) []byte {
	if len(b) <= n {
		return b
	}
	for back := 0; back < utf8.UTFMax && n-back > 0; back++ {
		if utf8.RuneStart(b[n-back]) {
			return b[:n-back]
		}
	}
	return b[:n]
}

// printable returns b as text, with bytes that are not UTF-8 as \xNN.
func printable(b []byte) string {
	if utf8.Valid(b) {
		return string(b)
	}
	var out strings.Builder
	for len(b) > 0 {
		r, n := utf8.DecodeRune(b)
		if r == utf8.RuneError && n == 1 {
			out.WriteString(`\x` + strconv.FormatUint(uint64(b[0])+0x100, 16)[1:])
		} else {
			out.Write(b[:n])
		}
		b = b[n:]
	}
	return out.String()
}

// requestTarget returns the path and query of a recorded URL as they were sent.
func requestTarget(u *url.URL) string {
	if u == nil {
		return ""
	}
	target := u.EscapedPath()
	if u.Opaque != "" {
		target = strings.TrimPrefix(u.Opaque, "//"+u.Host)
	}
	if u.RawQuery != "" || u.ForceQuery {
		target += "?" + u.RawQuery
	}
	return target
}
