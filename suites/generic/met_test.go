package generic

import (
	"testing"

	"github.com/hostup/api-conformance/spec"
)

// What the document has beside a parameter is no value of it.
func TestSibling(t *testing.T) {
	operations := []*spec.Operation{{Path: "/files/{id}"}, {Path: "/files/sessions/{session}"}, {Path: "/files/new"}, {Path: "/orgs/{org}/teams/all"}}
	for _, c := range []struct {
		path, name, text string
		want             bool
	}{
		{"/files/{id}", "id", "sessions", true},
		{"/files/{id}", "id", "new", true},
		{"/files/{id}", "id", "news", false},
		{"/files/{id}", "id", "7", false},
		{"/orgs/{org}/teams/{team}", "team", "all", true},
		{"/orgs/{org}", "org", "files", false},
	} {
		if got := sibling(operations, c.path, c.name, c.text); got != c.want {
			t.Errorf("%s of %s: %v for %s, want %v", c.name, c.path, got, c.text, c.want)
		}
	}
}
