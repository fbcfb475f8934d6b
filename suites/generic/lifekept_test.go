package generic

import (
	"testing"

	"github.com/hostup/api-conformance/spec"
)

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
