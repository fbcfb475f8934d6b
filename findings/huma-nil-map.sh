#!/usr/bin/env bash
# github.com/danielgtaylor/huma/v2 v2.37.2, with its adapter humago.
#
# OpenAPI 3.1.0, Schema Object (https://spec.openapis.org/oas/v3.1.0#schema-object): null meets
# a schema only if its type says so. Huma makes the document from the types of Go, in which
# what was not set is nil, and JSON has null for it. Its documentation
# (https://huma.rocks/features/request-validation/#nullable) has slices and pointers to
# numbers and strings as nullable for that reason, and pointers to structs as not, because
# tools understand anyOf badly. It names neither maps nor []byte: a required object and a
# required text of the document are null in the answer. A client that was generated from the
# document of the same server cannot read it.
#
# Seen: null in place of an object (map, pointer to a struct) and of a string ([]byte); null
# for a slice and for a pointer to a string, whose types have it.
# Exits 1 if that changes.
set -euo pipefail
dir=$(mktemp -d)
trap 'chmod -R u+w "$dir"; rm -rf "$dir"' EXIT
cd "$dir"
cat > main.go <<'GO'
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"
)

type part struct {
	A int `json:"a"`
}

type thing struct {
	Map    map[string]int `json:"map"`
	Bytes  []byte         `json:"bytes"`
	Struct *part          `json:"struct"`
	Slice  []string       `json:"slice"`
	Text   *string        `json:"text"`
}

type output struct{ Body thing }

func main() {
	mux := http.NewServeMux()
	api := humago.New(mux, huma.DefaultConfig("t", "1"))
	huma.Get(api, "/x", func(context.Context, *struct{}) (*output, error) { return &output{}, nil })
	answer := func(path string, into any) {
		w := httptest.NewRecorder()
		mux.ServeHTTP(w, httptest.NewRequest("GET", path, nil))
		if err := json.Unmarshal(w.Body.Bytes(), into); err != nil {
			panic(err)
		}
	}
	type schema struct {
		Ref        string `json:"$ref"`
		Type       any
		Properties map[string]schema
		Required   []string
	}
	var document struct{ Components struct{ Schemas map[string]schema } }
	answer("/openapi.json", &document)
	schemas := document.Components.Schemas
	var body map[string]any
	answer("/x", &body)

	seen := len(schemas["Thing"].Required) == 5
	for name, want := range map[string]string{
		"map": "object", "bytes": "string", "struct": "object", "slice": "[array null]", "text": "[string null]",
	} {
		s := schemas["Thing"].Properties[name]
		if s.Ref != "" {
			s = schemas["Part"]
		}
		value, sent := body[name]
		fmt.Printf("%s: type %v in the document, %v in the answer\n", name, s.Type, value)
		seen = seen && fmt.Sprint(s.Type) == want && sent && value == nil
	}
	if !seen {
		fmt.Println("this is not what was seen")
		os.Exit(1)
	}
}
GO
go mod init finding >/dev/null 2>&1
go get github.com/danielgtaylor/huma/v2@v2.37.2 >/dev/null 2>&1
go run .
