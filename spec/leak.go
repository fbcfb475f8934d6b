package spec

import (
	"bytes"
	"encoding/base64"
	"net/http"
	"net/url"
	"regexp"
	"strings"
)

// IsLeak reports whether a requirement is about what must stand in no answer.
func IsLeak(requirement string) bool { return strings.HasPrefix(requirement, "LEAK-") }

// checkLeaks searches the raw answer, headers included, for what must never be
// in one. What it finds is never repeated in the finding.
func (k *check) checkLeaks() {
	r := k.ex.Response
	secrets := k.secrets()
	k.leaks("body", r.Body, secrets)
	// Nearly always there is nothing, which is seen soonest in all of them at once.
	var all []byte
	eachHeader(r.Header, func(_, v string) { all = append(append(all, v...), '\n') })
	if findPAN(all) == "" && leaked(all, secrets) == "" && findTrace(all) == "" {
		return
	}
	eachHeader(r.Header, func(name, v string) { k.leaks("header "+name, []byte(v), secrets) })
}

// eachHeader calls f with every field but Set-Cookie: a session may be renewed.
func eachHeader(h http.Header, f func(name, value string)) {
	for name, values := range h {
		if http.CanonicalHeaderKey(name) == "Set-Cookie" {
			continue
		}
		for _, v := range values {
			f(name, v)
		}
	}
}

// leaked is the header of the request whose credential stands in a text, else "".
func leaked(text []byte, secrets []secret) string {
	for _, s := range secrets {
		if bytes.Contains(text, s.plain) || bytes.Contains(text, s.escaped) {
			return s.header
		}
	}
	return ""
}

func (k *check) leaks(where string, text []byte, secrets []secret) {
	if n := findPAN(text); n != "" {
		k.report("LEAK-CARD-001", inPart(where), "card-number", "no full card number", "a number that ends in "+n)
	}
	if where == "body" {
		if name := findSecurityCode(text); name != "" {
			k.report("LEAK-CARD-001", inPart(where), "card-code", "no card verification code", "member "+name)
		}
	}
	if header := leaked(text, secrets); header != "" {
		k.report("LEAK-CREDENTIAL-001", inPart(where), "credential", "no credential", "the value of the request's "+header)
	}
	if mark := findTrace(text); mark != "" {
		k.report("LEAK-TRACE-001", inPart(where), "trace", "no view into the implementation", mark)
	}
}

// A secret is a credential of the request in the forms in which it may come back.
type secret struct {
	header         string
	plain, escaped []byte
}

// secrets lists the credentials of the request. Short values and plain words
// ("anonymous") stand in any text by chance and are not looked for.
func (k *check) secrets() (list []secret) {
	const meaningful = 8
	add := func(header, value string) {
		word := strings.IndexFunc(value, func(c rune) bool { return c < 'a' || c > 'z' }) < 0
		if len(value) >= meaningful && !word {
			list = append(list, secret{header, []byte(value), []byte(url.QueryEscape(value))})
		}
	}
	h := k.ex.Request.Header
	add("X-API-Key", h.Get("X-API-Key"))
	scheme, value, ok := strings.Cut(h.Get("Authorization"), " ")
	switch value = strings.TrimSpace(value); {
	case !ok:
		add("Authorization", scheme)
	case strings.EqualFold(scheme, "Basic"):
		add("Authorization", value)
		if plain, err := base64.StdEncoding.DecodeString(value); err == nil {
			user, password, _ := strings.Cut(string(plain), ":")
			add("Authorization", user)
			add("Authorization", password)
		}
	default:
		add("Authorization", value)
	}
	for pair := range strings.SplitSeq(h.Get("Cookie"), ";") {
		if name, value, ok := strings.Cut(strings.TrimSpace(pair), "="); ok && k.c.isCredentialCookie(name) {
			add("Cookie", value)
		}
	}
	return list
}

// isCredentialCookie reports whether the document names the cookie as a way to
// authenticate. Other cookies (a language, a consent) are no secret.
func (c *Contract) isCredentialCookie(name string) bool {
	for _, o := range c.operations {
		for _, s := range o.Security {
			if s.In == "cookie" && s.Key == name {
				return true
			}
		}
	}
	return false
}

// traces are signs of a stack trace or of a database error in the languages that
// servers are written in. Each has a plain part that is searched for first,
// because regular expressions are slow on long lists.
var traces = []struct {
	plain string
	form  *regexp.Regexp
	name  string
}{
	{"goroutine ", regexp.MustCompile(`goroutine \d+ \[[a-z ]+`), "a Go stack trace"},
	// a line below 5000, because "store.go:8080" may be a host and its port
	{".go:", regexp.MustCompile(`(?:^|[^\w/.:@-])(?:[A-Za-z]:)?[\w/.@-]*\w\.go:[1-4]?\d{1,3}\b`), "a place in Go source"},
	{"nil pointer dereference", nil, "a Go panic"},
	{"panic: runtime error", nil, "a Go panic"},
	{"Traceback (most recent call last)", nil, "a Python stack trace"},
	{".py", regexp.MustCompile(`File \\?"[^"]+\.py\\?", line \d+`), "a Python stack trace"},
	{".js:", javascript, "a JavaScript stack trace"},
	{".ts:", javascript, "a JavaScript stack trace"},
	{".mjs:", javascript, "a JavaScript stack trace"},
	{".cjs:", javascript, "a JavaScript stack trace"},
	{"/node_modules/", nil, "a place in JavaScript source"},
	{"Cannot read propert", regexp.MustCompile(`Cannot read propert(?:y|ies) .{0,60}of (?:undefined|null)`), "a JavaScript exception"},
	{".java:", regexp.MustCompile(`(?:\b|\\t)at [\w$./]+\([\w$]+\.java:\d+\)`), "a Java stack trace"},
	{"java.lang.", regexp.MustCompile(`\bjava\.lang\.\w+(?:Exception|Error)\b`), "a Java exception"},
	{".php", regexp.MustCompile(`\.php(?::\d+|\(\d+\)| on line \d+)`), "a place in PHP source"},
	{".rb:", regexp.MustCompile(`\.rb:\d+:in `), "a Ruby stack trace"},
	{".cs:line ", regexp.MustCompile(`\.cs:line \d+`), "a .NET stack trace"},
	{"SQLSTATE[", nil, "a database error"},
	{"You have an error in your SQL syntax", nil, "a database error"},
	{"ORA-", regexp.MustCompile(`\bORA-\d{5}: `), "a database error"}, // without the colon it may be an order number
	{"pq: ", regexp.MustCompile(`\bpq: \w+`), "a database error"},
	{"syntax error at or near", nil, "a database error"},
	{"violates unique constraint", nil, "a database error"},
}

var javascript = regexp.MustCompile(`\bat (?:async )?[\w$.<>\\\[\] ]*\(?[^\s()"]+\.(?:js|ts|mjs|cjs):\d+:\d+\)?`)

func findTrace(text []byte) string {
	for _, t := range traces {
		if bytes.Contains(text, []byte(t.plain)) && (t.form == nil || t.form.Match(text)) {
			return t.name
		}
	}
	return ""
}
