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

// kindOf is what an exchange has in common with others that came of the same: the
// status and the media type; or that there was no whole answer.
func kindOf(ex spec.Exchange) string {
	r := ex.Response
	switch {
	case r == nil:
		return "no answer"
	case r.ReadFailure != "":
		return "an answer that breaks off"
	case gateway(r.Status):
		return "a server error of a gateway"
	}
	name, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	return strings.TrimSpace(fmt.Sprintf("status %d %s", r.Status, name))
}

// formOf is the kind of an exchange and, where it is an error, whether it has a
// challenge and which members. Who is refused as before, but in another form, may be
// refused by somebody else.
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

// Ways in which a target as a whole may have changed: what its answers have in common.
const (
	nowDown     = "down"
	nowRefusing = "refusing"
	nowAbsent   = "absent"
	nowLimiting = "limiting"
)

// manner is the way in which an answer is not the one that the request had before.
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

// gateway reports a status by which a server says that the one behind it is not
// there.
func gateway(status int) bool {
	return status == http.StatusBadGateway || status == http.StatusServiceUnavailable || status == http.StatusGatewayTimeout
}

// judges reports an answer by which a target says that something is wrong with the
// request itself. What is sent is wrong most of the time, so that this is nothing new.
func judges(ex spec.Exchange) bool {
	s := status(ex)
	others := []int{
		http.StatusUnauthorized, http.StatusForbidden, http.StatusNotFound,
		http.StatusProxyAuthRequired, http.StatusGone, http.StatusTeapot,
	}
	return ex.Response.ReadFailure == "" && s/100 == 4 && !slices.Contains(others, s)
}
