#!/usr/bin/env bash
# github.com/pb33f/jsonpath v0.8.5, which applies OpenAPI Overlays in libopenapi.
#
# RFC 9535 section 2.4.6 and 2.4.7: match() and search() of a member that is not
# there (Nothing) are false, so that a filter selects no node without the member.
# Here such a filter selects every node that lacks it. An action of an overlay with
# that target then updates nearly all of the document.
#
# Seen: $.list[?search(@.name, 'x')] selects two of three nodes, those without name.
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

	"github.com/pb33f/go-yaml"
	"github.com/pb33f/jsonpath/pkg/jsonpath"
)

func main() {
	var doc yaml.Node
	if err := yaml.Unmarshal([]byte("list: [{name: other}, {id: 1}, {id: 2}]"), &doc); err != nil {
		panic(err)
	}
	wrong := true
	for _, function := range []string{"search", "match"} {
		path, err := jsonpath.NewPath("$.list[?" + function + "(@.name, 'x')]")
		if err != nil {
			panic(err)
		}
		n := len(path.Query(doc.Content[0]))
		fmt.Printf("%s(@.name, 'x') selects %d of 3 nodes, of which none has a name with an x\n", function, n)
		wrong = wrong && n == 2
	}
	if !wrong {
		fmt.Println("this is not what was seen")
		os.Exit(1)
	}
}
GO
go mod init finding >/dev/null 2>&1
go get github.com/pb33f/jsonpath@v0.8.5 github.com/pb33f/go-yaml@v0.1.1 >/dev/null 2>&1
go run .
