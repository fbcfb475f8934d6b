#!/usr/bin/env bash
# github.com/pb33f/jsonschema/v6 v6.0.3, the compiler below libopenapi-validator.
#
# Compiling the schemas of an OpenAPI document one by one, by JSON Pointer and with
# one compiler, costs the square of their number: for each schema that does not
# stand under a keyword of JSON Schema ("/components/schemas/S7") the compiler
# copies what it knows of the whole resource. The same schemas under $defs cost what
# they are: four times as many allocate about four times as much.
#
# Seen: four times as many schemas allocate about 13 times as much under
# /components/schemas, and about 4 times under /$defs.
# Exits 1 if that changes.
set -euo pipefail
dir=$(mktemp -d)
trap 'chmod -R u+w "$dir"; rm -rf "$dir"' EXIT
cd "$dir"
cat > main.go <<'GO'
package main

import (
	"fmt"
	"os"
	"runtime"

	"github.com/pb33f/jsonschema/v6"
)

// allocated is how many bytes it takes to compile n schemas, each by its pointer.
func allocated(n int, path ...string) uint64 {
	schemas := map[string]any{}
	for i := range n {
		schemas[fmt.Sprint("S", i)] = map[string]any{"type": "object", "properties": map[string]any{"a": map[string]any{"type": "string"}}}
	}
	var doc any = schemas
	pointer := ""
	for i := len(path) - 1; i >= 0; i-- {
		doc = map[string]any{path[i]: doc}
		pointer = "/" + path[i] + pointer
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("https://example.com/doc", doc); err != nil {
		panic(err)
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for i := range n {
		c.MustCompile(fmt.Sprintf("https://example.com/doc#%s/S%d", pointer, i))
	}
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

func main() {
	elsewhere := float64(allocated(2000, "components", "schemas")) / float64(allocated(500, "components", "schemas"))
	defs := float64(allocated(2000, "$defs")) / float64(allocated(500, "$defs"))
	fmt.Printf("2000 schemas allocate %.1f times as much as 500 under /components/schemas, %.1f times under /$defs\n", elsewhere, defs)
	if elsewhere < 7 || defs > 5 {
		fmt.Println("this is not what was seen")
		os.Exit(1)
	}
}
GO
go mod init finding >/dev/null 2>&1
go get github.com/pb33f/jsonschema/v6@v6.0.3 >/dev/null 2>&1
go run .
