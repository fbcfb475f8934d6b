package changes_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/hostup/api-conformance/fixtures/pairs"
	"github.com/hostup/api-conformance/spec/changes"
)

// TestPairs has one change in each pair: whether it is breaking, and what the line says.
// The reverse direction is tested with the same documents.
func TestPairs(t *testing.T) {
	all, err := pairs.All()
	if err != nil {
		t.Fatal(err)
	}
	if len(all) < 60 {
		t.Fatalf("%d pairs", len(all))
	}
	for _, p := range all {
		t.Run(p.Name, func(t *testing.T) {
			list := compare(t, string(p.Old), string(p.New))
			breaking := 0
			var lines strings.Builder
			for _, c := range list {
				if c.Breaking {
					breaking++
				}
				fmt.Fprintln(&lines, c)
			}
			if (breaking > 0) != p.Breaking {
				t.Errorf("%d breaking, want breaking %v:\n%s", breaking, p.Breaking, lines.String())
			}
			if p.None && len(list) > 0 {
				t.Errorf("want no change:\n%s", lines.String())
			}
			if !p.None && len(list) == 0 && p.Text != "" {
				t.Error("no change")
			}
			if !strings.Contains(lines.String(), p.Text) {
				t.Errorf("want %q in:\n%s", p.Text, lines.String())
			}
		})
	}
}

var today = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)

// compare compares two documents as of 1 January 2026.
func compare(t *testing.T, old, new string) []changes.Change {
	t.Helper()
	list, err := changes.Compare(changes.Document{Name: "old.yaml", Text: []byte(old)}, changes.Document{Name: "new.yaml", Text: []byte(new)},
		today)
	if err != nil {
		t.Fatal(err)
	}
	return list
}
