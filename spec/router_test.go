package spec

import (
	"strings"
	"testing"

	"github.com/hostup/api-conformance/spec/document"
)

// A segment may mix literals and expressions (OpenAPI 3.1.1, Path Templating), and a
// concrete path is matched before a templated one.
func TestMatch(t *testing.T) {
	for _, tt := range []struct {
		name, method, path string
		documented         []string // methods and paths
		want               string
	}{
		{"a concrete path", "GET", "/things/mine", []string{"GET /things/{id}", "GET /things/mine"}, "GET /things/mine"},
		{"an expression", "GET", "/things/5", []string{"GET /things/mine", "GET /things/{id}"}, "GET /things/{id}"},
		{"an expression is not empty", "GET", "/things/", []string{"GET /things/{id}"}, ""},
		{"a slash at the end", "GET", "/things/", []string{"GET /things", "GET /things/"}, "GET /things/"},
		{"the root", "GET", "/", []string{"GET /"}, "GET /"},
		{"a suffix", "GET", "/files/a.json", []string{"GET /files/{n}.json"}, "GET /files/{n}.json"},
		{"another suffix", "GET", "/files/a.txt", []string{"GET /files/{n}.json"}, ""},
		{"a suffix alone", "GET", "/files/.json", []string{"GET /files/{n}.json"}, ""},
		{"a prefix", "GET", "/files/v12", []string{"GET /files/v{n}"}, "GET /files/v{n}"},
		{"a prefix alone", "GET", "/files/v", []string{"GET /files/v{n}"}, ""},
		{"two expressions", "GET", "/d/2026-04", []string{"GET /d/{y}-{m}"}, "GET /d/{y}-{m}"},
		{"two expressions, the literal twice", "GET", "/d/a-b-c", []string{"GET /d/{y}-{m}"}, "GET /d/{y}-{m}"},
		{"two expressions, one empty", "GET", "/d/2026-", []string{"GET /d/{y}-{m}"}, ""},
		{"two expressions side by side", "GET", "/d/ab", []string{"GET /d/{a}{b}"}, "GET /d/{a}{b}"},
		{"two expressions side by side, one empty", "GET", "/d/a", []string{"GET /d/{a}{b}"}, ""},
		{"a verb", "POST", "/things/5:cancel", []string{"POST /things/{id}", "POST /things/{id}:cancel"}, "POST /things/{id}:cancel"},
		{"no verb", "POST", "/things/5", []string{"POST /things/{id}:cancel", "POST /things/{id}"}, "POST /things/{id}"},
		{"OData", "GET", "/things('5')", []string{"GET /things('{id}')"}, "GET /things('{id}')"},
		{"the most literal first", "GET", "/x/a.b", []string{"GET /x/{z}", "GET /x/{a}.{b}"}, "GET /x/{a}.{b}"},
		{"a concrete segment before a longer literal", "GET", "/files/all/a", []string{"GET /files/all/{n}", "GET /files/{d}ll/{n}"}, "GET /files/all/{n}"},
		{"HEAD of another path at the address", "HEAD", "/things/5", []string{"GET /things/{id}#all", "HEAD /things/{id}"}, "HEAD /things/{id}"},
		{"HEAD of a less concrete path", "HEAD", "/things/5", []string{"GET /things/5", "HEAD /things/{id}"}, "GET /things/5"},
		{"an escaped slash is no separator", "GET", "/things/a%2Fb", []string{"GET /things/{id}"}, "GET /things/{id}"},
		{"escapes of a literal are the literal", "GET", "/th%69ngs/caf%C3%A9", []string{"GET /things/café"}, "GET /things/café"},
		{"a percent sign that escapes nothing", "GET", "/things/%zz", []string{"GET /things/{id}"}, "GET /things/{id}"},
		{"a brace that does not close", "GET", "/a{b", []string{"GET /a{b"}, "GET /a{b"},
		{"another method of a less concrete path", "DELETE", "/things/mine", []string{"GET /things/mine", "DELETE /things/{id}"}, "DELETE /things/{id}"},
		{"HEAD is asked as GET", "HEAD", "/things/5", []string{"GET /things/{id}"}, "GET /things/{id}"},
		{"HEAD of its own", "HEAD", "/things/5", []string{"GET /things/{id}", "HEAD /things/{id}"}, "HEAD /things/{id}"},
		{"HEAD of its own, of a less concrete path", "HEAD", "/things/mine", []string{"HEAD /things/{id}", "GET /things/mine"}, "GET /things/mine"},
		{"nothing like it", "GET", "/others", []string{"GET /things"}, ""},
	} {
		var operations []*Operation
		for _, name := range tt.documented {
			var o Operation
			o.Method, o.Path, _ = strings.Cut(name, " ")
			o.ID = name
			operations = append(operations, &o)
		}
		c := &Contract{operations: operations, router: newRouter(operations)}
		got := ""
		if o := c.Match(tt.method, tt.path); o != nil {
			got = o.ID
		}
		if got != tt.want {
			t.Errorf("%s: %s %s is %q, want %q", tt.name, tt.method, tt.path, got, tt.want)
		}
	}
}

// Security alternatives: one scheme, several together, or none.
func TestSecurity(t *testing.T) {
	d, err := document.Parse("d", []byte(`
components: {securitySchemes: {a: {type: http, scheme: bearer}, b: {type: apiKey, in: header, name: X-B}}}
paths:
  /x: {get: {operationId: x, responses: {}, security: [{a: [], b: []}, {b: []}, {}]}}
`))
	if err != nil {
		t.Fatal(err)
	}
	list, err := loadOperations(d)
	if err != nil {
		t.Fatal(err)
	}
	o := list[0]
	if len(o.Security) != 2 || o.Security[0].Name != "a" || len(o.Security[0].With) != 1 || o.Security[0].With[0].Key != "X-B" || o.Security[1].Name != "b" || !o.Anonymous {
		t.Errorf("%+v", o)
	}
}

func TestSuccess(t *testing.T) {
	for want, statuses := range map[int][]string{201: {"2XX", "201", "204"}, 200: {"400", "2xx"}, 0: {"default", "404"}} {
		if got := (&Operation{Statuses: statuses}).Success(); got != want {
			t.Errorf("%v: %d, want %d", statuses, got, want)
		}
	}
}
