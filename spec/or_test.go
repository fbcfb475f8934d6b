package spec_test

import (
	"testing"

	"github.com/hostup/api-conformance/spec"
)

func TestOr(t *testing.T) {
	for want, alternatives := range map[string][]string{
		"": nil, "400": {"400"}, "400 or 404": {"400", "404"}, "400, 403 or 404": {"400", "403", "404"},
	} {
		if got := spec.Or(alternatives); got != want {
			t.Errorf("Or(%q) = %q, want %q", alternatives, got, want)
		}
	}
}
