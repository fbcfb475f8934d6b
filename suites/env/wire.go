package env

import (
	"bytes"
	"encoding/base64"
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

// A wire is one request in both forms: as net/http sends it and as the exchange
// records it.
type wire struct {
	sent     *http.Request
	recorded spec.Request
}

// build makes the request. With an error, as much of the recorded form is there
// as could be made; the error holds no secret.
func (c *Client) build(req request.Request, note string) (wire, error) {
	header := http.Header{}
	for name, values := range req.Header {
		for _, v := range values {
			header[name] = append(header[name], strings.Trim(v, " \t")) // net/http writes it so
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
	for name, values := range header {
		switch http.CanonicalHeaderKey(name) {
		case "Content-Length", "Transfer-Encoding", "Trailer":
			return w, fmt.Errorf("header %s cannot be chosen, the body decides it", name)
		}
		for _, v := range values {
			if !httpguts.ValidHeaderFieldName(name) || !httpguts.ValidHeaderFieldValue(v) {
				return w, fmt.Errorf("header %q cannot be written as HTTP", name)
			}
		}
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

// authorise puts the credential in place and returns the query, which may be its place.
func (c *Client) authorise(req request.Request, header http.Header) (query string, err error) {
	if len(req.Keys) > 0 {
		return c.withKeys(req, header)
	}
	a := req.Auth
	value := a.Literal
	if a.Secret != request.NoSecret && a.Place != request.Nowhere {
		if value = c.config.Secret(a.Secret); value == "" {
			return req.Query, fmt.Errorf("it needs %s, which is not set", a.Secret)
		}
	} else if a.Place != request.Nowhere {
		c.redactor.madeUp(value)
		c.redactor.madeUp(base64.StdEncoding.EncodeToString([]byte(value + ":")))
		c.redactor.madeUp(url.QueryEscape(value))
	}
	add := func(name, v string) { header[name] = append(header[name], strings.Trim(v, " \t")) }
	switch a.Place {
	case request.Nowhere:
	case request.Bearer:
		add(fieldName("Authorization", a.Form), bearerScheme(a.Form)+value)
	case request.OtherToken:
		add("Authorization", "Token "+value)
	case request.Bare:
		add("Authorization", value)
	case request.Basic:
		add("Authorization", "Basic "+base64.StdEncoding.EncodeToString([]byte(value+":")))
	case request.APIKey:
		add(fieldName("X-Api-Key", a.Form), value) // the case that net/http gives X-API-Key
	case request.Cookie:
		add("Cookie", cookies("hostup_session", value, a.Form))
	case request.Query:
		if req.Query == "" {
			return "api_key=" + url.QueryEscape(value), nil
		}
		return req.Query + "&api_key=" + url.QueryEscape(value), nil
	default:
		return req.Query, fmt.Errorf("credentials cannot be placed in %q", a.Place)
	}
	return req.Query, nil
}

// Secret is the value of a credential, "" when it was not given.
func (c Config) Secret(s request.Secret) string {
	switch s {
	case request.FullKey:
		return c.APIKey
	case request.ReadOnlyKey:
		return c.ReadOnlyAPIKey
	case request.UnscopedKey:
		return c.UnscopedAPIKey
	case request.Session:
		return c.Session
	}
	return ""
}

// sentURL makes net/http write the path byte for byte.
func (c *Client) sentURL(path, query string) *url.URL {
	u := &url.URL{Scheme: c.base.Scheme, Host: c.base.Host, RawQuery: query}
	if decoded, err := url.PathUnescape(path); err == nil {
		u.Path, u.RawPath = decoded, path
		if u.EscapedPath() == path {
			return u
		}
		u.Path, u.RawPath = "", ""
	}
	// What url.URL would escape in its own way goes through Opaque. It is the
	// whole request target, and net/http takes one with two slashes for an
	// absolute URI, the form that proxies want.
	u.Opaque = path
	p, _ := c.proxy(u)
	if strings.HasPrefix(path, "//") || p != nil && u.Scheme == "http" {
		u.Opaque = "//" + u.Host + path
	}
	return u
}

// recordedURL reads well, and its EscapedPath is the path as sent wherever
// url.URL can hold that; where it cannot, Opaque holds authority and path, and
// String gives them unchanged.
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

// requestTarget is path and query of a recorded URL as they were sent.
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

func unwritable(r rune) bool { return r <= ' ' || r == 0x7f }

// userAgent names the suite and what it tests, so that the target's logs can be
// matched with the report.
func userAgent(version, note string) string {
	note = strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' || r == '(' || r == ')' || r == '\\' {
			return -1
		}
		return r
	}, note)
	if note = strings.TrimSpace(note); note == "" {
		return "hostup-conformance/" + version
	}
	if len(note) > 200 {
		note = note[:200]
	}
	return "hostup-conformance/" + version + " (" + note + ")"
}
