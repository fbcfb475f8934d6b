package spec

import (
	"net/http"
	"slices"
	"strings"
)

// Values of [Operation.Ends].
const (
	EndsTarget     = "the target"
	EndsCredential = "what its credential stands for"
)

// ends returns what a request ends, going by a path without parameters: one with a
// parameter is about a thing that the server has.
func ends(method, path string, secured bool) string {
	if strings.Contains(path, "{") {
		return ""
	}
	plain := strings.NewReplacer("-", "", "_", "", ".", "").Replace(strings.ToLower(strings.Trim(path, "/")))
	segments := append([]string{"", ""}, strings.Split(plain, "/")...)
	last, above := segments[len(segments)-1], segments[len(segments)-2]
	switch {
	case endsTarget(last, above):
		return EndsTarget
	case secured && endsCredential(method, last, above):
		return EndsCredential
	}
	return ""
}

// endsTarget reports whether the last two segments of a path say that the server itself
// ends: /shutdown, /v1/restart, /system/stop. Behind another word it is about something else
// (/recordings/stop).
func endsTarget(last, above string) bool {
	switch last {
	case "shutdown", "poweroff", "quit", "quitquitquit", "halt", "reboot":
		return true
	case "stop", "restart", "kill", "exit", "terminate":
		return above == "" || above[0] == 'v' && strings.Trim(above[1:], "0123456789") == "" || slices.Contains([]string{
			"api", "admin", "app", "application", "daemon", "host", "lifecycle", "management", "node", "process", "server", "service", "system",
		}, above)
	}
	return false
}

// endsCredential reports whether they say that the session of the caller ends, its key is
// replaced, or its account is deleted: all that follows would be refused, and so would the
// next run.
func endsCredential(method, last, above string) bool {
	if method == http.MethodDelete {
		return slices.Contains([]string{"session", "me", "self", "account", "user", "currentuser", "token"}, last) || last == "current" && above == "sessions"
	}
	switch last {
	case "logout", "logoff", "signout", "signoff", "logoutall",
		"resettoken", "rotatetoken", "regeneratetoken", "resetkey", "rotatekey", "regeneratekey", "resetapikey", "rotateapikey", "regenerateapikey":
		return true
	case "password", "changepassword", "setpassword", "updatepassword":
		return method != http.MethodGet && method != http.MethodHead
	case "reset", "rotate", "regenerate", "revoke":
		return slices.Contains([]string{"token", "accesstoken", "authtoken", "apitoken", "key", "apikey", "secret", "credential", "credentials", "session"}, above)
	}
	return false
}
