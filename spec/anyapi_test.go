package spec

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"testing"
)

// anyAPI is a document without a pack.
const anyAPI = `
servers: [{url: 'https://api.things.co.uk'}]
security: [{key: []}]
paths:
  /things:
    get: {operationId: list, responses: {"200": {description: ok, content: {application/json: {schema: {type: array, items: {type: object, properties: {name: {type: string}}}}}}}, default: {description: no, content: {application/json: {schema: {type: object}}}}}}
    post: {operationId: add, responses: {"201": {description: ok, content: {application/json: {schema: {type: object}}}}, "307": {description: elsewhere}, default: {description: no, content: {application/json: {schema: {type: object}}}}}}
  /open: {get: {operationId: open, security: [{}, {key: []}], responses: {"200": {description: ok}}}}
  /session: {get: {operationId: session, security: [{cookie: []}], responses: {"200": {description: ok}}}}
components: {securitySchemes: {key: {type: http, scheme: bearer}, cookie: {type: apiKey, in: cookie, name: sid}}}
`

// findingsOf judges one exchange, and returns the findings of one family of requirements.
func findingsOf(c *Contract, ex Exchange, ids ...string) (texts []string) {
	ex.Response.Length = -1
	for _, f := range c.Check(ex) {
		if slices.Contains(ids, f.Requirement) {
			texts = append(texts, fmt.Sprintf("%s %s %s %s", f.Level, f.Requirement, f.Where, f.Got))
		}
	}
	return texts
}

// Errors of any API that show the inside of the server, and errors that are about what
// the client asked.
func TestInternalsOfAnyAPI(t *testing.T) {
	c := foreign(t, anyAPI)
	for _, x := range []struct {
		status     int
		text, want string
	}{
		{500, `SELECT "id", "name" FROM "things" WHERE "id" = $1`, "an SQL statement"},
		{400, `insert into things (id, name) values (1, 'a')`, "an SQL statement"},
		{409, `duplicate: insert violates foreign key constraint "things_owner_fk"`, "the message of a database"},
		{400, "SQLSTATE: 22P02", "the message of a database"},
		{500, "SQLITE_BUSY: database is locked", "the message of a database"},
		{500, "UNIQUE constraint failed: things.name", "the message of a database"},
		{409, "E11000 duplicate key error collection: app.things index: name_1", "the message of a database"},
		{500, "Table 'shop.things' doesn't exist", "the message of a database"},
		{500, `relation "things" does not exist`, "the message of a database"},
		{422, "(psycopg2.errors.NumericValueOutOfRange) integer out of range", "the name of a database driver's error"},
		{500, "org.hibernate.LazyInitializationException: no session", "the name of a database driver's error"},
		{500, "connect ECONNREFUSED 10.2.0.7:5432", "the message of a network library"},
		{500, "connect ECONNREFUSED ::1:6379", "the message of a network library"},
		{502, "dial tcp 172.20.0.3:9000: connect: connection refused", "the message of a network library"},
		{500, "getaddrinfo ENOTFOUND things-db", "the message of a network library"},
		{500, "cannot reach redis://cache:6379/0", "the address of a database or a queue"},

		{404, `Table '5' doesn't exist`, ""},
		{404, `role "admin" does not exist`, ""},
		{400, `column "price" does not exist in the file`, ""},
		{429, "Too many connections", ""},
		{400, "the host db.internal:5432 cannot be reached: connection refused", ""},
		{400, "redis://cache:6379 is not reachable", ""},
		{400, "getaddrinfo ENOTFOUND shop.example", ""},
		{503, "upstream connect error or disconnect/reset before headers", ""},
		{404, "/var/lib/things/a.json is not there", ""},
		{400, "ER_NOT_ENOUGH_STOCK", ""},
		{400, "select a thing from the list where it is", ""},
	} {
		var want []string
		if x.want != "" {
			want = []string{"SHOULD LEAK-INTERNAL-001 $.message " + x.want}
		}
		ex := Exchange{
			Request:  Request{Method: "GET", URL: &url.URL{Scheme: "https", Host: "api.things.co.uk", Path: "/things"}, Header: http.Header{}},
			Response: &Response{Status: x.status, Header: http.Header{"Content-Type": {"application/json"}}, Body: []byte(`{"message":` + strconv.Quote(x.text) + `}`)},
		}
		if got := findingsOf(c, ex, "LEAK-INTERNAL-001"); !slices.Equal(got, want) {
			t.Errorf("%d %s\n got %q\nwant %q", x.status, x.text, got, want)
		}
		if ex.Request.Header.Set("X-Asked", x.text); len(findingsOf(c, ex, "LEAK-INTERNAL-001")) > 0 {
			t.Errorf("%d %s: an echo is no finding", x.status, x.text)
		}
		about := foreign(t, "x-note: runs SQL on your own database\n"+anyAPI)
		if ex.Request.Header.Del("X-Asked"); len(findingsOf(about, ex, "LEAK-INTERNAL-001")) > 0 {
			t.Errorf("%d %s: an API about databases speaks of those of its clients", x.status, x.text)
		}
	}
}

// What a credential is shown is kept by no shared cache; what needs none may be. HTTP/2
// splits cookies into several lines (RFC 9113 section 8.2.3).
func TestSharedCacheOfAnyAPI(t *testing.T) {
	c := foreign(t, anyAPI)
	bearer, cookies := http.Header{"Authorization": {"Bearer abcdefgh12345"}}, http.Header{"Cookie": {"lang=sv", "sid=abcdefgh12345"}}
	for _, x := range []struct {
		path         string
		request      http.Header
		cacheControl string
		want         []string
	}{
		{"/things", bearer, "public, max-age=60", []string{"SHOULD HTTP-CACHE-001 header Cache-Control public, max-age=60"}},
		{"/things", bearer, "max-age=60", nil},
		{"/things", http.Header{}, "public, max-age=60", nil},
		{"/open", bearer, "public, max-age=60", nil},
		{"/session", cookies, "public, max-age=60", []string{"SHOULD HTTP-CACHE-001 header Cache-Control public, max-age=60"}},
		{"/session", cookies, "s-maxage=60", []string{"SHOULD HTTP-CACHE-001 header Cache-Control s-maxage=60"}},
		{"/session", cookies, "max-age=60, must-revalidate", nil},
		{"/session", cookies, "private, max-age=60", nil},
	} {
		got := findingsOf(c, Exchange{
			Request:  Request{Method: "GET", URL: &url.URL{Scheme: "https", Host: "api.things.co.uk", Path: x.path}, Header: x.request},
			Response: &Response{Status: 200, Header: http.Header{"Content-Type": {"application/json"}, "Cache-Control": {x.cacheControl}}, Body: []byte(`[]`)},
		}, "HTTP-CACHE-001")
		if !slices.Equal(got, x.want) {
			t.Errorf("%s %v %s: got %q, want %q", x.path, x.request, x.cacheControl, got, x.want)
		}
	}
}

// Addresses of the API itself keep TLS and name a host that can be reached; what its users
// have stored leads where they want.
func TestAddressesOfAnyAPI(t *testing.T) {
	c := foreign(t, anyAPI)
	const target = "https://api.things.co.uk"
	for _, x := range []struct {
		asked    string
		status   int
		location string
		want     string
	}{
		{target, 201, "/things", ""},
		{target, 201, "https://api.things.co.uk/things", ""},
		{target, 201, "http://api.things.co.uk/things", "LINK-TLS-001"},
		{target, 307, "http://api.things.co.uk/things/", "LINK-TLS-001"},
		{target, 201, "http://files.things.co.uk/things", "LINK-TLS-001"},
		{target, 201, "http://other.co.uk/things", ""},
		{"http://staging.things.co.uk", 201, "http://staging.things.co.uk/things", ""},
		{"https://gate.example", 201, "http://gate.example/things", "LINK-TLS-001"},
		{target, 201, "http://localhost:3000/things", "LINK-HOST-001"},
		{target, 201, "https://things.prod.svc.cluster.local/things", "LINK-HOST-001"},
		{target, 307, "http://10.1.2.3:8080/things/", "LINK-HOST-001"},
		{target, 307, "http://localhost:3000/callback", ""}, // of a client that says where to
		{target, 201, "http://localhost:3000/callback", ""},
		{"http://127.0.0.1:8080", 201, "http://things:3000/things", ""},
		{"https://gate.example", 201, target + "/things", ""},
	} {
		u, err := url.Parse(x.asked + "/things")
		if err != nil {
			t.Fatal(err)
		}
		var want []string
		if x.want != "" {
			want = []string{"SHOULD " + x.want + " header Location " + strconv.Quote(x.location)}
		}
		got := findingsOf(c, Exchange{
			Request:  Request{Method: "POST", URL: u, Header: http.Header{}},
			Response: &Response{Status: x.status, Header: http.Header{"Location": {x.location}, "Content-Type": {"application/json"}}, Body: []byte(`{}`)},
		}, "LINK-TLS-001", "LINK-HOST-001")
		if !slices.Equal(got, want) {
			t.Errorf("%s: %d %s\n got %q\nwant %q", x.asked, x.status, x.location, got, want)
		}
	}
}
