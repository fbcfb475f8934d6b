#!/usr/bin/env bash
# github.com/pb33f/libopenapi-validator v0.16.3, with libopenapi v0.42.5.
#
# OpenAPI 3.1.0, Parameter Object, style and explode: a list in the query is written
# ?p=1&p=2 unless the document says otherwise (style form, explode true). Its schema
# limits the list whichever way it is written. Here maxItems and uniqueItems of the
# way that is the default are not looked at; with explode: false they are.
#
# Seen: of two lists that break a limit each the exploded ones are valid, and the ones
# with commas are not; an item of another type is refused in both.
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
    get:
      parameters: [{name: p, in: query, explode: %t, schema: {type: array, items: {type: integer}, %s}}]
      responses: {"204": {description: done}}
`

func valid(explode bool, limit, target string) bool {
	doc, err := libopenapi.NewDocument([]byte(fmt.Sprintf(document, explode, limit)))
	if err != nil {
		panic(err)
	}
	v, errs := validator.NewValidator(doc)
	if len(errs) > 0 {
		panic(errs)
	}
	q, err := http.NewRequest("GET", "http://localhost"+target, nil)
	if err != nil {
		panic(err)
	}
	ok, _ := v.ValidateHttpRequestSync(q)
	return ok
}

func main() {
	seen := true
	for _, c := range []struct {
		limit, exploded, commas string
		valid                   [2]bool // as seen: exploded, with commas
	}{
		{"maxItems: 2", "/x?p=1&p=2&p=3", "/x?p=1,2,3", [2]bool{true, false}},
		{"uniqueItems: true", "/x?p=1&p=1", "/x?p=1,1", [2]bool{true, false}},
		{"maxItems: 2", "/x?p=1&p=a", "/x?p=1,a", [2]bool{false, false}},
		{"maxItems: 2", "/x?p=1&p=2", "/x?p=1,2", [2]bool{true, true}},
	} {
		got := [2]bool{valid(true, c.limit, c.exploded), valid(false, c.limit, c.commas)}
		fmt.Printf("%s: %s valid %t; explode: false, %s valid %t\n", c.limit, c.exploded, got[0], c.commas, got[1])
		seen = seen && got == c.valid
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
