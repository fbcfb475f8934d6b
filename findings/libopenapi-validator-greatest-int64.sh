#!/usr/bin/env bash
# github.com/pb33f/libopenapi-validator v0.16.3, with libopenapi v0.42.5, and
# WithFormatAssertions.
#
# OpenAPI 3.1.0, Data Types: int64 is a signed 64-bit integer, so that 2^63-1, which is
# 9223372036854775807, is the greatest one. Here bodies are numbers of 53 bits, which
# makes 2^63 of it: the greatest int64 is refused as no int64, and so are the 511 below it.
# In the query, where a value is read as text, the same number is an int64.
#
# Seen: 9223372036854775807 and ...5296 are refused in a body, ...5295 is valid; in the
# query all three are valid, and 2^63 is not.
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
	"strings"

	"github.com/pb33f/libopenapi"
	validator "github.com/pb33f/libopenapi-validator"
	"github.com/pb33f/libopenapi-validator/config"
)

const document = `
openapi: 3.1.0
info: {title: t, version: "1"}
paths:
  /x:
    post:
      parameters: [{name: p, in: query, schema: {type: integer, format: int64}}]
      requestBody: {required: true, content: {application/json: {schema: {type: integer, format: int64}}}}
      responses: {"204": {description: done}}
`

func main() {
	doc, err := libopenapi.NewDocument([]byte(document))
	if err != nil {
		panic(err)
	}
	v, errs := validator.NewValidator(doc, config.WithFormatAssertions())
	if len(errs) > 0 {
		panic(errs)
	}
	valid := func(query, body string) bool {
		q, err := http.NewRequest("POST", "http://localhost/x?p="+query, strings.NewReader(body))
		if err != nil {
			panic(err)
		}
		q.Header.Set("Content-Type", "application/json")
		ok, _ := v.ValidateHttpRequestSync(q)
		return ok
	}
	seen := true
	for _, c := range []struct {
		number      string
		body, query bool // valid there, as seen
	}{
		{"9223372036854775807", false, true}, {"9223372036854775296", false, true}, // valid by the specification
		{"9223372036854775295", true, true}, {"-9223372036854775808", true, true},
		{"9223372036854775808", false, false},
	} {
		body, query := valid("1", c.number), valid(c.number, "1")
		fmt.Printf("%s: valid int64 in a body %t, in the query %t\n", c.number, body, query)
		seen = seen && body == c.body && query == c.query
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
