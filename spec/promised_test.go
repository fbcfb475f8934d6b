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
