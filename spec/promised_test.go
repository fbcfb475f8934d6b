package spec

import (
	"net/http"
	"net/url"
	"slices"
	"testing"
)

// A response shows the credential of the request where the document says that it shows one,
// and nowhere else.
func TestPromisedCredential(t *testing.T) {
	c := foreign(t, `
security: [{k: []}]
components: {securitySchemes: {k: {type: http, scheme: bearer}}}
paths:
  /me:
    get:
      responses:
        '200': {description: ok, content: {application/json: {schema: {type: object, properties: {name: {type: string}, creds: {type: object, properties: {token: {type: string}}}, keys: {type: array, items: {type: object, properties: {api_key: {type: string}}}}}}}}}
        '400': {description: why, content: {application/json: {schema: {type: object, properties: {token: {type: string}}}}}}
`)
	for _, tt := range []struct {
		status int
		body   string
		leaks  bool
	}{
		{200, `{"name":"ann","creds":{"token":"tk-12345678-abcdef"}}`, false},
		{200, `{"keys":[{"api_key":"tk-12345678-abcdef"}]}`, false},
		{200, `{"name":"tk-12345678-abcdef"}`, true},
		{200, `{"token":"tk-12345678-abcdef"}`, true}, // the document has it elsewhere
		{200, `{"name":"tk-12345678-abcdef","creds":{"token":"tk-12345678-abcdef"}}`, true},
		{400, `{"token":"tk-12345678-abcdef"}`, true},
	} {
		findings := c.Check(Exchange{
			Request:  Request{Method: "GET", URL: &url.URL{Scheme: "https", Host: "a.example", Path: "/me"}, Header: http.Header{"Authorization": {"Bearer tk-12345678-abcdef"}}},
			Response: &Response{Status: tt.status, Length: -1, Header: http.Header{"Content-Type": {"application/json"}}, Body: []byte(tt.body)},
		})
		if got := slices.ContainsFunc(findings, func(f Finding) bool { return f.Requirement == "LEAK-CREDENTIAL-001" }); got != tt.leaks {
			t.Errorf("%d %s: leaks %v, want %v", tt.status, tt.body, got, tt.leaks)
		}
	}
}

// A response shows a whole card where the document says that it does, as those of issuers
// do, and nowhere else.
func TestPromisedCard(t *testing.T) {
	c := foreign(t, `
paths:
  /cards/reveal:
    get:
      responses:
        '200': {description: ok, content: {application/json: {schema: {type: object, properties: {
          pan: {type: string}, number: {type: string}, cvc: {type: string}, note: {type: string},
          old: {type: object, properties: {number: {type: string}}}, all: {type: array, items: {type: object, properties: {number: {type: string}, cvv: {type: string}}}}}}}}}
`)
	for _, tt := range []struct {
		body  string
		leaks bool
	}{
		{`{"pan":"4242424242424242","cvc":"123"}`, false},
		{`{"number":"4242424242424242"}`, false}, // the code is documented beside it
		{`{"all":[{"number":"4242424242424242","cvv":"123"}]}`, false},
		{`{"old":{"number":"4242424242424242"}}`, true},
		{`{"note":"4242424242424242"}`, true},
		{`{"old":{"cvc":"123"}}`, true},
		{`{"all":[{"cvc":"123"}]}`, true},
		{`{"cvc":"123","other":{"pan":"4242424242424242"}}`, true},
		{`{"pan":"4242424242424242","last":"4242424242424242"}`, true},
	} {
		findings := c.Check(Exchange{
			Request:  Request{Method: "GET", URL: &url.URL{Scheme: "https", Host: "a.example", Path: "/cards/reveal"}},
			Response: &Response{Status: 200, Length: -1, Header: http.Header{"Content-Type": {"application/json"}}, Body: []byte(tt.body)},
		})
		if got := slices.ContainsFunc(findings, func(f Finding) bool { return f.Requirement == "LEAK-CARD-001" }); got != tt.leaks {
			t.Errorf("%s: leaks %v, want %v", tt.body, got, tt.leaks)
		}
	}
}

// A document that asks for no credential has no such rule, until a client sends one and
// gets it back.
func TestCredentialOfNoScheme(t *testing.T) {
	c := foreign(t, `
paths:
  /me:
    get:
      responses:
        '200': {description: ok, content: {application/json: {schema: {type: object, properties: {name: {type: string}, token: {type: string}}}}}}
`)
	const id = "LEAK-CREDENTIAL-001"
	lists := func(shown ...string) bool {
		return slices.ContainsFunc(c.Requirements(shown...), func(r Requirement) bool { return r.ID == id })
	}
	if !c.Unbound(id) || lists() || !lists(id) {
		t.Errorf("unbound %t, listed %t, listed when shown %t", c.Unbound(id), lists(), lists(id))
	}
	for _, tt := range []struct {
		header, body   string
		reached, leaks bool
	}{
		{"", `{"name":"tk-12345678-abcdef"}`, false, false},
		{"Authorization", `{"name":"ann"}`, true, false},
		{"Authorization", `{"name":"tk-12345678-abcdef"}`, true, true},
		{"X-Api-Key", `{"name":"tk-12345678-abcdef"}`, true, true},
		{"Authorization", `{"token":"tk-12345678-abcdef"}`, true, false}, // the document has it
	} {
		ex := Exchange{
			Request:  Request{Method: "GET", URL: &url.URL{Scheme: "https", Host: "a.example", Path: "/me"}, Header: http.Header{}},
			Response: &Response{Status: 200, Length: -1, Header: http.Header{"Content-Type": {"application/json"}}, Body: []byte(tt.body)},
		}
		if tt.header != "" {
			ex.Request.Header.Set(tt.header, "tk-12345678-abcdef")
		}
		leaks := slices.ContainsFunc(c.Check(ex), func(f Finding) bool { return f.Requirement == id && f.Level == Must })
		if reached := slices.Contains(c.Reach().Of(ex), id); reached != tt.reached || leaks != tt.leaks {
			t.Errorf("%s %s: reached %t, leaks %t, want %t and %t", tt.header, tt.body, reached, leaks, tt.reached, tt.leaks)
		}
	}
}

// A success repeats the password of its request only where the document has it.
func TestRepeatedPassword(t *testing.T) {
	c := foreign(t, `
paths:
  /users:
    post:
      responses:
        '201': {description: made, content: {application/json: {schema: {type: object, properties: {name: {type: string}, wifi: {type: object, properties: {password: {type: string}}}}}}}}
        '400': {description: why, content: {application/json: {schema: {type: object, properties: {input: {}}}}}}
`)
	const form, password = "application/x-www-form-urlencoded", `{"name":"ann","password":"hunter2-hunter2"}`
	for _, tt := range []struct {
		media, sent string
		status      int
		body        string
		where       string
	}{
		{"application/json", password, 201, `{"name":"ann"}`, ""},
		{"application/json", password, 201, `{"name":"hello, hunter2-hunter2"}`, "$.name"},
		{"application/json", password, 201, `{"echo":{"text":"hunter2-hunter2"}}`, "$.echo.text"},
		{"application/json", `{"users":[{"password":["hunter2-hunter2"]}]}`, 201, `{"name":"hunter2-hunter2"}`, "$.name"},
		{form, "name=ann&password=hunter2%2Dhunter2", 201, `{"name":"hunter2-hunter2"}`, "$.name"},
		{"text/plain", "password=hunter2-hunter2", 201, `{"name":"hunter2-hunter2"}`, ""},
		{"application/json", password, 201, `{"wifi":{"password":"hunter2-hunter2"}}`, ""},
		{"application/json", password, 400, `{"input":"hunter2-hunter2"}`, ""},
		{"application/json", `{"name":"hunter2-hunter2","password":"hunter2-hunter2"}`, 201, `{"name":"hunter2-hunter2"}`, ""},
		{"application/json", `{"name":"ann","password":"short"}`, 201, `{"name":"short"}`, ""},
		{"application/json", `{"name":"ann","password":"passwordx"}`, 201, `{"name":"passwordx"}`, ""},
	} {
		got := ""
		for _, f := range c.Check(Exchange{
			Request:  Request{Method: "POST", URL: &url.URL{Scheme: "https", Host: "a.example", Path: "/users"}, Header: http.Header{"Content-Type": {tt.media}}, Body: []byte(tt.sent)},
			Response: &Response{Status: tt.status, Length: -1, Header: http.Header{"Content-Type": {"application/json"}}, Body: []byte(tt.body)},
		}) {
			if f.Requirement == "LEAK-SECRET-001" {
				got += f.Where
			}
		}
		if got != tt.where {
			t.Errorf("%s, then %d %s: at %q, want %q", tt.sent, tt.status, tt.body, got, tt.where)
		}
	}
}
