package env

import (
	"fmt"
	"mime"
	"net/http"
	"slices"
	"strings"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/spec/jsontext"
)

// kindOf classifies an exchange by status and media type, or by the lack of a complete
// response. Exchanges with one cause share a kind.
func kindOf(ex spec.Exchange) string {
	r := ex.Response
	switch {
	case r == nil:
		return "no response"
	case r.ReadFailure != "":
		return "a response that breaks off"
	case gateway(r.Status):
		return "a server error of a gateway"
	}
	name, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	return strings.TrimSpace(fmt.Sprintf("status %d %s", r.Status, name))
}

// formOf returns the kind of an exchange and, for an error, whether it has a challenge
// and which properties. A refusal in another form than before may come from another
// server.
func formOf(ex spec.Exchange) string {
	const most = 64 << 10
	kind := kindOf(ex)
	if status(ex) < 400 || ex.Response.ReadFailure != "" || gateway(status(ex)) {
		return kind
	}
	if ex.Response.Header.Get("WWW-Authenticate") != "" {
		kind += " with a challenge"
	}
	if v, ok := jsontext.Value(ex.Response.Body); ok && len(ex.Response.Body) < most {
		kind += " " + form(v, func(string) string { return "" })
	}
	return kind
}

// How a target as a whole may have changed: what its responses have in common.
const (
	nowDown     = "down"
	nowRefusing = "refusing"
	nowAbsent   = "absent"
	nowLimiting = "limiting"
)

// manner says how a response differs from the one that the request had before.
func manner(ex spec.Exchange) string {
	switch s := status(ex); {
	case ex.Response == nil, s >= 500 && s != http.StatusNotImplemented:
		return nowDown
	case s == http.StatusUnauthorized, s == http.StatusForbidden:
		return nowRefusing
	case s == http.StatusNotFound, s == http.StatusMethodNotAllowed, s == http.StatusGone, s == http.StatusNotImplemented:
		return nowAbsent
	case s == http.StatusTooManyRequests:
		return nowLimiting
	}
	return kindOf(ex)
}

// gateway reports whether by this status a server says that its upstream is not there.
func gateway(status int) bool {
	return status == http.StatusBadGateway || status == http.StatusServiceUnavailable || status == http.StatusGatewayTimeout
}

// judges reports whether a response finds fault with the request itself. Most requests
// are wrong on purpose, so this is nothing new.
func judges(ex spec.Exchange) bool {
	s := status(ex)
	others := []int{
		http.StatusUnauthorized, http.StatusForbidden, http.StatusNotFound,
		http.StatusProxyAuthRequired, http.StatusGone, http.StatusTeapot,
	}
	return ex.Response.ReadFailure == "" && s/100 == 4 && !slices.Contains(others, s)
}
