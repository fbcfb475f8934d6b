package generic

import (
	"testing"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/spec/sample"
)

// Servers write texts in their own way; another one, or none, is not what was sent.
func TestChanged(t *testing.T) {
	for _, c := range []struct {
		sent, shown any
		want        bool
	}{
		{"  Two  Words ", "two words", false},
		{"text-kkku5h64", "564", false}, // a number of a telephone
		{"text-kkku5h64", "text-kkku5h65", true},
		{"text-kkku5h64", "", true},
		{"text-kkku5h64", nil, true},
	} {
		if got := changed(c.sent, c.shown, sample.Description{}); got != c.want {
			t.Errorf("%q shown as %q: %v, want %v", c.sent, c.shown, got, c.want)
		}
	}
}

func TestIdentifies(t *testing.T) {
	for _, c := range []struct {
		path, parameter, name string
		want                  bool
	}{
		{"/recipe/{id}", "id", "id", true},
		{"/recipe/{id}", "id", "RecipeID", true},
		{"/recipes/{id}", "id", "recipe_id", true},
		{"/extractor/{extractorId}/", "extractorId", "extractorId", true},
		{"/pools/{pool_name}", "pool_name", "name", true},
		{"/orgs/{org_id}/maps/{map_id}", "map_id", "orgId", true},
		{"/recipes/{id}", "id", "authorId", false},
		{"/recipes/{id}", "id", "name", false},
		{"/recipes/{id}", "id", "title", false},
	} {
		l := &life{get: &spec.Operation{Path: c.path}, name: c.parameter}
		if got := l.identifies(c.name); got != c.want {
			t.Errorf("%s of %s: %v, want %v", c.name, c.path, got, c.want)
		}
	}
}
