package document_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/hostup/api-conformance/spec/document"
)

// Every reported problem has a documented kind, and every kind is reported.
func TestRules(t *testing.T) {
	form := regexp.MustCompile(`"(DOC-[A-Z]+-[0-9]{3})"`)
	reported := map[string]string{}
	for _, room := range []string{"../../spec", "../../suites", "../../reporters"} {
		err := filepath.WalkDir(room, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") || filepath.Base(path) == "rules.go" {
				return err
			}
			text, err := os.ReadFile(path)
			for _, m := range form.FindAllSubmatch(text, -1) {
				reported[string(m[1])] = path
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	for id, path := range reported {
		if _, ok := document.RuleOf(id); !ok {
			t.Errorf("%s reports %s, of which nothing is told", path, id)
		}
	}
	for _, r := range document.Rules() {
		if reported[r.ID] == "" {
			t.Errorf("nothing reports %s", r.ID)
		}
	}
	if !slices.IsSortedFunc(document.Rules(), func(a, b document.Rule) int { return strings.Compare(a.ID, b.ID) }) {
		t.Error("the kinds are not in order")
	}
}
