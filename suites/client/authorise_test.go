package client

import (
	"net/http"
	"testing"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/request"
)

// Each scheme has its credential at the documented location, in the form that the target
// expects: an API key is sent as given, whatever it contains.
func TestPlace(t *testing.T) {
	for _, test := range []struct {
		name, value string
		scheme      spec.SecurityScheme
		header      http.Header
		query       string
	}{
		{"bearer", "k", spec.SecurityScheme{Type: "http", Scheme: "bearer"}, http.Header{"Authorization": {"Bearer k"}}, ""},
		{"bearer, copied with its scheme", "bearer k", spec.SecurityScheme{Type: "http", Scheme: "bearer"}, http.Header{"Authorization": {"bearer k"}}, ""},
		{"OAuth 2", "k", spec.SecurityScheme{Type: "oauth2"}, http.Header{"Authorization": {"Bearer k"}}, ""},
		{"another scheme", "k", spec.SecurityScheme{Type: "http", Scheme: "Token"}, http.Header{"Authorization": {"Token k"}}, ""},
		{"Basic with a space in the password", "u:a b", spec.SecurityScheme{Type: "http", Scheme: "basic"}, http.Header{"Authorization": {"Basic dTphIGI="}}, ""},
		{"an API key with a word before it", "Token k", spec.SecurityScheme{Type: "apiKey", In: "header", Key: "Authorization"}, http.Header{"Authorization": {"Token k"}}, ""},
		{"an API key of the query", "a b", spec.SecurityScheme{Type: "apiKey", In: "query", Key: "key"}, http.Header{}, "key=a+b"},
	} {
		t.Run(test.name, func(t *testing.T) {
			header := http.Header{}
			query := place(request.Key{Scheme: test.scheme}, test.value, header, "")
			if got, want := header.Get("Authorization"), test.header.Get("Authorization"); got != want || query != test.query {
				t.Errorf("Authorization %q and query %q, want %q and %q", got, query, want, test.query)
			}
		})
	}
}
