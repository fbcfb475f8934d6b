package suites

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/hostup/settings"
)

const accounts = `openapi: 3.1.0
info: {title: accounts, version: '1'}
security: [{key: []}]
paths:
  /account:
    get:
      responses:
        '200':
          description: ok
          headers:
            X-Request-Id: {schema: {type: string, format: uuid}}
          content:
            application/json:
              schema:
                type: object
                required: [state]
                properties:
                  state: {enum: [active, removed]}
                  balance: {type: number}
                  serial: {const: 9007199254740993}
                  owner: {oneOf: [{type: object, required: [mail], properties: {mail: {type: string, format: email}}}, {type: 'null'}]}
                  tags: {type: array, uniqueItems: true}
  /session:
    post:
      security: []
      responses:
        '204':
          description: ok
          headers:
            Set-Cookie: {required: true, schema: {type: string}}
components:
  securitySchemes: {key: {type: http, scheme: bearer}}
`

// TestVerifyCleaned: what was removed from a recording before it was shared is not a
// fault of the server, and hides no visible fault.
func TestVerifyCleaned(t *testing.T) {
	contract, err := spec.LoadText(nil, "accounts.yaml", []byte(accounts))
	if err != nil {
		t.Fatal(err)
	}
	const url = "https://api.example.com/account"
	hidden := `{"name":"Authorization","value":"[REDACTED]"}`
	answer := func(header, body string) string {
		return strings.Replace(entry("GET", url, hidden, 200, body, ""), `"content-type"`, `"x-request-id","value":"`+header+`"},{"name":"content-type"`, 1)
	}
	login := func(header string) string {
		return fmt.Sprintf(`{"request":{"method":"POST","url":"https://api.example.com/session"},"response":{"status":204,"headers":[{"name":"Date","value":"Wed, 01 Apr 2026 12:00:00 GMT"}%s]}}`, header)
	}
	const id = "6f0c1a52-2f64-4a2e-9d6a-0c5d5c0b3a11"
	schema := func(where, keyword string) []string {
		return []string{"BODY-SCHEMA-001 | GET /account | " + where + " | " + keyword}
	}
	for _, tt := range []struct {
		name    string
		entries []string
		want    []string
	}{
		{"an enum", []string{answer(id, `{"state":"[state redacted]"}`)}, nil},
		{"a word that the server may say", []string{answer(id, `{"state":"hidden"}`)}, schema("$.state", "enum")},
		{"a number as text", []string{answer(id, `{"state":"active","balance":"<redacted>"}`)}, nil},
		{"a number as no text", []string{answer(id, `{"state":"active","balance":***}`)}, nil},
		{"beside a fault", []string{answer(id, `{"state":"[REDACTED]","balance":"12"}`)}, schema("$.balance", "type")},
		{"a member of an alternative", []string{answer(id, `{"state":"active","owner":{"mail":"[email hidden]"}}`)}, nil},
		{"a list of equal marks", []string{answer(id, `{"state":"active","tags":["***","***"]}`)}, nil},
		{"a header", []string{answer("REDACTED", `{"state":"active"}`)}, nil},
		{"another header", []string{answer("7", `{"state":"active"}`)}, schema("header X-Request-Id", "format")},
		{"the whole body", []string{answer(id, `[application/json redacted]`)}, nil},
		{"another body", []string{answer(id, `[application/json]`)}, []string{"BODY-JSON-001 | GET /account | body | syntax"}},
		{"an integer as JavaScript writes it", []string{strings.Replace(answer(id, `{"state":"active","serial":9007199254740992}`), `{"name":"x-request-id"`, `{"name":"transfer-encoding","value":"chunked"},{"name":"x-request-id"`, 1)}, nil},
		{"an integer of an unknown length", []string{answer(id, `{"state":"active","serial":9007199254740992}`)}, schema("$.serial", "const")},
		{"another integer", []string{answer(id, `{"state":"active","serial":9007199254740995}`)}, schema("$.serial", "const")},
		{"an integer in a body of the length that was sent", []string{strings.Replace(answer(id, `{"state":"active","serial":9007199254740992}`), `{"name":"x-request-id"`, `{"name":"content-length","value":"44"},{"name":"x-request-id"`, 1)}, schema("$.serial", "const")},
		{"cookies", []string{login("")}, nil},
		{"cookies of another operation", []string{strings.Replace(answer(id, `{"state":"active"}`), `"headers":[`, `"headers":[{"name":"Set-Cookie","value":"a=1"},`, 1), login("")}, nil},
		{"cookies that the recorder keeps", []string{login(`,{"name":"Set-Cookie","value":"sid=1"}`), login("")},
			[]string{"BODY-SCHEMA-001 | POST /session | header Set-Cookie | required"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			run, err := Verify(settings.Default(), []string{harFile(t, tt.entries...)}, Options{Contract: contract})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, signatures(run, anything)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// TestVerifyHiddenCredential: a removed credential was sent.
func TestVerifyHiddenCredential(t *testing.T) {
	for header, want := range map[string]int{`{"name":"authorization","value":"Bearer [REDACTED]"}`: 1, "": 0} {
		public := strings.Replace(entry("GET", cardsURL, header, 200, `[]`, ""), `{"name":"content-type"`, `{"name":"cache-control","value":"public, max-age=60"},{"name":"content-type"`, 1)
		run := verify(t, settings.Default(), harFile(t, public))
		if got := signatures(run, func(id string) bool { return id == "HTTP-CACHE-001" }); len(got) != want {
			t.Errorf("with %q: %q", header, got)
		}
	}
}
