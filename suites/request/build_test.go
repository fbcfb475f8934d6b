package request_test

import (
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"strings"
	"testing"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/spec/packs"
	"github.com/hostup/api-conformance/suites/request"
)

const document = `
openapi: 3.1.0
info: {title: things, version: "1"}
servers: [{url: "https://api.example.com/{v}", variables: {v: {default: v2}}}]
paths:
  /things/{thingId}:
    parameters:
    - {name: thingId, in: path, required: true, schema: {type: integer, minimum: 5}}
    get:
      operationId: getThing
      parameters:
      - {name: X-Trace, in: header, required: true, schema: {type: string, const: on}}
      - {name: content-length, in: header, required: true, schema: {type: integer}}
      - {name: host, in: header, required: true, schema: {type: string}}
      - {name: X Space, in: header, required: true, schema: {type: string}}
      - {name: session, in: cookie, required: true, schema: {type: string, enum: [a b]}}
      - {name: filter, in: query, required: true, content: {application/json: {schema: {type: object, required: [a], properties: {a: {type: boolean}}}}}}
      - {name: optional, in: query, schema: {type: string}}
      responses: {"200": {description: ok}}
  /json:
    post:
      operationId: json
      requestBody: {required: true, content: {application/vnd.thing+json: {schema: {oneOf: [{type: array, minItems: 1, items: {type: string, format: uuid}}, {type: integer}]}}}}
      responses: {"200": {description: ok}}
  /form:
    post:
      operationId: form
      requestBody:
        content:
          application/x-www-form-urlencoded:
            schema: {type: object, required: [a, list], properties: {a: {type: string, example: "x y"}, list: {type: array, minItems: 2, items: {type: integer}}}}
      responses: {"200": {description: ok}}
  /files:
    post:
      operationId: files
      requestBody:
        required: true
        content:
          multipart/form-data:
            schema: {type: object, required: [file, label], properties: {file: {type: string, format: binary}, label: {type: string, example: mine}}}
      responses: {"200": {description: ok}}
  /pictures:
    post:
      operationId: pictures
      requestBody:
        content:
          multipart/form-data:
            schema: {type: object, properties: {label: {type: string, example: mine}}}
      responses: {"200": {description: ok}}
  /bytes:
    put:
      operationId: bytes
      servers: [{url: /uploads}]
      requestBody: {required: true, content: {application/octet-stream: {}}}
      responses: {"200": {description: ok}}
  /element:
    post:
      operationId: element
      requestBody: {required: true, content: {application/xml: {schema: {type: object, xml: {name: pet}, required: [name], properties: {name: {type: string}}}}}}
      responses: {"204": {description: ok}}
  /xml:
    post:
      operationId: xml
      requestBody: {required: true, content: {application/xml: {schema: {type: object}}}}
      responses: {"200": {description: ok}}
  /none/{id}:
    get:
      operationId: none
      parameters: [{name: id, in: path, required: true, schema: {allOf: [{type: string}, {type: integer}]}}]
      responses: {"200": {description: ok}}
`

func builder(t *testing.T, data string) (*spec.Contract, *request.Builder) {
	t.Helper()
	c, err := packs.LoadText("things.yaml", []byte(document))
	if err != nil {
		t.Fatal(err)
	}
	return c, request.New(c, data)
}

func TestRequest(t *testing.T) {
	for _, x := range []struct {
		operation, data         string
		target, body, mediaType string
	}{
		{operation: "getThing", target: "/v2/things/5?filter=%7B%22a%22%3Atrue%7D"},
		{operation: "getThing", data: "thingId=7", target: "/v2/things/7?filter=%7B%22a%22%3Atrue%7D"},
		{operation: "getThing", data: "thingId=7\ngetThing.thingId=9", target: "/v2/things/9?filter=%7B%22a%22%3Atrue%7D"},
		{operation: "json", target: "/v2/json?", body: `["7f3a0d52-`, mediaType: "application/vnd.thing+json"},
		{operation: "json", data: "json.body=8", target: "/v2/json?", body: "8", mediaType: "application/vnd.thing+json"},
		{operation: "form", target: "/v2/form?", body: "a=x+y&list=1&list=2", mediaType: "application/x-www-form-urlencoded"},
		{operation: "bytes", target: "/uploads/bytes?", body: "conformance\n", mediaType: "application/octet-stream"},
	} {
		c, b := builder(t, x.data)
		d, err := b.Draft(c.Operation(x.operation), nil)
		if err != nil {
			t.Errorf("%s: %v", x.operation, err)
			continue
		}
		r, err := b.Request(d, nil)
		if err != nil {
			t.Errorf("%s: %v", x.operation, err)
			continue
		}
		if got := r.Path + "?" + r.Query; got != x.target && got != x.target+"?" {
			t.Errorf("%s %s: target %s, want %s", x.operation, x.data, got, x.target)
		}
		if x.operation == "json" && x.data == "" {
			if !strings.HasPrefix(string(r.Body), `["`) {
				t.Errorf("%s: body %s, want a list of UUIDs", x.operation, r.Body)
			}
		} else if string(r.Body) != x.body {
			t.Errorf("%s: body %q, want %q", x.operation, r.Body, x.body)
		}
		if got := r.Header.Get("Content-Type"); got != x.mediaType {
			t.Errorf("%s: Content-Type %q, want %q", x.operation, got, x.mediaType)
		}
	}
}

func TestRequestHeaderAndCookie(t *testing.T) {
	c, b := builder(t, "")
	d, err := b.Draft(c.Operation("getThing"), nil)
	if err != nil {
		t.Fatal(err)
	}
	r, err := b.Request(d, nil)
	if err != nil {
		t.Fatal(err)
	}
	if got := r.Header.Get("X-Trace"); got != "on" {
		t.Errorf("X-Trace: %q, want on", got)
	}
	for _, name := range []string{"Content-Length", "Host", "X Space"} {
		if r.Header[name] != nil {
			t.Errorf("%s is made from the document, which the message decides or HTTP does not have", name)
		}
	}
	if got := r.Header.Get("Cookie"); got != "session=a%20b" {
		t.Errorf("Cookie: %q, want session=a%%20b", got)
	}
}

func TestRequestMultipart(t *testing.T) {
	c, b := builder(t, "")
	d, err := b.Draft(c.Operation("files"), nil)
	if err != nil {
		t.Fatal(err)
	}
	r, err := b.Request(d, nil)
	if err != nil {
		t.Fatal(err)
	}
	_, params, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil {
		t.Fatal(err)
	}
	form := multipart.NewReader(strings.NewReader(string(r.Body)), params["boundary"])
	got := map[string]string{}
	for {
		p, err := form.NextPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		text, _ := io.ReadAll(p)
		got[p.FormName()] = p.FileName() + "|" + p.Header.Get("Content-Type") + "|" + string(text)
	}
	if got["file"] != "conformance.txt|application/octet-stream|conformance\n" || got["label"] != "||mine" {
		t.Errorf("parts: %q", got)
	}
}

// A multipart body has a part, even if the document requires none.
func TestRequestMultipartOfOptionalParts(t *testing.T) {
	c, b := builder(t, "")
	d, err := b.Draft(c.Operation("pictures"), nil)
	if err != nil {
		t.Fatal(err)
	}
	r, err := b.Request(d, nil)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(r.Body), "mine") {
		t.Errorf("body without a part: %q", r.Body)
	}
}

// A body of XML is the document that its schema describes.
func TestRequestXML(t *testing.T) {
	c, b := builder(t, "")
	d, err := b.Draft(c.Operation("element"), nil)
	if err != nil {
		t.Fatal(err)
	}
	r, err := b.Request(d, nil)
	if err != nil {
		t.Fatal(err)
	}
	if want := "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<pet><name>text</name></pet>"; string(r.Body) != want || r.Header.Get("Content-Type") != "application/xml" {
		t.Errorf("got %s %s, want %s", r.Header.Get("Content-Type"), r.Body, want)
	}
}

// A missing value is named, and never left blank.
func TestMissing(t *testing.T) {
	for operation, want := range map[string]string{
		"xml":  "no value was found for the body (application/xml) of POST /xml: give one with --data xml.body=…",
		"none": "no value was found for the path parameter id of GET /none/{id}: give one with --data id=…",
	} {
		c, b := builder(t, "")
		_, err := b.Draft(c.Operation(operation), nil)
		var missing *request.MissingError
		if !errors.As(err, &missing) || err.Error() != want {
			t.Errorf("%s: %v, want %s", operation, err, want)
		}
	}
}

// Values in responses take precedence over those in the document.
func TestFound(t *testing.T) {
	c, b := builder(t, "")
	d, err := b.Draft(c.Operation("getThing"), func(_ *spec.Operation, p spec.Input) (any, bool) {
		return b.Typed(p.Schema, "77")
	})
	if err != nil {
		t.Fatal(err)
	}
	r, err := b.Request(d, nil)
	if err != nil || r.Path != "/v2/things/77" {
		t.Errorf("path %s, error %v, want /v2/things/77", r.Path, err)
	}
}

// An object or list in a path is not empty: an empty segment is another path.
func TestNothingEmptyInAPath(t *testing.T) {
	c, err := packs.LoadText("things.yaml", []byte("openapi: 3.1.0\ninfo: {title: t, version: '1'}\npaths:\n  /a/{o}/{any}:\n    get:\n      operationId: a\n      parameters:\n      - {name: o, in: path, required: true, style: label, schema: {type: object, properties: {x: {type: integer}}}}\n      - {name: any, in: path, required: true, style: matrix, explode: true, schema: {type: object}}\n      responses: {'200': {description: ok}}\n"))
	if err != nil {
		t.Fatal(err)
	}
	b := request.New(c, "")
	d, err := b.Draft(c.Operation("a"), nil)
	if err != nil {
		t.Fatal(err)
	}
	r, err := b.Request(d, nil)
	if want := "/a/.x,1/;name=value"; err != nil || r.Path != want {
		t.Errorf("got %s, %v, want %s", r.Path, err, want)
	}
}
