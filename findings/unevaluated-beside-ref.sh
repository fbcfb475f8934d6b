#!/usr/bin/env bash
# github.com/getkin/kin-openapi v0.153.0 (openapi3filter, with EnableJSONSchema2020), and
# github.com/pb33f/libopenapi-validator v0.16.3 with libopenapi v0.42.5.
#
# JSON Schema 2020-12 (core) section 11.3: unevaluatedProperties looks at what the
# keywords beside it evaluated, and $ref is one of those (section 8.2.3.1). In OpenAPI
# 3.1 {$ref: S, unevaluatedProperties: false} is thus "S, and nothing else". Both tools
# refuse every member, also those that S declares, and so all bodies but {}. With the
# same $ref in allOf they are right, and so is the compiler that both build on.
#
# Seen: {"a": "x"} is refused beside $ref, and valid with allOf; {"b": 1} never is.
# Exits 1 if that changes.
set -euo pipefail
dir=$(mktemp -d)
trap 'chmod -R u+w "$dir"; rm -rf "$dir"' EXIT
cd "$dir"
cat > main.go <<'GO'
package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers/gorillamux"
	"github.com/pb33f/libopenapi"
	validator "github.com/pb33f/libopenapi-validator"
)

const document = `
openapi: 3.1.0
info: {title: t, version: "1"}
paths: {/x: {get: {responses: {"200": {description: d, content: {application/json: {schema: %s}}}}}}}
components: {schemas: {S: {type: object, properties: {a: {type: string}}}}}
`

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func answer(body string) *http.Response {
	return &http.Response{StatusCode: 200, Header: http.Header{"Content-Type": {"application/json"}}, Body: io.NopCloser(strings.NewReader(body))}
}

func byLibopenapi(text, body string) bool {
	v, errs := validator.NewValidator(must(libopenapi.NewDocument([]byte(text))))
	if len(errs) > 0 {
		panic(errs)
	}
	valid, _ := v.ValidateHttpResponse(must(http.NewRequest("GET", "http://localhost/x", nil)), answer(body))
	return valid
}

func byKin(text, body string) bool {
	doc := must(openapi3.NewLoader().LoadFromData([]byte(text)))
	route, _, err := must(gorillamux.NewRouter(doc)).FindRoute(must(http.NewRequest("GET", "/x", nil)))
	if err != nil {
		panic(err)
	}
	o := &openapi3filter.Options{SchemaValidationOptions: []openapi3.SchemaValidationOption{openapi3.EnableJSONSchema2020()}}
	r := answer(body)
	return openapi3filter.ValidateResponse(context.Background(), &openapi3filter.ResponseValidationInput{
		RequestValidationInput: &openapi3filter.RequestValidationInput{Request: must(http.NewRequest("GET", "/x", nil)), Route: route, Options: o},
		Status:                 200, Header: r.Header, Body: r.Body, Options: o,
	}) == nil
}

func main() {
	seen := true
	for _, c := range []struct {
		schema, body string
		valid        bool // as seen
	}{
		{`{$ref: "#/components/schemas/S", unevaluatedProperties: false}`, `{"a": "x"}`, false}, // valid by the specification
		{`{$ref: "#/components/schemas/S", unevaluatedProperties: false}`, `{"b": 1}`, false},
		{`{allOf: [{$ref: "#/components/schemas/S"}], unevaluatedProperties: false}`, `{"a": "x"}`, true},
		{`{allOf: [{$ref: "#/components/schemas/S"}], unevaluatedProperties: false}`, `{"b": 1}`, false},
	} {
		text := fmt.Sprintf(document, c.schema)
		kin, lib := byKin(text, c.body), byLibopenapi(text, c.body)
		fmt.Printf("%s: %s valid by kin-openapi %t, by libopenapi-validator %t\n", c.schema, c.body, kin, lib)
		seen = seen && kin == c.valid && lib == c.valid
	}
	if !seen {
		fmt.Println("this is not what was seen")
		os.Exit(1)
	}
}
GO
go mod init finding >/dev/null 2>&1
go get github.com/getkin/kin-openapi/openapi3filter@v0.153.0 github.com/getkin/kin-openapi/routers/gorillamux@v0.153.0 \
	github.com/pb33f/libopenapi@v0.42.5 github.com/pb33f/libopenapi-validator@v0.16.3 >/dev/null 2>&1
go run .
