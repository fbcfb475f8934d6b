package document

import (
	"slices"
	"testing"
)

// An operator is removed if the parameter is named without it, and kept if the
// parameter's name includes it or if another path would get the same name.
func TestPlainTemplates(t *testing.T) {
	d, err := Load("any.yaml", []byte(`openapi: 3.0.3
paths:
  /a/{.id*}: {get: {parameters: [{$ref: '#/components/parameters/id'}]}}
  /b/{;id}/{name}: {parameters: [{name: id, in: path}]}
  /c/{path*}: {get: {parameters: [{name: 'path*', in: path}]}}
  /d/{?q}: {get: {parameters: [{name: q, in: query}]}}
  /e/{id*}: {get: {parameters: [{name: id, in: path}]}}
  /e/{id}: {get: {parameters: [{name: id, in: path}]}}
components: {parameters: {id: {name: id, in: path}}}
`), nil)
	if err != nil {
		t.Fatal(err)
	}
	paths, _ := d.Child(d.Root, "paths")
	var got []string
	for i := 0; i < len(paths.Content); i += 2 {
		got = append(got, paths.Content[i].Value)
	}
	if want := []string{"/a/{id}", "/b/{id}/{name}", "/c/{path*}", "/d/{?q}", "/e/{id*}", "/e/{id}"}; !slices.Equal(got, want) {
		t.Errorf("paths %q, want %q", got, want)
	}
	if n, _ := d.Child(paths, "/a/{id}"); n == nil {
		t.Error("a path is not found by its new name")
	}
}
