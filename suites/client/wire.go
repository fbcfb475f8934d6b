package client

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"

	"golang.org/x/net/http/httpguts"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/request"
)

// A wire is one request in two forms: as net/http sends it and as the exchange records
// it.
type wire struct {
	sent     *http.Request
	recorded spec.Request
}

// build makes a request from req. On error it returns as much of the recorded form as
// possible; the error contains no secret.
func (c *Client) build(req request.Request, note string) (wire, error) {
	header := http.Header{}
	for name, values := range req.Header {
		for _, v := range values {
			header[name] = append(header[name], strings.Trim(v, " \t")) // as net/http writes it
		}
	}
	query, err := c.authorise(req, header)
	if _, given := header["User-Agent"]; !given {
		header["User-Agent"] = []string{userAgent(c.version, note)}
	}
	w := wire{recorded: spec.Request{Method: req.Method, Header: header, Body: req.Body}}
	w.recorded.URL = recordedURL(c.base, req.Path, query)
	if err != nil {
		return w, err
	}
	effect := req.Effect
	if effect == "" && repeatable(req.Method) {
		effect = spec.Reads
	}
	switch {
	case !c.config.Safety.Allows(effect):
		return w, fmt.Errorf("its effect is %q, above --safety %v", effect, c.config.Safety)
	case req.Method == "" || req.Method == http.MethodConnect:
		return w, fmt.Errorf("method %q cannot be sent", req.Method)
	case strings.ContainsFunc(req.Path+query, unwritable):
		return w, errors.New("a space or control character cannot be written in a request line: escape it")
	case !strings.HasPrefix(req.Path, "/") && req.Path != "*":
		return w, fmt.Errorf("the path %q does not begin with a slash", req.Path)
	}
	if err := writable(header); err != nil {
		return w, err
	}
	var body io.Reader
	if len(req.Body) > 0 {
		body = bytes.NewReader(req.Body)
	}
	hr, err := http.NewRequest(req.Method, c.base.String(), body)
	if err != nil {
		return w, fmt.Errorf("method %q cannot be sent", req.Method)
	}
	if req.Body != nil && body == nil {
		hr.Body, hr.TransferEncoding = http.NoBody, []string{"identity"} // makes net/http write Content-Length: 0
	}
	hr.Header = header.Clone()
	if host := header.Get("Host"); host != "" {
		hr.Host = host
		hr.Header.Del("Host")
	}
	hr.URL = c.sentURL(req.Path, query)
	w.sent = hr
	return w, nil
}

// writable returns nil if every header can be sent as it is.
func writable(header http.Header) error {
	for name, values := range header {
		switch http.CanonicalHeaderKey(name) {
		case "Content-Length", "Transfer-Encoding", "Trailer":
			return fmt.Errorf("header %s cannot be chosen, the body decides it", name)
		}
		for _, v := range values {
			if !httpguts.ValidHeaderFieldName(name) || !httpguts.ValidHeaderFieldValue(v) {
				return fmt.Errorf("header %q cannot be written as HTTP", name)
			}
		}
	}
	return nil
}

// sentURL returns a URL that makes net/http write the path byte for byte.
func (c *Client) sentURL(path, query string) *url.URL {
	u := &url.URL{Scheme: c.base.Scheme, Host: c.base.Host, RawQuery: query}
	if decoded, err := url.PathUnescape(path); err == nil {
		u.Path, u.RawPath = decoded, path
		if u.EscapedPath() == path {
			return u
		}
		u.Path, u.RawPath = "", ""
	}
	// What url.URL would escape differently goes through Opaque. It is the whole request
	// target, and net/http takes one with two slashes for an absolute URI, the form for
	// proxies.
	u.Opaque = path
	p, _ := c.proxy(u)
	if strings.HasPrefix(path, "//") || p != nil && u.Scheme == "http" {
		u.Opaque = "//" + u.Host + path
	}
	return u
}

// recordedURL returns a readable URL whose EscapedPath is the path as sent, if url.URL
// can hold that; otherwise Opaque holds authority and path, and String returns them
// unchanged.
func recordedURL(base *url.URL, path, query string) *url.URL {
	u := &url.URL{Scheme: base.Scheme, Host: base.Host, RawQuery: query}
	if decoded, err := url.PathUnescape(path); err == nil {
		u.Path, u.RawPath = decoded, path
	} else {
		u.Path = path
	}
	if u.EscapedPath() != path {
		u.Opaque = "//" + u.Host + path
	}
	return u
}

func unwritable(r rune) bool { return r <= ' ' || r == 0x7f }

// userAgent names the suite and what it tests, so that the target's logs can be matched
// with the report.
func userAgent(version, note string) string {
	note = strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' || r == '(' || r == ')' || r == '\\' {
			return -1
		}
		return r
	}, note)
	note = strings.TrimSpace(note)
	const most = 200
	if len(note) > most { // whole ids: a part of one may be another one
		note = note[:max(strings.LastIndexByte(note[:most+1], ' '), 0)]
	}
	if note == "" {
		return "hostup-conformance/" + version
	}
	return "hostup-conformance/" + version + " (" + note + ")"
}
