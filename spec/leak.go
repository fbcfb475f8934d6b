package spec

import (
	"bytes"
	"encoding/base64"
	"net/url"
	"regexp"
	"strings"
)

// checkLeaks searches the raw answer, headers included, for what must never be
// in one. What it finds is never repeated in the finding.
func (k *check) checkLeaks() {
	r := k.ex.Response
	k.leaks("body", r.Body)
	for name, values := range r.Header {
		if name == "Set-Cookie" {
			continue // a session may be renewed
		}
		for _, v := range values {
			k.leaks("header "+name, []byte(v))
		}
	}
}

func (k *check) leaks(where string, text []byte) {
	if n := findPAN(text); n != "" {
		k.report("LEAK-CARD-001", inPart(where), "card-number", "no full card number", "a number that ends in "+n)
	}
	if where == "body" {
		if m := securityCode.FindSubmatch(text); m != nil {
			k.report("LEAK-CARD-001", inPart(where), "card-code", "no card verification code", "member "+string(m[1]))
		}
	}
	if header := k.echoes(text); header != "" {
		k.report("LEAK-CREDENTIAL-001", inPart(where), "credential", "no credential", "the value of the request's "+header)
	}
	if mark := findTrace(text); mark != "" {
		k.report("LEAK-TRACE-001", inPart(where), "trace", "no view into the implementation", mark)
	}
}

var securityCode = regexp.MustCompile(`(?i)"(cvc2?|cvv2?|card_?verification(?:_?(?:value|code))?|security_?code)"\s*:\s*"?\d{3,4}\b`)

// echoes names the header of the request whose credential stands in the text.
func (k *check) echoes(text []byte) string {
	const meaningful = 8 // shorter values stand anywhere by chance
	h := k.ex.Request.Header
	candidates := []struct{ header, value string }{{"X-API-Key", h.Get("X-API-Key")}}
	if scheme, value, ok := strings.Cut(h.Get("Authorization"), " "); ok {
		candidates = append(candidates, struct{ header, value string }{"Authorization", strings.TrimSpace(value)})
		if strings.EqualFold(scheme, "Basic") {
			if plain, err := base64.StdEncoding.DecodeString(value); err == nil {
				user, _, _ := strings.Cut(string(plain), ":")
				candidates = append(candidates, struct{ header, value string }{"Authorization", user})
			}
		}
	} else {
		candidates = append(candidates, struct{ header, value string }{"Authorization", h.Get("Authorization")})
	}
	for _, pair := range strings.Split(h.Get("Cookie"), ";") {
		if _, value, ok := strings.Cut(strings.TrimSpace(pair), "="); ok {
			candidates = append(candidates, struct{ header, value string }{"Cookie", value})
		}
	}
	for _, c := range candidates {
		if len(c.value) < meaningful {
			continue
		}
		if bytes.Contains(text, []byte(c.value)) || bytes.Contains(text, []byte(url.QueryEscape(c.value))) {
			return c.header
		}
	}
	return ""
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
	{".go:", regexp.MustCompile(`\b[\w/.-]+\.go:\d+`), "a place in Go source"},
	{"Traceback (most recent call last)", nil, "a Python stack trace"},
	{".py", regexp.MustCompile(`File \\?"[^"]+\.py\\?", line \d+`), "a Python stack trace"},
	{"at ", regexp.MustCompile(`\bat (?:async )?[\w$.<>\[\] ]*\(?[^\s()"]+\.(?:js|ts|mjs|cjs):\d+:\d+\)?`), "a JavaScript stack trace"},
	{".java:", regexp.MustCompile(`\bat [\w$.]+\([\w$]+\.java:\d+\)`), "a Java stack trace"},
	{".php", regexp.MustCompile(`\.php(?::\d+|\(\d+\)| on line \d+)`), "a place in PHP source"},
	{".rb:", regexp.MustCompile(`\.rb:\d+:in `), "a Ruby stack trace"},
	{".cs:line ", regexp.MustCompile(`\.cs:line \d+`), "a .NET stack trace"},
	{"SQLSTATE[", nil, "a database error"},
	{"You have an error in your SQL syntax", nil, "a database error"},
	{"ORA-", regexp.MustCompile(`\bORA-\d{5}\b`), "a database error"},
	{"pq: ", regexp.MustCompile(`\bpq: \w+`), "a database error"},
}

func findTrace(text []byte) string {
	for _, t := range traces {
		if bytes.Contains(text, []byte(t.plain)) && (t.form == nil || t.form.Match(text)) {
			return t.name
		}
	}
	return ""
}
