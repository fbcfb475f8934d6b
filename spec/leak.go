package spec

import (
	"net/http"
	"regexp"
	"strings"
	"sync"

	"github.com/hostup/api-conformance/spec/secret"
)

// IsLeak reports whether a requirement is about data that no response may contain.
func IsLeak(requirement string) bool { return strings.HasPrefix(requirement, "LEAK-") }

// checkLeaks searches the raw response, headers included, for data that it must not
// contain. Findings never repeat that data.
func (k *Judgement) checkLeaks() {
	r := k.ex.Response
	credentials := k.credentials()
	body, begun := k.bodyText()
	k.leaks("body", body, begun, credentials)
	// There is nearly always nothing, which a search of all headers at once shows
	// fastest.
	all := make([]byte, 0, 1<<10)
	eachHeader(r.Header, func(name, v string) {
		all = append(append(append(append(all, name...), ": "...), v...), '\n')
	})
	if text := string(all); secret.FindCard(text) == "" && credentials.in(text) == "" && findTrace(text) == "" {
		return
	}
	eachHeader(r.Header, func(name, v string) {
		text := name + ": " + v
		k.leaks("header "+name, text, signs.in(text), credentials)
	})
}

// eachHeader calls f with every field except Set-Cookie: a session may be renewed.
func eachHeader(h http.Header, f func(name, value string)) {
	for name, values := range h {
		if strings.EqualFold(name, "Set-Cookie") {
			continue
		}
		for _, v := range values {
			f(name, v)
		}
	}
}

func (k *Judgement) leaks(where, text string, begun signSet, credentials credentials) {
	if n := secret.FindCard(text); n != "" && !(where == "body" && k.promised(showsCard, (*shape).showsCards)) {
		k.Report("LEAK-CARD-001", InPart(where), "card-number", "no full card number", "a number that ends in "+n)
	}
	if where == "body" {
		if name := secret.FindSecurityCode(text); name != "" && !k.promised(showsCode, (*shape).has) {
			k.Report("LEAK-CARD-001", InPart(where), "card-code", "no card verification code", "property "+name)
		}
	}
	if source := credentials.in(text); source != "" && !(where == "body" && k.promised(credentials.shownAt, (*shape).showsSecret)) {
		k.Report("LEAK-CREDENTIAL-001", InPart(where), "credential", "no credential", "the value of the request's "+source)
	}
	if mark := k.trace(where, text, begun); mark != "" {
		k.Report("LEAK-TRACE-001", InPart(where), "trace", "no view into the implementation", mark)
	}
}

// promised reports whether a success has what is secret only where the document says that
// it does. shows reports whether a text under a name is secret, documented whether the
// document shows that there.
func (k *Judgement) promised(shows func(name, text string) bool, documented func(s *shape, path []string) bool) bool {
	if !k.IsSuccess() {
		return false
	}
	shape, value := k.shaped()
	shown, elsewhere := false, false
	eachText(value, nil, func(path []string, text string) {
		if elsewhere || len(path) == 0 || !shows(path[len(path)-1], text) {
			return
		}
		shown = true
		elsewhere = !documented(shape, path)
	})
	return shown && !elsewhere
}

// shownAt reports whether a text holds one of the credentials, whatever its name.
func (c credentials) shownAt(_, text string) bool { return c.in(text) != "" }

func showsCard(name, text string) bool { return secret.FindCard(member(name, text)) != "" }
func showsCode(name, text string) bool { return secret.FindSecurityCode(member(name, text)) != "" }

// member is how a property stands in JSON: its name decides what a number is.
func member(name, text string) string { return `"` + name + `":"` + text + `"` }

// showsSecret reports whether the document has a property whose name says that it is secret.
func (s *shape) showsSecret(path []string) bool {
	return s.has(path) && secret.Property(path[len(path)-1])
}

// showsCards reports whether the document shows whole card numbers in a property, as issuers
// of cards do: its name says so, or it is a number with a verification code documented beside
// it. Any other number of a card may be meant to be masked.
func (s *shape) showsCards(path []string) bool {
	if !s.has(path) {
		return false
	}
	last := len(path) - 1
	name := strings.ToLower(strings.ReplaceAll(path[last], "_", ""))
	if name == "pan" || name == "primaryaccountnumber" {
		return true
	}
	if !strings.HasSuffix(name, "number") {
		return false
	}
	beside := s
	if last > 0 {
		beside = s.at(path[:last])
	}
	for name := range beside.members {
		if showsCode(name, "123") {
			return true
		}
	}
	return false
}

// trace returns the name of the trace in a header, or in the server's own words in a
// body; "" for none.
func (k *Judgement) trace(where, text string, begun signSet) string {
	if begun == 0 || where != "body" || k.wholly() {
		return traceIn(text, begun, k.said)
	}
	for _, s := range k.ownWords() {
		if mark := traceIn(s.text, signs.in(s.text), k.said); mark != "" {
			return mark
		}
	}
	return ""
}

// traces are signs of a stack trace or a database error, for the languages of common
// servers. The plain part of each is searched for first, see signs.
var traces = []struct {
	plain string
	form  func() *regexp.Regexp
	name  string
}{
	{" panicked at ", form(`\bthread '[^']*' (?:\(\d+\) )?panicked at `), "a Rust panic"},
	{"goroutine ", form(`goroutine \d+ \[[a-z ]+`), "a Go stack trace"},
	// a line below 5000, because "store.go:8080" may be a host with its port
	{".go:", form(`(?:^|[^\w/.:@-])(?:[A-Za-z]:)?[\w/.@-]*\w\.go:[1-4]?\d{1,3}\b`), "a place in Go source"},
	{"nil pointer dereference", nil, "a Go panic"},
	{"runtime error", form(`\bpanic: runtime error|\bruntime error: (?:index out of range|slice bounds|integer divide|invalid memory)`), "a Go panic"},
	{"Traceback (most recent call last)", nil, "a Python stack trace"},
	{".py", form(`File \\?"[^"]+\.py\\?", line \d+`), "a Python stack trace"},
	{"'NoneType' object", nil, "a Python exception"},
	{".js:", javascript, "a JavaScript stack trace"},
	{".ts:", javascript, "a JavaScript stack trace"},
	{".mjs:", javascript, "a JavaScript stack trace"},
	{".cjs:", javascript, "a JavaScript stack trace"},
	{"/node_modules/", nil, "a place in JavaScript source"},
	{"Cannot read propert", form(`Cannot read propert(?:y|ies) .{0,60}of (?:undefined|null)`), "a JavaScript exception"},
	{".java:", form(`(?:\b|\\t)at [\w$./]+\([\w$]+\.java:\d+\)`), "a Java stack trace"},
	{".kt:", form(`(?:\b|\\t)at [\w$./]+\([\w$]+\.kt:\d+\)`), "a Kotlin stack trace"},
	{"java.lang.", form(`\bjava\.lang\.\w+(?:Exception|Error)\b`), "a Java exception"},
	{"Exception", form(`\b(?:javax?|jakarta|kotlin|org\.springframework|com\.fasterxml|System|Microsoft)(?:\.\w+)*\.\w+Exception\b`), "the name of an exception"},
	{".php", form(`\.php(?::\d+|\(\d+\)| on line \d+)`), "a place in PHP source"},
	{"Call to ", form(`\bCall to (?:undefined (?:method|function)|a member function) \w`), "a PHP exception"},
	{"undefined method ", form("\\bundefined method [`'][\\w?!=]+' for (?:nil|an instance of|#<)"), "a Ruby exception"},
	{".ex:", form(`\blib/[\w/]+\.ex:\d+\b`), "an Elixir stack trace"},
	{".rb:", form(`\.rb:\d+:in `), "a Ruby stack trace"},
	{".cs:line ", form(`\.cs:line \d+`), "a .NET stack trace"},
	{"SQLSTATE[", nil, "a database error"},
	{"You have an error in your SQL syntax", nil, "a database error"},
	{"ORA-", form(`\bORA-\d{5}: `), "a database error"}, // without the colon it may be an order number
	{"pq: ", form(`\bpq: \w+`), "a database error"},
	{"syntax error at or near", nil, "a database error"},
	{"violates unique constraint", nil, "a database error"},
}

var javascript = form(`\bat (?:async )?[\w$.<>\\\[\] ]*\(?[^\s()"]+\.(?:js|ts|mjs|cjs):\d+:\d+\)?`)

// form returns a function that compiles an expression when it is first called: few texts
// need any of them, and together they would take longer than the rest of the start.
func form(expression string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expression) })
}

// findTrace returns the name of the trace in a text, "" for none.
func findTrace(text string) string {
	return traceIn(text, signs.in(text), func(string) bool { return false })
}

// traceIn is findTrace for a text with known signs. said is as in findInternal.
func traceIn(text string, begun signSet, said func(text string) bool) string {
	for i, t := range traces {
		switch {
		case !begun.has(i):
		case t.form == nil && !said(t.plain), t.form != nil && shows(t.form(), text, said):
			return t.name
		}
	}
	return ""
}
