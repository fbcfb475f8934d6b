package spec

import (
	"net/http"
	"net/url"
	"testing"
)

// A status documented without content may have no body, even if the server declares a
// media type; one with content must have a body.
func TestEmptyBody(t *testing.T) {
	c := foreign(t, `
paths:
  /things:
    options:
      responses:
        "200": {description: no content}
    get:
      responses:
        "200": {description: content, content: {application/json: {schema: {type: object}}}}
`)
	for _, x := range []struct {
		method, body string
		want         int
	}{
		{"OPTIONS", "", 0},
		{"OPTIONS", "{", 1},
		{"GET", "", 1},
	} {
		found := c.Check(Exchange{
			Request:  Request{Method: x.method, URL: &url.URL{Path: "/things"}, Header: http.Header{}},
			Response: &Response{Status: 200, Length: -1, Body: []byte(x.body), Header: http.Header{"Content-Type": {"application/json"}}},
		})
		n := 0
		for _, f := range found {
			if f.Requirement == "BODY-JSON-001" {
				n++
			}
		}
		if n != x.want {
			t.Errorf("%s with the body %q: %d findings of BODY-JSON-001, want %d: %v", x.method, x.body, n, x.want, found)
		}
	}
}
