#!/usr/bin/env bash
# github.com/pb33f/libopenapi-validator v0.16.3, with libopenapi v0.42.5.
#
# OpenAPI 3.1.0, Path Item Object, parameters: what a path item says of a parameter can
# be overridden by the operation; a parameter is identified by name and location. Here the request has to meet both: an operation cannot make a parameter
# optional that the path item requires, nor take other values for it.
#
# Seen: GET /x without "p", and GET /x?p=text, are refused, though the operation has p
# as an optional text; DELETE /x, which says nothing of p, rightly wants a number.
# Exits 1 if that changes.
set -euo pipefail
dir=$(mktemp -d)
trap 'chmod -R u+w "$dir"; rm -rf "$dir"' EXIT
cd "$dir"
cat > main.go <<'GO'
package main

import (
	"fmt"
	"net/http"
	"os"

	"github.com/pb33f/libopenapi"
	validator "github.com/pb33f/libopenapi-validator"
)

const document = `
openapi: 3.1.0
info: {title: t, version: "1"}
paths:
  /x:
    parameters: [{name: p, in: query, required: true, schema: {type: integer}}]
    get:
      parameters: [{name: p, in: query, required: false, schema: {type: string}}]
      responses: {"204": {description: done}}
    delete:
      responses: {"204": {description: done}}
  /alone:
    get:
      parameters: [{name: p, in: query, required: false, schema: {type: string}}]
      responses: {"204": {description: done}}
`

func main() {
	doc, err := libopenapi.NewDocument([]byte(document))
	if err != nil {
		panic(err)
	}
	v, errs := validator.NewValidator(doc)
	if len(errs) > 0 {
		panic(errs)
	}
	seen := true
	for _, c := range []struct {
		method, target string
		valid          bool // as seen
	}{
		{"GET", "/x", false}, {"GET", "/x?p=text", false}, // both are valid by the specification
		{"GET", "/alone", true}, {"GET", "/alone?p=text", true},
		{"DELETE", "/x", false}, {"DELETE", "/x?p=text", false}, {"DELETE", "/x?p=1", true},
	} {
		q, err := http.NewRequest(c.method, "http://localhost"+c.target, nil)
		if err != nil {
			panic(err)
		}
		valid, refusals := v.ValidateHttpRequestSync(q)
		fmt.Printf("%s %s: valid %t\n", c.method, c.target, valid)
		for _, e := range refusals {
			fmt.Println("  ", e.Message)
		}
		seen = seen && valid == c.valid
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
