#!/usr/bin/env bash
# github.com/pb33f/libopenapi-validator v0.16.3, with libopenapi v0.42.5.
#
# JSON Schema 2020-12 (validation) section 6.1.1: null is no object, array or string.
# A body that is the JSON text null meets none of the schemas below, and OpenAPI 3.0
# has no null at all without "nullable". Here such a body of a response passes as valid,
# whatever the schema wants. The same body of a request does not pass, nor does null as
# a member.
#
# Seen: null passes for an object with a required member, for an array and for a text,
# in 3.0 and 3.1, as response only; [] for the object, and {"a": null}, do not pass.
# Exits 1 if that changes.
set -euo pipefail
dir=$(mktemp -d)
trap 'chmod -R u+w "$dir"; rm -rf "$dir"' EXIT
cd "$dir"
cat > main.go <<'GO'
package main

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"

	"github.com/pb33f/libopenapi"
	validator "github.com/pb33f/libopenapi-validator"
)

const document = `
openapi: %s
info: {title: t, version: "1"}
paths:
  /x:
    post:
      requestBody: {required: true, content: {application/json: {schema: %s}}}
      responses: {"200": {description: d, content: {application/json: {schema: %[2]s}}}}
`

// valid is how the validator judges the text as body of a request and of a response.
func valid(version, schema, body string) [2]bool {
	doc, err := libopenapi.NewDocument([]byte(fmt.Sprintf(document, version, schema)))
	if err != nil {
		panic(err)
	}
	v, errs := validator.NewValidator(doc)
	if len(errs) > 0 {
		panic(errs)
	}
	q, err := http.NewRequest("POST", "http://localhost/x", strings.NewReader(body))
	if err != nil {
		panic(err)
	}
	q.Header.Set("Content-Type", "application/json")
	r := &http.Response{StatusCode: 200, Header: q.Header.Clone(), Body: io.NopCloser(strings.NewReader(body)), Request: q}
	request, _ := v.ValidateHttpRequestSync(q)
	response, _ := v.ValidateHttpResponse(q, r)
	return [2]bool{request, response}
}

func main() {
	object := "{type: object, required: [a], properties: {a: {type: string}}}"
	seen := true
	for _, version := range []string{"3.0.3", "3.1.0"} {
		for _, c := range []struct {
			schema, body string
			valid        [2]bool // as seen: request, response
		}{
			{object, "null", [2]bool{false, true}}, {"{type: array, items: {type: string}}", "null", [2]bool{false, true}}, {"{type: string}", "null", [2]bool{false, true}},
			{object, "[]", [2]bool{false, false}}, {object, `{"a": null}`, [2]bool{false, false}}, {object, `{"a": "x"}`, [2]bool{true, true}},
		} {
			got := valid(version, c.schema, c.body)
			fmt.Printf("%s: %s for %s: valid as request %t, as response %t\n", version, c.body, c.schema, got[0], got[1])
			seen = seen && got == c.valid
		}
	}
	if !seen {
		fmt.Println("this is not what was seen")
		os.Exit(1)
	}
}
GO
go mod init finding >/dev/null 2>&1
go get github.com/pb33f/libopenapi@v0.42.5 github.com/pb33f/libopenapi-validator@v0.16.3 >/dev/null 2>&1
go run .
