#!/usr/bin/env bash
# github.com/getkin/kin-openapi v0.153.0, openapi3.
#
# OpenAPI 3.0.3 and 3.1.0, Discriminator Object: the value names a schema of the
# components, and a mapping says another schema for some values; what it does not list
# keeps its name (the example of the specification maps two of four alternatives).
# Here a mapping, once there, is the whole list: a value that only the name of a schema
# explains is refused.
#
# Seen: with a mapping for Cat alone {"kind": "Dog"} is refused, in 3.0 and 3.1; without
# a mapping, and with one that lists Dog, it is valid.
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
	"os"

	"github.com/getkin/kin-openapi/openapi3"
)

const document = `
openapi: %s
info: {title: t, version: "1"}
paths: {}
components:
  schemas:
    Pet:
      oneOf: [{$ref: "#/components/schemas/Cat"}, {$ref: "#/components/schemas/Dog"}]
      discriminator: {propertyName: kind%s}
    Cat: {type: object, required: [kind, lives], properties: {kind: {type: string}, lives: {type: integer}}}
    Dog: {type: object, required: [kind, bark], properties: {kind: {type: string}, bark: {type: string}}}
`

func main() {
	seen := true
	for _, version := range []string{"3.0.3", "3.1.0"} {
		for _, c := range []struct {
			mapping string
			valid   bool // as seen
		}{
			{"", true},
			{`, mapping: {cat: "#/components/schemas/Cat"}`, false}, // valid by the specification
			{`, mapping: {cat: "#/components/schemas/Cat", Dog: "#/components/schemas/Dog"}`, true},
		} {
			doc, err := openapi3.NewLoader().LoadFromData([]byte(fmt.Sprintf(document, version, c.mapping)))
			if err != nil {
				panic(err)
			}
			if err := doc.Validate(context.Background()); err != nil {
				panic(err)
			}
			err = doc.Components.Schemas["Pet"].Value.VisitJSON(map[string]any{"kind": "Dog", "bark": "loud"})
			fmt.Printf("%s, propertyName: kind%s: a Dog is valid: %t\n", version, c.mapping, err == nil)
			seen = seen && (err == nil) == c.valid
		}
	}
	if !seen {
		fmt.Println("this is not what was seen")
		os.Exit(1)
	}
}
GO
go mod init finding >/dev/null 2>&1
go get github.com/getkin/kin-openapi/openapi3@v0.153.0 >/dev/null 2>&1
go run .
