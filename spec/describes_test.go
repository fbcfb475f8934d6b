package spec

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
)

// checked judges a response to GET /x by the documented responses in YAML.
func checked(t *testing.T, responses string, status int, header http.Header, body string) (texts []string) {
	t.Helper()
	document := "openapi: 3.1.0\ninfo: {title: t, version: '1'}\ncomponents: {securitySchemes: {key: {type: apiKey, in: header, name: X-Key}}, schemas: {Small: {type: integer, maximum: 9}}}\npaths:\n  /x:\n    get:\n      operationId: x\n      responses: " + responses + "\n"
	s := source{File: File{"api.yaml", []byte(document)}}
	if strings.Contains(responses, "x-covers") { // only a pack has the extension that says what default covers
		s.Text = append([]byte("x-pack: any\n"), s.Text...)
		s.packs = []*Pack{{Name: "any", Catalogue: File{"any.yaml", genericText}}}
	}
	c, err := load(s)
	if err != nil {
		t.Fatalf("%s: %v", responses, err)
	}
	for _, f := range c.Check(Exchange{
		Request:  Request{Method: "GET", URL: &url.URL{Scheme: "https", Host: "a.example", Path: "/x"}, Header: http.Header{"Origin": {StrangeOrigin}}},
		Response: &Response{Status: status, Length: -1, Header: header, Body: []byte(body)},
	}) {
		texts = append(texts, fmt.Sprintf("%s %s %s | %s | %s", f.Requirement, f.Where, f.Keyword, f.Want, f.Got))
	}
	return texts
}

// The most specific documented media type applies, and only JSON types are read as JSON.
func TestMediaTypesOfADocument(t *testing.T) {
	const (
		strict  = `{schema: {type: object, required: [a]}}`
		missing = `BODY-SCHEMA-001 $.a required | property "a" | no such property`
	)
	for _, tt := range []struct {
		content, contentType, body string
		want                       []string
	}{
		{`{application/*: ` + strict + `}`, "application/json", `{"a":1}`, nil},
		{`{application/*: ` + strict + `}`, "application/vnd.x+json", `{}`, []string{missing}},
		{`{"*/*": ` + strict + `}`, "application/json", `{}`, []string{missing}},
		{`{"*/*": {}, application/*: {}, application/json: ` + strict + `}`, "application/json", `{}`, []string{missing}},
		{`{application/json: {}, application/json;version=2: ` + strict + `}`, "application/json; version=2", `{}`, []string{missing}},
		{`{application/json: {}, application/json;version=2: ` + strict + `}`, "application/json; version=1", `{}`, nil},
		{`{application/json;charset=utf-8: ` + strict + `}`, "application/json", `{}`, []string{missing}},
		{`{application/*: {}}`, "text/html", `<p>`, []string{`MEDIA-TYPE-001 header Content-Type media-type | application/* | "text/html"`}},
		{`{application/json: {}, application/*: {}}`, "application/pdf", "%PDF", nil},
		{`{text/plain: {schema: {type: string, maxLength: 5}}}`, "text/plain", "12345", nil},
		{`{text/plain: {schema: {type: string, maxLength: 5}}}`, "text/plain; charset=utf-8", "123456", []string{`BODY-SCHEMA-001 $ maxLength | at most 5 characters | "123456"`}},
		{`{text/plain: {schema: {type: integer}}}`, "text/plain", "42 apples", []string{`BODY-SCHEMA-001 $ type | integer | "42 apples" (string)`}},
		{`{text/csv: {schema: {type: array, items: {type: string}}}}`, "text/csv", "1,2\n", nil},
		{`{application/x-ndjson: {schema: {type: object}}}`, "application/x-ndjson", "{\"a\":1}\n{\"a\":2}\n", nil},
		{`{application/xml: {schema: {type: object}}}`, "application/xml", "<a/>", nil},
		{`{application/json: {schema: {type: string}}}`, "text/plain", "42 apples", []string{`MEDIA-TYPE-001 header Content-Type media-type | application/json | "text/plain"`}},
		{`{}`, "text/plain", "42 apples", nil},
		{`{}`, "application/json", "42 apples", nil}, // a document without JSON has no rules for it
	} {
		got := checked(t, `{'200': {description: ok, content: `+tt.content+`}}`, 200, http.Header{"Content-Type": {tt.contentType}}, tt.body)
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s: %s as %s\n got %q\nwant %q", tt.content, tt.body, tt.contentType, got, tt.want)
		}
	}
}

// A status is documented by number, by range, or by default, unless default covers errors
// only.
func TestStatusesOfADocument(t *testing.T) {
	const json, bad = `{description: d, content: {application/json: {schema: {type: object, required: [a]}}}}`, `{description: d, x-covers: errors, content: {application/json: {}}}`
	missing := []string{`BODY-SCHEMA-001 $.a required | property "a" | no such property`}
	for _, tt := range []struct {
		responses string
		status    int
		want      []string
	}{
		{`{default: ` + json + `}`, 200, missing},
		{`{default: ` + json + `}`, 404, missing},
		{`{default: ` + json + `, '204': {description: d}}`, 202, missing},
		{`{default: ` + bad + `}`, 200, []string{"HTTP-STATUS-001 status status | a documented status | 200"}},
		{`{default: ` + bad + `, '204': {description: d}}`, 202, []string{"HTTP-STATUS-001 status status | status 204 | 202"}},
		{`{default: ` + bad + `, '204': {description: d}}`, 418, []string{"HTTP-STATUS-002 status status | status 204 | 418"}},
		{`{2XX: ` + json + `}`, 207, missing},
		{`{2xx: {description: d}, '207': ` + json + `}`, 207, missing},
		{`{'200': {description: d}, 4XX: ` + json + `}`, 418, missing},
	} {
		if got := checked(t, tt.responses, tt.status, http.Header{"Content-Type": {"application/json"}}, `{}`); !slices.Equal(got, tt.want) {
			t.Errorf("%s: %d\n got %q\nwant %q", tt.responses, tt.status, got, tt.want)
		}
	}
}

// RFC 9457 applies to responses that declare its media type; HostUp's pages require more.
func TestErrorsOfADocument(t *testing.T) {
	const any = `{default: {description: d, content: {application/json: {}, application/problem+json: {}}}}`
	for _, tt := range []struct {
		contentType, body string
		want              []string
	}{
		{"application/json", `{"message":"no"}`, nil},
		{"application/json", `{"status":1,"type":"a","code":"b","instance":"/z"}`, nil},
		{"application/problem+json", `{}`, nil},
		{"application/problem+json", `{"status":404,"type":"a","code":"b","instance":"/z"}`, nil},
		{"application/problem+json", `{"status":400}`, []string{"PROB-STATUS-001 $.status equal | 404, the HTTP status | 400"}},
	} {
		if got := checked(t, any, 404, http.Header{"Content-Type": {tt.contentType}}, tt.body); !slices.Equal(got, tt.want) {
			t.Errorf("%s as %s\n got %q\nwant %q", tt.body, tt.contentType, got, tt.want)
		}
	}
}

// The same mistake in very many rows is one cause: the first locations are listed, the
// others counted.
func TestOneCauseInManyRows(t *testing.T) {
	const document = `{'200': {description: ok, content: {application/json: {schema: {items: {type: string}}}}}}`
	if n := len(checked(t, document, 200, http.Header{"Content-Type": {"application/json"}}, "["+strings.Repeat("1,", 499)+"1]")); n != mostRows {
		t.Errorf("%d findings, want %d", n, mostRows)
	}
	c, err := load(source{File: File{"api.yaml", []byte("openapi: 3.1.0\ninfo: {title: t, version: '1'}\npaths: {/x: {get: {operationId: x, responses: " + document + "}}}\n")}})
	if err != nil {
		t.Fatal(err)
	}
	f := c.Check(Exchange{Operation: "x", Request: Request{Method: "GET"}, Response: &Response{Status: 200, Length: -1, Header: http.Header{"Content-Type": {"application/json"}}, Body: []byte("[" + strings.Repeat("1,", 499) + "1]")}})
	sum := 0
	for _, f := range f {
		sum += 1 + f.More
	}
	if sum != 500 || f[0].Where != "$[0]" {
		t.Errorf("%d places, want 500; first %s", sum, f[0].Where)
	}
}

// Header values are read in style simple, and by content.
func TestHeadersOfADocument(t *testing.T) {
	const list, object = `schema: {type: array, items: {type: integer}, maxItems: 3}`, `schema: {type: object, required: [a], properties: {a: {type: integer}}, additionalProperties: {type: string}}`
	for _, tt := range []struct {
		header string
		values []string
		want   string // keyword, want and got
	}{
		{list, []string{"1,2,3"}, ""},
		{list, []string{"1, 2 ,3"}, ""},
		{list, []string{"1", "2"}, ""},
		{list, []string{""}, ""},
		{list, []string{"1,x"}, `type | integer | "1,x"`},
		{list, []string{"1,2", "3,4"}, `maxItems | at most 3 items | "1,2,3,4"`},
		{`schema: {oneOf: [{type: array, items: {$ref: '#/components/schemas/Small'}}, {type: 'null'}]}`, []string{"1,10"}, `maximum | at most 9 | "1,10"`},
		{object, []string{"a,1,b,2"}, ""},
		{object, []string{"b,1"}, `required | property "a" | "b,1"`},
		{object, []string{"a,1,b"}, `type | object | "a,1,b"`},
		{object, []string{`{"a": 1}`}, ""}, // as flask-smorest sends it
		{object, []string{`{"b": "x"}`}, `required | property "a" | "{\"b\": \"x\"}"`},
		{object, []string{`{"a": 1`}, `type | object | "{\"a\": 1"`},
		{`explode: true, ` + object, []string{"a=1,b=2"}, ""},
		{`explode: true, ` + object, []string{"a,1"}, `type | object | "a,1"`},
		{`schema: {allOf: [{$ref: '#/components/schemas/Small'}, {minimum: 2}]}`, []string{"5"}, ""},
		{`schema: {allOf: [{$ref: '#/components/schemas/Small'}, {minimum: 2}]}`, []string{"1"}, `minimum | at least 2 | "1"`},
		{`schema: {oneOf: [{type: boolean}, {type: number}]}`, []string{"true"}, ""},
		{`schema: {$ref: '#/components/schemas/Small', minimum: 5}`, []string{"4"}, `minimum | at least 5 | "4"`},
		{`schema: {type: [integer, string], pattern: '^0'}`, []string{"007"}, ""},
		{`schema: {type: string, enum: ['1']}`, []string{"1"}, ""},
		{`schema: {type: integer}`, []string{"1", "2"}, `once | one value | "1" and "2"`},
		{`content: {application/json: {` + object + `}}`, []string{`{"a":1}`}, ""},
		{`content: {application/json: {` + object + `}}`, []string{`{"b":"x"}`}, `required | property "a" | "{\"b\":\"x\"}"`},
		{`content: {application/json: {` + object + `}}`, []string{`{a`}, `syntax | one complete JSON text | "{a"`},
		{`content: {text/plain: {schema: {type: string}}}`, []string{`{a`}, ""},
		{`required: true, schema: {}`, nil, `required | the header X-H | no such header`},
	} {
		header := http.Header{"Content-Type": {"application/json"}}
		header["X-H"] = tt.values
		var want []string
		if tt.want != "" {
			want = []string{"BODY-SCHEMA-001 header X-H " + tt.want}
		}
		if got := checked(t, `{'200': {description: ok, headers: {X-H: {`+tt.header+`}}, content: {application/json: {}}}}`, 200, header, `{}`); !slices.Equal(got, want) {
			t.Errorf("%s: %q\n got %q\nwant %q", tt.header, tt.values, got, want)
		}
	}
}
