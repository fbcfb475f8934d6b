package recorded

import (
	"net/http"
	"net/url"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/hostup/api-conformance/spec"
)

// TestPlaceholders: replacements that redaction tools write for a credential, and
// credentials that only resemble them.
func TestPlaceholders(t *testing.T) {
	for _, value := range []string{
		"REDACTED", "[REDACTED]", "Bearer [redacted]", "<removed>", "***", "Bearer ****************", "••••••••", "sk_live_****4f2a", "eyJhbGci…",
		"xxxxxxxx", "Bearer XXXXXXXX", "...", "<TOKEN>", "Bearer <token>", "{{apiKey}}", "Bearer {{token}}", "${API_KEY}", "$API_KEY", "%API_KEY%",
		"[cookie value]", "‹redacted API_KEY›", "(filtered)", "secret-was-stripped",
	} {
		if !placeholder(value) {
			t.Errorf("%q is taken for a credential", value)
		}
	}
	for _, value := range []string{
		"key-5f2e9c1b7d", "Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln", "Basic YW5uYTpzZWNyZXQ=", "xoxb-1234-abcd", "a$B7<c>9{d}", "p%40ss%", "session=4f2a9c; lang=sv",
		"tooXXXXlong7",
	} {
		if placeholder(value) {
			t.Errorf("%q is taken for a placeholder", value)
		}
	}
}

// TestMarks: marks that redaction tools leave in a response, and content of a server.
func TestMarks(t *testing.T) {
	for _, text := range []string{
		`"[code redacted]"`, `"[REDACTED]" (string)`, `"REDACTED"`, `"<redacted>"`, `"***"`, `"********" (string)`, `"•••"`, `"xxxxxxxx"`, `"***REMOVED***"`,
		`"(filtered)"`, `{"id":"[id redacted]"}`, `"[email hidden]"`, `"‹redacted API_KEY›"`, `"mail to [EMAIL REDACTED] now"`,
	} {
		if !shows(text) {
			t.Errorf("%s is taken for what the server said", text)
		}
	}
	for _, text := range []string{
		`"removed"`, `"hidden" (string)`, `"filtered"`, `"the value was removed"`, `"****1111"`, `"a *** b"`, `["removed","hidden"]`, `{"state":"hidden"}`, `"xx"`, `"maxxxxx"`,
		`117.5 (number)`, `"[1,2]"`, `"<b>unredacted text</b>"`,
	} {
		if shows(text) {
			t.Errorf("%s is taken for a mark", text)
		}
	}
}

func TestBrokenByCleaning(t *testing.T) {
	for body, want := range map[string]bool{
		`{"amount":[REDACTED]}`:                true,
		`{"amount":REDACTED,"b":"[REDACTED]"}`: true,
		`{"amount":***}`:                       true,
		`{"card":‹card ending 1111›}`:          true,
		`[application/json redacted]`:          true,
		`{"amount":"[REDACTED]"}`:              false, // still valid JSON
		`{"amount":}`:                          false,
		`{"amount":117,}`:                      false,
		`{"amount":[REDACTED],}`:               false, // also invalid elsewhere
		`<html>removed</html>`:                 false,
		``:                                     false,
	} {
		if got := brokenByCleaning([]byte(body)); got != want {
			t.Errorf("%s: %t, want %t", body, got, want)
		}
	}
}

// TestVeil: a removed credential was sent, and is not searched for; other values and the
// recording itself are not changed.
func TestVeil(t *testing.T) {
	c, err := spec.LoadText(nil, "keys.yaml", []byte(`openapi: 3.1.0
info: {title: keys, version: '1'}
security: [{b: []}, {h: []}, {q: []}, {c: []}]
paths: {/x: {get: {responses: {'200': {description: ok}}}}}
components:
  securitySchemes:
    b: {type: http, scheme: bearer}
    h: {type: apiKey, in: header, name: X-Door}
    q: {type: apiKey, in: query, name: door}
    c: {type: apiKey, in: cookie, name: door}
`))
	if err != nil {
		t.Fatal(err)
	}
	u := &url.URL{Scheme: "https", Host: "api.example.com", Path: "/x", RawQuery: "door=%5BREDACTED%5D&token=***&state=hidden&token=key-5f2e9c1b7d"}
	header := http.Header{
		"Authorization": {"Bearer [REDACTED]", "REDACTED", "Bearer key-5f2e9c1b7d"}, "X-Door": {"***"}, "Cookie": {"door=<removed>; lang=sv; sid=key-5f2e9c1b7d"},
		"X-State": {"hidden"},
	}
	ex := spec.Exchange{Request: spec.Request{Method: "GET", URL: u, Header: header.Clone()}}
	got := veil(c, ex)
	want := http.Header{
		"Authorization": {"Bearer -", "-", "Bearer key-5f2e9c1b7d"}, "X-Door": {"-"}, "Cookie": {"door=-; lang=sv; sid=key-5f2e9c1b7d"},
		"X-State": {"hidden"},
	}
	if diff := cmp.Diff(want, got.Request.Header); diff != "" {
		t.Errorf("header (-want +got):\n%s", diff)
	}
	if got := got.Request.URL.RawQuery; got != "door=-&token=-&state=hidden&token=key-5f2e9c1b7d" {
		t.Errorf("query %s", got)
	}
	if diff := cmp.Diff(header, ex.Request.Header); diff != "" || ex.Request.URL.RawQuery != u.RawQuery {
		t.Errorf("the recording was changed:\n%s", diff)
	}
}
