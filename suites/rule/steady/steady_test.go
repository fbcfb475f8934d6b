package steady

import (
	"strings"
	"testing"

	"github.com/hostup/api-conformance/suites/rule"
)

// series reads "a=1 b=2 | a=1" as two responses with the rows a and b, whose one property
// v has these values.
func series(text string) (list []rule.Rows) {
	for answer := range strings.SplitSeq(text, "|") {
		rows := rule.Rows{}
		for _, row := range strings.Fields(answer) {
			id, v, _ := strings.Cut(row, "=")
			rows[id] = map[string]string{"v": v}
		}
		list = append(list, rows)
	}
	return list
}

func TestGap(t *testing.T) {
	for _, test := range []struct {
		answers string
		at      int
	}{
		{"a=1 | a=1 | a=1", 0},
		{"a=1 | b=1 | a=1", 1},
		{"a=1 | b=1 | b=1 | a=1", 1},
		{"b=1 | a=1 | a=1", 0}, // added
		{"a=1 | a=1 | b=1", 0}, // removed
		{"b=1 | a=1 | b=1", 0}, // added and pushed off the page
	} {
		if at := gap(series(test.answers), "a"); at != test.at {
			t.Errorf("gap(%q) = %d, want %d", test.answers, at, test.at)
		}
	}
}

func TestRestless(t *testing.T) {
	for _, test := range []struct {
		answers  string
		at, from int
	}{
		{"a=1 | a=1 | a=1", 0, 0},
		{"a=1 | a=2 | a=2", 0, 0},       // changed once
		{"a=1 | a=2 | a=3", 0, 0},       // pending, then paid
		{"a=1 | a=2 | a=1", 2, 1},       // two caches
		{"a=1 | a=2 | b=0 | a=1", 3, 1}, // the row was missing in between
		{"a=1 | a=2 | a=3 | a=4", 3, 2}, // different each time
		{"a=1 | a=1 | a=2 | a=2 | b=0", 0, 0},
	} {
		if at, from := restless(series(test.answers), "a", "v"); at != test.at || from != test.from {
			t.Errorf("restless(%q) = %d, %d, want %d, %d", test.answers, at, from, test.at, test.from)
		}
	}
}
