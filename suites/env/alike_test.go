package env

import (
	"net/http"
	"net/url"
	"testing"

	"github.com/hostup/api-conformance/spec"
)

// TestAlike: differences that only reflect the request, the clock or random ids do not
// make responses different.
func TestAlike(t *testing.T) {
	answer := func(path string, status int, mediaType, body string) spec.Exchange {
		return spec.Exchange{
			Request:  spec.Request{Method: "GET", URL: &url.URL{Path: path, RawQuery: map[string]string{"/a": "x=a+b"}[path]}},
			Response: &spec.Response{Status: status, Header: http.Header{"Content-Type": {mediaType}}, Body: []byte(body)},
		}
	}
	const json, xml = "application/json", "application/xml"
	for name, tt := range map[string]struct {
		status     int
		mediaType  string
		one, other string
		want       bool
	}{
		"the same":                      {200, json, `{"ok":true}`, `{"ok":true}`, true},
		"a success with other values":   {200, json, `{"ok":true,"id":"f00","at":1}`, `{"ok":false,"id":"bar","at":2.5}`, true},
		"an echo of the request":        {200, json, `{"url":"/a"}`, `{"url":"/b"}`, true},
		"a success with other members":  {200, json, `{"a":[]}`, `{"b":[]}`, false},
		"lists of other rows":           {200, json, `[{"a":1}]`, `[{"b":1}]`, false},
		"lists of the same rows":        {200, json, `[{"a":1}]`, `[{"a":1},{"a":2}]`, true},
		"an error with an id":           {400, json, `{"error":"no tenant","id":"3F2A"}`, `{"id":"77C1","error":"no tenant"}`, true},
		"an error with a time":          {400, json, `{"error":"no tenant","at":"2026-01-02T03:04:05.6Z"}`, `{"error":"no tenant","at":"2026-01-02T03:04:06Z"}`, true},
		"an error that names the path":  {404, json, `{"error":"no route /a"}`, `{"error":"no route /b"}`, true},
		"an error in other words":       {404, json, `{"error":"no pet"}`, `{"error":"no route"}`, false},
		"an error that names the query": {404, json, `{"error":"no route /a?x=a+b"}`, `{"error":"no route /b"}`, true},
		"XML with a key and an id":      {404, xml, `<E><Key>a</Key><Id>B1</Id></E>`, `<E><Key>b</Key><Id>C2</Id></E>`, true},
		"text with a long id":           {403, "text/plain", `see cAbFgHiJkLmNoPqRsTuVwXyZ`, `see dAbFgHiJkLmNoPqRsTuVwXyZ`, true},
		"text in other words":           {403, "text/plain", `not you`, `not now`, false},
		"a page with more space":        {200, "text/html", "<h1>x\n</h1>", "<h1>x </h1>", true},
		"no body":                       {204, "", "", "", true},
		"no body, and one":              {200, json, "", "{}", false},
		"a media type with a parameter": {200, json + "; charset=utf-8", "{}", "{}", true},
	} {
		a, b := answer("/a", tt.status, tt.mediaType, tt.one), answer("/b", tt.status, tt.mediaType, tt.other)
		if got := alike(a, b); got != tt.want {
			t.Errorf("%s: %v, want %v", name, got, tt.want)
		}
	}
	strange := answer("/\xff\xfe", 404, "text/plain", "no \xff\xfe here")
	if !alike(strange, answer("/b", 404, "text/plain", "no b here")) {
		t.Error("a path that is no text makes a difference")
	}
	if alike(answer("/a", 200, json, "{}"), answer("/b", 404, json, "{}")) || alike(answer("/a", 200, json, "{}"), spec.Exchange{}) {
		t.Error("another status, or none, is alike")
	}
}
