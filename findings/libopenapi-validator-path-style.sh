#!/usr/bin/env bash
# github.com/pb33f/libopenapi-validator v0.16.3, with libopenapi v0.42.5.
#
# OpenAPI 3.0.3, Parameter Object, Style Values: style: label and style: matrix say how
# the value of the template expression {id} is written, /.5 and /;id=5. The name in the
# braces is that of the parameter, without operators (Parameter Object, name). Here the style of a
# parameter counts only if the template of the path is written with an operator of
# RFC 6570 besides, {.id} or {;id}; with {id} the value keeps its prefix and is refused.
#
# Seen: /.5 and /;id=5 are no integers for {id}, and are for {.id} and {;id}; 5 is one
# for {id} with style: label.
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
openapi: 3.0.3
info: {title: t, version: "1"}
paths:
  %s:
    get:
      parameters: [{name: id, in: path, required: true, style: %s, schema: {type: integer}}]
      responses: {"204": {description: done}}
`

func main() {
	seen := true
	for _, c := range []struct {
		template, style, target string
		valid                   bool // as seen
	}{
		{"/x/{id}", "label", "/x/.5", false}, {"/x/{id}", "matrix", "/x/;id=5", false}, // valid by the specification
		{"/x/{id}", "label", "/x/5", true}, // not valid by it
		{"/x/{.id}", "label", "/x/.5", true}, {"/x/{;id}", "matrix", "/x/;id=5", true},
		{"/x/{id}", "simple", "/x/5", true}, {"/x/{id}", "simple", "/x/a", false},
	} {
		doc, err := libopenapi.NewDocument([]byte(fmt.Sprintf(document, c.template, c.style)))
		if err != nil {
			panic(err)
		}
		v, errs := validator.NewValidator(doc)
		if len(errs) > 0 {
			panic(errs)
		}
		q, err := http.NewRequest("GET", "http://localhost"+c.target, nil)
		if err != nil {
			panic(err)
		}
		valid, refusals := v.ValidateHttpRequestSync(q)
		fmt.Printf("%s, style %s: %s: valid %t\n", c.template, c.style, c.target, valid)
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
