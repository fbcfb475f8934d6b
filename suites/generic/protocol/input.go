package protocol

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/env"
	"github.com/hostup/api-conformance/suites/request"
	"github.com/hostup/api-conformance/suites/rule"
)

// refusedOnSight reports whether a query is invalid by RFC 3986 section 3.4, or has
// octets that HTTP libraries and firewalls refuse before the API sees them: Tomcat
// answers square brackets with its own page.
func refusedOnSight(query string) bool {
	text, err := url.QueryUnescape(query)
	return err != nil || strings.ContainsAny(query, "[]") || !utf8.ValidString(text) || strings.ContainsAny(text, "\x00\r\n")
}

// queries: an undocumented or malformed query may be ignored or refused. Values that must
// be refused belong to the requirements of the operation.
func queries(e *env.Env, op *spec.Operation) {
	rule.It(e, "answers an unexpected query without a server error", rule.Of(op.ID, "HTTP-ROBUST-001").Long(), func(t *rule.T) {
		r := usable(t, op)
		names := []string{"x-conformance"}
		for _, p := range op.Parameters {
			if p.In == "query" {
				names = append(names, url.QueryEscape(p.Name))
			}
		}
		for _, name := range names {
			for _, q := range []struct{ note, query string }{
				{"without a value", name},
				{"with an empty value", name + "="},
				{"twice, with different values", name + "=1&" + name + "=2"},
				{"with NUL", name + "=%00"},
				{"with bytes that are not UTF-8", name + "=%ff%fe"},
				{"with an escape that is none", name + "=%zz"},
				{"with half an escape", name + "=%4"},
				{"with a 4-byte character", name + "=%F0%9F%98%80"},
				{"with right-to-left text", name + "=%E2%80%AE%D9%85"},
				{"with quotes", name + "=a%27%22b"},
				{"with a line break", name + "=a%0d%0aX-Injected:%201"},
				{"as an array", name + "[]=1"},
				{"as an object", name + "[a]=1"},
				{"with a large number", name + "=99999999999999999999999999"},
			} {
				send := survive
				if refusedOnSight(q.query) {
					send = rough
				}
				send(t, r.WithRawQuery(join(r.Query, q.query)).WithNote("the parameter "+name+" "+q.note))
			}
		}
		for _, q := range []struct{ note, query string }{
			{"empty parameters", "&&=&=&"},
			{"semicolons", "a=1;b=2"},
			{"a question mark", "?"},
		} {
			survive(t, r.WithRawQuery(join(r.Query, q.query)).WithNote(q.note+" in the query"))
		}
		// The accepted length is up to the server: 414 may come from any layer.
		rough(t, r.WithRawQuery(join(r.Query, "x="+strings.Repeat("a", 8<<10))).WithNote("a query of 8 KiB"))
		rough(t, r.WithRawQuery(join(r.Query, strings.TrimSuffix(strings.Repeat("x=1&", 2000), "&"))).WithNote("2,000 parameters"))
	})
}

func join(a, b string) string {
	if a == "" {
		return b
	}
	return a + "&" + b
}

// ids tests path parameters of any form. Many of these never reach the API.
func ids(e *env.Env, op *spec.Operation) {
	if !slices.ContainsFunc(op.Parameters, func(p spec.Parameter) bool { return p.In == "path" }) {
		return
	}
	rule.It(e, "answers an unusual id in the path without a server error", rule.Of(op.ID, "HTTP-ROBUST-001").Long(), func(t *rule.T) {
		r := usable(t, op)
		for _, id := range []struct{ note, text string }{
			{"0", "0"},
			{"a negative number", "-1"},
			{"a large number", "99999999999999999999999999"},
			{"a fraction", "1.5"},
			{"null", "null"},
			{"a space", "%20"},
			{"NUL", "%00"},
			{"bytes that are not UTF-8", "%ff%fe"},
			{"an escape that is none", "%zz"},
			{"half an escape", "%4"},
			{"empty", ""},
			{"a dot", "."},
			{"two dots", ".."},
			{"two dots and an escaped slash", "..%2f.."},
			{"escaped dots", "%2e%2e"},
			{"an escaped slash", "a%2fb"},
			{"a backslash", "a%5cb"},
			{"a template that nobody filled in", "%7B" + "id" + "%7D"},
			{"a 4-byte character", "%F0%9F%98%80"},
			{"a quote", "a%27b%22c"},
			{"a semicolon", "a;b=c"},
			{"4 KiB", strings.Repeat("a", 4<<10)},
		} {
			rough(t, r.WithPath(replaceParameters(op.Path, id.text)).WithNote("the id is "+id.note))
		}
	})
}

// replaceParameters replaces each parameter of a template by a text.
func replaceParameters(template, text string) string {
	segments := strings.Split(template, "/")
	for i, s := range segments {
		if strings.HasPrefix(s, "{") {
			segments[i] = text
		}
	}
	return strings.Join(segments, "/")
}

// headers sends headers that servers parse although the API does not need them. None of
// them asks for another response (no condition, no range, no other method).
func headers(e *env.Env, op *spec.Operation) {
	rule.It(e, "answers unusual headers without a server error", rule.Of(op.ID, "HTTP-ROBUST-001").Long(), func(t *rule.T) {
		r := usable(t, op)
		for _, h := range []struct {
			note, name string
			values     []string
		}{
			{"a header that is not documented", "X-Conformance", []string{"1"}},
			{"an empty header", "X-Conformance", []string{""}},
			{"a header with bytes that are not ASCII", "X-Conformance", []string{"\xe5\xe4\xf6 \xff"}},
			{"a header of 8 KiB", "X-Conformance", []string{strings.Repeat("a", 8<<10)}},
			{"a header in 100 lines", "X-Conformance", slices.Repeat([]string{"1"}, 100)},
			{"a cookie that is none", "Cookie", []string{";;=;a"}},
			{"a cookie twice", "Cookie", []string{"a=1", "a=2"}},
			{"an address of the client that is none", "X-Forwarded-For", []string{"not an address, 999.999.999.999"}},
			{"a trace that is none", "Traceparent", []string{"00-nonsense"}},
			{"a date that is none", "Date", []string{"yesterday"}},
			{"a language that is none", "Accept-Language", []string{";q=,,*-"}},
			{"an empty User-Agent", "User-Agent", []string{""}},
		} {
			rough(t, r.WithHeader(h.name, h.values...).WithNote(h.note))
		}
		if op.Body == nil {
			rough(t, r.WithBody("application/json", []byte(`{"a":1}`)).WithNote("a body where none is documented"))
			rough(t, r.WithBody("application/json", []byte(`{"a":`)).WithNote("half a body where none is documented"))
		}
	})
}

// recovery: the server still responds after invalid input. The order of specs is random,
// so this spec sends the input itself.
func recovery(e *env.Env) {
	reads := slices.DeleteFunc(slices.Clone(e.Contract.Operations()), func(o *spec.Operation) bool {
		return o.Effect != spec.Reads || o.Method != "GET"
	})
	if len(reads) == 0 {
		return
	}
	rule.Describe(e, "recovery", func() {
		for _, op := range e.Contract.Operations() {
			if op.Body == nil && op.Effect != spec.Reads {
				continue
			}
			rule.It(e, "the API still serves after bad requests to "+op.Name(), rule.Of("", "HTTP-ROBUST-001").Long(), func(t *rule.T) {
				r := usable(t, op)
				after := t.ValidFor(first(t, reads).ID).WithNote("a valid read after bad requests")
				if before := t.Send(after); !before.Success() {
					t.Limited(before)
					t.Skip(reporters.SkipNoData, "a read without bad requests before it is answered with status %d, too", before.Status())
				}
				after.Decisive = true
				for _, bad := range worst(op, r) {
					if a := servedAfter(t, bad, after); !a.Success() {
						t.Violation(a, "HTTP-ROBUST-001", "status", "recovered", fmt.Sprintf("a valid read is served after %s", bad.Note), status(a))
						return
					}
				}
			})
		}
	})
}

// servedAfter sends a bad request and a read after it, and returns the response of the
// read. If that may have failed by chance, both are repeated.
func servedAfter(t *rule.T, bad, after request.Request) *rule.Answer {
	rough(t, bad)
	first := t.Exchange(after, "HTTP-ROBUST-001")
	ex := first
	for i := 0; env.MayPass(ex) && i < t.Env.Repetitions(); i++ {
		rough(t, bad)
		ex = t.Exchange(after, "HTTP-ROBUST-001")
	}
	a := t.Judge(ex)
	if env.MayPass(first) && a.Success() && !t.Env.ByChance(t.Context, after, first) {
		a = t.Judge(first)
	}
	t.Limited(t.Use(a))
	return a
}

// first returns the first read that needs only a key, else the first one.
func first(t *rule.T, reads []*spec.Operation) *spec.Operation {
	for _, o := range reads {
		if _, err := request.For(o, nil); err == nil && t.Env.NotOffered(o.ID) == "" && t.Has(o) {
			return o
		}
	}
	return reads[0]
}

func worst(op *spec.Operation, r request.Request) []request.Request {
	list := []request.Request{
		r.WithRawQuery(join(r.Query, "a=%zz&b=%00&c[]=1&c=2")).WithNote("a broken query"),
		r.WithHeader("Accept", ";;;").WithNote("a broken Accept"),
	}
	if op.Body != nil {
		deep := strings.Repeat("[", 100_000)
		list = append(list,
			r.WithBody("application/json", []byte(`{"a":`)).WithNote("half a body"),
			r.WithBody("application/json", []byte("\x00\xff")).WithNote("a binary body"),
			r.WithBody("application/json", []byte(deep)).WithNote("a body of 100,000 levels"),
			r.WithBody("application/json", []byte(`"`+strings.Repeat("a", 1<<20)+`"`)).WithNote("a body of 1 MiB"),
		)
	}
	return list
}
