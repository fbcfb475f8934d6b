#!/usr/bin/env bash
# github.com/getkin/kin-openapi v0.153.0, openapi3filter.
#
# RFC 9110 section 8.3.1: white space around the semicolon of a media type is optional
# and means nothing, and it gives "text/html;charset=utf-8" as one of four spellings of
# the same type. Here a document that has a blank there refuses an answer that has none,
# which is what several frameworks send, though it takes another case of the charset.
# A document without the parameter takes both.
#
# Seen: of "application/json; charset=utf-8" without the blank, and with UTF-8, the first
# is refused.
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
)

const document = `
openapi: 3.0.3
info: {title: t, version: "1"}
paths: {/x: {get: {responses: {"200": {description: d, content: {"%s": {schema: {type: object}}}}}}}}
`

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func main() {
	seen := true
	for _, c := range []struct {
		documented, sent string
		valid            bool // as seen
	}{
		{"application/json; charset=utf-8", "application/json; charset=utf-8", true},
		{"application/json; charset=utf-8", "application/json;charset=utf-8", false},  // the same type
		{"application/json; charset=utf-8", "application/json; charset=UTF-8", true},
		{"application/json", "application/json;charset=UTF-8", true},
		{"application/json; charset=utf-8", "text/html", false},
	} {
		doc := must(openapi3.NewLoader().LoadFromData([]byte(fmt.Sprintf(document, c.documented))))
		q := must(http.NewRequest("GET", "/x", nil))
		route, _, err := must(gorillamux.NewRouter(doc)).FindRoute(q)
		if err != nil {
			panic(err)
		}
		err = openapi3filter.ValidateResponse(context.Background(), &openapi3filter.ResponseValidationInput{
			RequestValidationInput: &openapi3filter.RequestValidationInput{Request: q, Route: route},
			Status:                 200, Header: http.Header{"Content-Type": {c.sent}}, Body: io.NopCloser(strings.NewReader("{}")),
		})
		fmt.Printf("documented %q, sent %q: valid %t\n", c.documented, c.sent, err == nil)
		seen = seen && (err == nil) == c.valid
	}
	if !seen {
		fmt.Println("this is not what was seen")
		os.Exit(1)
	}
}
GO
go mod init finding >/dev/null 2>&1
go get github.com/getkin/kin-openapi/openapi3filter@v0.153.0 github.com/getkin/kin-openapi/routers/gorillamux@v0.153.0 >/dev/null 2>&1
go run .
