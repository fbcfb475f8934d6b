package client

import (
	"strings"

	"github.com/hostup/api-conformance/suites/request"
)

// fieldName returns the name of a header in the spelling of a form.
func fieldName(name string, form request.Form) string {
	if form == request.LowerName {
		return strings.ToLower(name)
	}
	return name
}

// bearerScheme returns what precedes a bearer token.
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

// cookies returns the value of Cookie: the credential and other cookies that a browser
// sends. These are no credentials, though some look similar.
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
