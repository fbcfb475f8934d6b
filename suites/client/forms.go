package client

import (
	"strings"

	"github.com/hostup/api-conformance/suites/request"
)

// fieldName is the name of a header as a form of it is written.
func fieldName(name string, form request.Form) string {
	if form == request.LowerName {
		return strings.ToLower(name)
	}
	return name
}

// bearerScheme is what comes before a bearer token.
func bearerScheme(form request.Form) string {
	switch form {
	case request.LowerScheme:
		return "bearer "
	case request.UpperScheme:
		return "BEARER "
	case request.WideScheme:
		return "Bearer  "
	}
	return "Bearer "
}

// cookies is the value of Cookie: the credential and what a browser sends beside it.
// The others are no credentials, though some look like it.
func cookies(name, value string, form request.Form) string {
	session := name + "=" + value
	const theme, consent = "theme=dark", "consent=necessary"
	switch form {
	case request.CookieLast:
		return theme + "; " + consent + "; " + session
	case request.CookieFirst:
		return session + "; " + theme + "; " + consent
	case request.CookieMiddle:
		return "old_" + name + "=1; " + session + "; " + name + "_hint=1"
	}
	return session
}
