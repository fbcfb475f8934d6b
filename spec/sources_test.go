package spec_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestSources: a source is the URL of a page, the name of a page whose URL is unknown, or
// a standard. It is not the name of a file that readers do not have.
func TestSources(t *testing.T) {
	address := regexp.MustCompile(`^https://developer\.hostup\.se/(errors(, and the page of each code below it)?|endpoints/[a-z-]+/(get|post|delete)-[a-z0-9-]+)( and https://\S+| and the (other )?pages of v[12])?(: .+|$)`)
	for _, q := range contract(t).Requirements() {
		for _, s := range q.Sources {
			if strings.HasPrefix(s, "https://") && !address.MatchString(s) {
				t.Errorf("%s: %q is no address of a page and a place there", q.ID, s)
			}
		}
	}
	for _, file := range []string{"requirements.yaml", "openapi.yaml", "strict.overlay.yaml", "profiles.yaml"} {
		text, err := os.ReadFile(filepath.Join("hostup", file))
		if err != nil {
			t.Fatal(err)
		}
		if m := regexp.MustCompile(`\bseed \d|[0-9]{3}_[0-9a-f]{16}|\.txt\b|\bpage (get|post|delete)-`).Find(text); m != nil {
			t.Errorf("%s names %q, which nobody can follow", file, m)
		}
	}
}
