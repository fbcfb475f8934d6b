package text

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/reporters/internal/escape"
	"github.com/hostup/api-conformance/spec"
)

// columns of the table, for each level.
var columns = [...]struct {
	head     string
	outcomes []reporters.Outcome
}{
	{"pass", []reporters.Outcome{reporters.Passed}},
	{"warn", []reporters.Outcome{reporters.Warned}},
	{"fail", []reporters.Outcome{reporters.Failed, reporters.Errored}},
	{"skip", []reporters.Outcome{reporters.Skipped}},
}

// A cell counts specs of one level with one outcome.
type cell struct {
	level   spec.Level
	outcome reporters.Outcome
}

// cells counts the specs of each operation.
func cells(run *reporters.Run) map[string]map[cell]int {
	rows := map[string]map[cell]int{}
	for _, s := range run.Specs {
		level := spec.Must
		if s.Level == spec.Should {
			level = spec.Should
		}
		if rows[s.Operation] == nil {
			rows[s.Operation] = map[cell]int{}
		}
		rows[s.Operation][cell{level, s.Outcome}]++
	}
	return rows
}

// table counts specs by operation, level and outcome.
func (t *text) table() {
	if len(t.run.Specs) == 0 {
		return
	}
	rows := cells(t.run)
	const numbers = 2 * (3 + 5*len(columns)) // width of the counts
	room := 0
	if t.opt.Width > 0 {
		room = max(t.opt.Width-numbers, 12)
	}
	names := slices.Sorted(maps.Keys(rows))
	if names[0] == "" { // specs of no single operation come last
		names = append(names[1:], "")
	}
	shown, width := map[string]string{}, len("specs by operation")
	if room > 0 {
		width = min(width, room)
	}
	for _, name := range names {
		shown[name] = escape.Middle(escape.Line(cmp.Or(name, "(several operations)"), escape.PlaceLimit), room)
		width = max(width, utf8.RuneCountInString(shown[name]))
	}

	title, heads := pad("", width), pad(escape.Middle("specs by operation", width), width)
	for _, level := range []spec.Level{spec.Must, spec.Should} {
		title += fmt.Sprintf("   %*s", 5*len(columns), level)
		heads += "   "
		for _, c := range columns {
			heads += fmt.Sprintf("%5s", c.head)
		}
	}
	t.printf("%s\n%s\n", t.Dim(title), t.Dim(heads))
	for _, name := range names {
		t.printf("%s", pad(shown[name], width))
		for _, level := range []spec.Level{spec.Must, spec.Should} {
			t.printf("   ")
			for _, c := range columns {
				n := 0
				for _, o := range c.outcomes {
					n += rows[name][cell{level, o}]
				}
				t.printf("%s", t.number(n, c.head))
			}
		}
		t.printf("\n")
	}
	t.printf("\n")
}

// number returns a count in the table; 0 is a dot, so that the rest stands out.
func (t *text) number(n int, column string) string {
	if n == 0 {
		return t.Dim("    .")
	}
	s := fmt.Sprintf("%5d", n)
	switch column {
	case "fail":
		return t.Red(s)
	case "warn", "skip":
		return t.Yellow(s)
	}
	return s
}

func pad(s string, width int) string {
	return s + strings.Repeat(" ", max(0, width-utf8.RuneCountInString(s)))
}
