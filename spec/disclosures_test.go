package spec

import (
	"net/http"
	"slices"
	"strings"
	"testing"
)

const account = `{'200': {description: ok, content: {application/json: {schema: {type: object, properties: {name: {type: string}, password: {type: string, writeOnly: true}, wifi: {type: object, properties: {password: {type: string}}}, keys: {type: object, discriminator: {propertyName: kind}, properties: {kind: {type: string}}}}}}}}, '400': {description: no, content: {application/json: {schema: {type: object, properties: {errors: {type: object, properties: {name: {type: string}}}}}}}}, '204': {description: gone}}`

// leveled is checked with the level of each finding before it.
func leveled(t *testing.T, responses string, status int, header http.Header, body string) (texts []string) {
	t.Helper()
	should := []string{"LEAK-SECRET-001", "BODY-WRITEONLY-001", "HTTP-CORS-001", "HTTP-CORS-002"} // in generic.yaml
	for _, text := range checked(t, responses, status, header, body) {
		id, _, _ := strings.Cut(text, " ")
		texts = append(texts, map[bool]string{true: "SHOULD ", false: "MUST "}[slices.Contains(should, id)]+text)
	}
	return texts
}

// Passwords that the document does not have, and what it calls writeOnly, are told; what
// it has, hides or says of a request is not.
func TestPasswordsInAnswers(t *testing.T) {
	const undocumented = " secret | no such property: the document does not have it | a text of it"
	for _, tt := range []struct {
		status int
		body   string
		want   []string
	}{
		{200, `{"name":"a"}`, nil},
		{200, `{"wifi":{"password":"guest1234"}}`, nil},
		{200, `{"keys":{"kind":"disk","password":"guest1234"}}`, nil}, // of a subtype
		{200, `{"passwordHash":"$2b$12$abcdef"}`, []string{"SHOULD LEAK-SECRET-001 $.passwordHash" + undocumented}},
		{200, `{"owner":{"hashed_password":"5f4dcc3b"}}`, []string{"SHOULD LEAK-SECRET-001 $.owner.hashed_password" + undocumented}},
		{200, `{"user_password":"********"}`, nil},
		{200, `{"userPassword":"[REDACTED]"}`, nil},
		{200, `{"hasPassword":true,"passwordResetUrl":"/reset"}`, nil},
		{200, `{"password":"hunter22"}`, []string{"SHOULD BODY-WRITEONLY-001 $.password writeOnly | no such property in a response | a value"}},
		{200, `{"password":null}`, []string{"MUST BODY-SCHEMA-001 $.password type | string | null"}},
		{400, `{"errors":{"password":"is too short"}}`, nil},
	} {
		got := leveled(t, account, tt.status, http.Header{"Content-Type": {"application/json"}}, tt.body)
		if !slices.Equal(got, tt.want) {
			t.Errorf("%d %s\n got %q\nwant %q", tt.status, tt.body, got, tt.want)
		}
	}
}

// What browsers refuse of Access-Control-Allow-Origin, and a 204 with the length of a
// body, is told.
func TestOriginsAndNoContent(t *testing.T) {
	const origin = "SHOULD HTTP-CORS-001 header Access-Control-Allow-Origin "
	for _, tt := range []struct {
		status int
		header http.Header
		want   []string
	}{
		{204, http.Header{"Access-Control-Allow-Origin": {"*"}}, nil},
		{204, http.Header{"Access-Control-Allow-Origin": {"https://app.example:8443"}, "Access-Control-Allow-Credentials": {"true"}}, nil},
		{204, http.Header{"Access-Control-Allow-Origin": {"null"}}, nil},
		{204, http.Header{"Access-Control-Allow-Origin": {"capacitor://localhost"}}, nil},
		{204, http.Header{"Access-Control-Allow-Credentials": {"true"}}, nil},
		{204, http.Header{"Access-Control-Allow-Origin": {"*"}, "Access-Control-Allow-Credentials": {"true"}}, []string{origin + `credentials | one origin beside Access-Control-Allow-Credentials: true, or no such header | "*"`}},
		{204, http.Header{"Access-Control-Allow-Origin": {"https://a.example, https://b.example"}}, []string{origin + `form | one origin such as https://app.example, null or * | "https://a.example, https://b.example"`}},
		{204, http.Header{"Access-Control-Allow-Origin": {"https://a.example/"}}, []string{origin + `form | one origin such as https://app.example, null or * | "https://a.example/"`}},
		{204, http.Header{"Access-Control-Allow-Origin": {"*", "*"}}, []string{origin + `once | one value | "*" and "*"`}},
		{204, http.Header{"Content-Length": {"0"}}, nil},
		{204, http.Header{"Content-Length": {"2"}}, []string{`MUST HTTP-EMPTY-001 header Content-Length empty | no body, and no length of one (RFC 9110 section 8.6) | "2"`}},
	} {
		if got := leveled(t, account, tt.status, tt.header, ""); !slices.Equal(got, tt.want) {
			t.Errorf("%d %v\n got %q\nwant %q", tt.status, tt.header, got, tt.want)
		}
	}
}

// A page of an origin that nobody trusts is let in with credentials, where some are wanted.
func TestStrangers(t *testing.T) {
	const secured = account + "\n      security: [{key: []}]"
	trusted := http.Header{"Access-Control-Allow-Origin": {StrangeOrigin}, "Access-Control-Allow-Credentials": {"true"}}
	for _, tt := range []struct {
		responses string
		header    http.Header
		want      []string
	}{
		{secured, trusted, []string{`SHOULD HTTP-CORS-002 header Access-Control-Allow-Origin credentials | no https://conformance.invalid beside Access-Control-Allow-Credentials: true | "https://conformance.invalid"`}},
		{secured, http.Header{"Access-Control-Allow-Origin": {StrangeOrigin}}, nil},
		{secured, http.Header{"Access-Control-Allow-Origin": {"https://app.example"}, "Access-Control-Allow-Credentials": {"true"}}, nil},
		{account, trusted, nil},
	} {
		if got := leveled(t, tt.responses, 204, tt.header, ""); !slices.Equal(got, tt.want) {
			t.Errorf("%v\n got %q\nwant %q", tt.header, got, tt.want)
		}
	}
}
