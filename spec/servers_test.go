package spec

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func foreign(t *testing.T, rest string) *Contract {
	t.Helper()
	c, err := LoadText(nil, "any.yaml", []byte("openapi: 3.1.0\ninfo: {title: any, version: '1'}\n"+rest))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// Servers stand before the paths: at the document, a path or an operation, with
// the defaults of their variables (OpenAPI, Server Object); a base path takes the
// place of those of the document.
func TestServers(t *testing.T) {
	const paths = `
paths:
  /a: {get: {responses: {"200": {description: ok}}}}
  /b: {servers: [{url: /files}], get: {responses: {"200": {description: ok}}}, put: {servers: [{url: "https://up.example.com/v9/"}], responses: {"200": {description: ok}}}}
`
	for _, x := range []struct {
		servers, under string
		want           [3]string // of GET /a, GET /b, PUT /b
	}{
		{"", "", [3]string{"", "/files", "/v9"}},
		{"servers: [{url: /}]", "", [3]string{"", "/files", "/v9"}},
		{"servers: [{url: 'https://{host}/{v}/api/', variables: {host: {default: x}, v: {default: v2}}}]", "", [3]string{"/v2/api", "/files", "/v9"}},
		{"servers: [{url: 'https://x.example/{base}', variables: {base: {default: /api/v1}}}]", "", [3]string{"/api/v1", "/files", "/v9"}},
		{"servers: [{url: /one}, {url: /two}]", "", [3]string{"/one", "/files", "/v9"}},
		{"servers: [{url: /one}]", "/gate/way", [3]string{"/gate/way", "/files", "/v9"}},
		{"servers: [{url: /one}]", "/", [3]string{"", "", ""}},
	} {
		c := foreign(t, x.servers+paths).Under(x.under)
		var got [3]string
		for i, o := range c.Operations() {
			got[i] = c.BasePath(o)
			if found := c.Locate(o.Method, got[i]+o.Path); found != o {
				t.Errorf("%s: %s %s%s is judged as %v", x.servers, o.Method, got[i], o.Path, found)
			}
		}
		if got != x.want {
			t.Errorf("%s under %q: %q, want %q", x.servers, x.under, got, x.want)
		}
	}
	c := foreign(t, "servers: [{url: /one}, {url: /two}]"+paths)
	if c.Locate("GET", "/two/a") == nil || c.Locate("GET", "/onea") != nil || c.Locate("GET", "/three/a") != nil {
		t.Error("every server of the document counts, and nothing else does")
	}
	c = foreign(t, "servers: [{url: 'https://{h}/{v}/api', variables: {h: {default: x}, v: {default: v1}}}, {url: '{b}', variables: {b: {default: /c}}}]"+paths)
	if c.Locate("GET", "/v1/api/a") == nil || c.Locate("GET", "/v2/api/a") == nil || c.Locate("GET", "/c/a") == nil {
		t.Error("a variable without a list of values may have any")
	}
	if c.Locate("GET", "/v2/api/z") != nil || c.Locate("GET", "/v1/v2/api/a") != nil || c.Locate("GET", "//api/a") != nil || c.Locate("GET", "/d/a") != nil {
		t.Error("it is one segment")
	}
	c = foreign(t, "servers: [{url: /one}, {url: /two}]"+paths)
	if got := c.Template("/two/b"); got != "/b" {
		t.Errorf("template %s, want /b", got)
	}
}

func TestAccess(t *testing.T) {
	const document = `
security: %s
paths:
  /a: {get: {%s responses: {"200": {description: ok}}}}
components:
  securitySchemes:
    basic: {type: http, scheme: basic}
    key: {type: apiKey, in: query, name: k}
    cookie: {type: apiKey, in: cookie, name: c}
    cert: {type: mutualTLS}
    oauth: {type: oauth2, flows: {}}
`
	for _, x := range []struct {
		root, own string
		want      string // alternatives, * for none
	}{
		{"[]", "", ""},
		{"[{basic: []}]", "", "basic@header Authorization"},
		{"[{basic: []}]", "security: [],", ""},
		{"[{basic: []}]", "security: [{key: [], cookie: []}, {oauth: [r]}],", "key@query k+cookie@cookie c oauth@header Authorization"},
		{"[{cert: []}, {}]", "", "cert@ *"},
		{"[{unknown: []}]", "", ""},
	} {
		c := foreign(t, fmt.Sprintf(document, x.root, x.own))
		a := c.Access(c.Operations()[0])
		got := ""
		for i, all := range a.Alternatives {
			if i > 0 {
				got += " "
			}
			for j, s := range all {
				if j > 0 {
					got += "+"
				}
				got += s.Name + "@" + s.Place()
			}
		}
		if a.Optional {
			got += " *"
		}
		if diff := cmp.Diff(x.want, got); diff != "" {
			t.Errorf("%s %s (-want +got):\n%s", x.root, x.own, diff)
		}
	}
}

// A document without a pack has the requirements that apply to any API and that it makes
// testable.
func TestGenericCatalogue(t *testing.T) {
	c := foreign(t, `paths: {/a: {get: {responses: {"200": {description: ok}}}}}`)
	if c.Pack() != "" {
		t.Errorf("pack %q, want none", c.Pack())
	}
	for id, want := range map[string]bool{"HTTP-SERVE-001": true, "HTTP-HEAD-001": true, "ENV-MEMBERS-001": false, "PROB-BODY-002": false, "AUTH-NONE-001": false, "BODY-JSON-001": false, "HTTP-INPUT-001": false} {
		if c.Unbound(id) == want {
			t.Errorf("%s: bound %t, want %t", id, !want, want)
		}
	}
}

// No exchange reaches a requirement that the contract does not have.
func TestReachOfGeneric(t *testing.T) {
	c := foreign(t, `paths: {/a: {get: {responses: {"200": {description: ok, content: {application/json: {}}}}}}}`)
	ex := Exchange{
		Request: Request{Method: "GET", URL: &url.URL{Scheme: "https", Host: "x.test", Path: "/a"}, Header: http.Header{"Authorization": {"Bearer abcdef0123456789"}}},
		Response: &Response{
			Status: 200, Header: http.Header{"Content-Type": {"application/json"}}, Body: []byte(`{"a":"https://x.test/b"}`), Length: -1,
		},
	}
	if !slices.Contains(c.Reach().Of(ex), "BODY-JSON-001") {
		t.Error("the body is not judged")
	}
	for _, id := range append(c.Reach().Of(ex), c.Reach().All()...) {
		if _, has := c.Requirement(id); !has {
			t.Errorf("%s is reached, and the contract does not have it", id)
		}
	}
}

// A rule that has nothing to judge in a response is not reached: about rows where there
// are none, about leaks where nothing is said.
func TestReachOfEmpty(t *testing.T) {
	c := foreign(t, `
paths:
  /users:
    get:
      responses:
        "200":
          description: ok
          content:
            application/json:
              schema: {type: object, properties: {users: {type: array, items: {$ref: '#/components/schemas/User'}}}}
  /names: {get: {responses: {"200": {description: ok, content: {application/json: {schema: {type: array, items: {type: string}}}}}}}}
components:
  schemas:
    User:
      allOf: [{$ref: '#/components/schemas/Login'}, {properties: {name: {type: string}}}]
    Login: {type: object, properties: {password: {$ref: '#/components/schemas/Password'}}}
    Password: {type: string, writeOnly: true}
`)
	for _, x := range []struct {
		path, body string
		writeOnly  bool
		leak       bool
	}{
		{"/users", `{"users":[]}`, false, true},
		{"/users", `{"users":[{}]}`, true, true},
		{"/users", `{"users":[{"name":"Eva"}]}`, true, true},
		{"/users", `{}`, false, false},
		{"/names", `[]`, false, false},
		{"/names", `["password"]`, false, true},
	} {
		ids := c.Reach().Of(Exchange{
			Request:  Request{Method: "GET", URL: &url.URL{Scheme: "https", Host: "x.test", Path: x.path}, Header: http.Header{}},
			Response: &Response{Status: 200, Header: http.Header{"Content-Type": {"application/json"}}, Body: []byte(x.body), Length: -1},
		})
		if got := slices.Contains(ids, "BODY-WRITEONLY-001"); got != x.writeOnly {
			t.Errorf("%s: BODY-WRITEONLY-001 %t", x.body, got)
		}
		for _, id := range []string{"LEAK-CARD-001", "LEAK-TRACE-001", "LEAK-SECRET-001"} {
			if got := slices.Contains(ids, id); got != x.leak {
				t.Errorf("%s: %s %t", x.body, id, got)
			}
		}
	}
}
