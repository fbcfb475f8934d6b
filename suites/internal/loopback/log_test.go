package loopback

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// A line has method, path and status, and nothing that may be secret.
func TestLog(t *testing.T) {
	for _, c := range []struct {
		name    string
		handler http.HandlerFunc
		want    string
	}{
		{"status", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(404) }, "POST /a%0Ab 404\n"},
		{"body alone", func(w http.ResponseWriter, _ *http.Request) { w.Write([]byte("x")) }, "POST /a%0Ab 200\n"},
		{"early hints", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(103); w.WriteHeader(201) }, "POST /a%0Ab 201\n"},
		{"nothing", func(http.ResponseWriter, *http.Request) {}, "POST /a%0Ab 200\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var out strings.Builder
			r := httptest.NewRequest("POST", "/a%0Ab?key=secret", strings.NewReader("secret"))
			r.Header.Set("Authorization", "Bearer secret")
			Log(&out)(c.handler).ServeHTTP(httptest.NewRecorder(), r)
			if out.String() != c.want {
				t.Errorf("got %q, want %q", out.String(), c.want)
			}
		})
	}
}
