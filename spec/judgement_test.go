package spec_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/hostup/api-conformance/fixtures/golden"
	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/spec/packs"
)

// The tests of the judge take a golden exchange, change one thing, and state what the
// judge must find: nothing, or exactly the listed findings. A finding is written on one
// line:
//
//	LEVEL ID place keyword | want | got | the line of the document that is named
//
// The document line is compared as text, so that the tests survive edits of the document.

// A judgement is one case of a table.
type judgement struct {
	name  string
	of    string // the golden exchange to change
	edits []edit
	want  []string
}

var loadOnce = sync.OnceValues(packs.Default)

func contract(t testing.TB) *spec.Contract {
	t.Helper()
	c, err := loadOnce()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

var goldenOnce = sync.OnceValues(golden.All)

func exchanges(t testing.TB) []golden.Exchange {
	t.Helper()
	all, err := goldenOnce()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// changed returns a copy of a golden exchange with the edits made.
func changed(t testing.TB, name string, edits ...edit) spec.Exchange {
	t.Helper()
	for _, g := range exchanges(t) {
		if g.Name == name {
			ex := copyOf(g.Exchange)
			for _, e := range edits {
				e(t, &ex)
			}
			return ex
		}
	}
	t.Fatalf("no golden exchange %s", name)
	return spec.Exchange{}
}

func copyOf(ex spec.Exchange) spec.Exchange {
	u := *ex.Request.URL
	ex.Request.URL = &u
	ex.Request.Header = ex.Request.Header.Clone()
	ex.Request.Body = slices.Clone(ex.Request.Body)
	if ex.Response != nil {
		r := *ex.Response
		r.Header, r.Body = r.Header.Clone(), slices.Clone(r.Body)
		ex.Response = &r
	}
	return ex
}

func judge(t *testing.T, table []judgement) {
	t.Helper()
	c := contract(t)
	for _, j := range table {
		t.Run(j.name, func(t *testing.T) {
			t.Helper()
			ex := changed(t, j.of, j.edits...)
			findings := c.Check(ex)
			reached := c.Reach().Of(ex)
			var got []string
			for _, f := range findings {
				got = append(got, line(t, c, f))
				if !slices.Contains(reached, f.Requirement) {
					t.Errorf("%s finds something, and Reach does not list it: add that to its rule", f.Requirement)
				}
			}
			if !slices.Equal(got, j.want) {
				t.Errorf("%s\n got:\n\t%s\nwant:\n\t%s", j.of, strings.Join(got, "\n\t"), strings.Join(j.want, "\n\t"))
			}
		})
	}
}

// line returns a finding on one line, after checks that apply to every finding.
func line(t testing.TB, c *spec.Contract, f spec.Finding) string {
	t.Helper()
	r, ok := c.Requirement(f.Requirement)
	if !ok {
		t.Errorf("%s is not in the catalogue", f.Requirement)
	}
	if f.Level != r.Level {
		t.Errorf("%s has level %s, the catalogue says %s", f.Requirement, f.Level, r.Level)
	}
	if f.Want == "" || f.Got == "" || f.Where == "" || f.Keyword == "" {
		t.Errorf("a finding without words: %+v", f)
	}
	if f.InBody && f.Pointer != pointerOf(f.Where) {
		t.Errorf("pointer %q does not lead to %s", f.Pointer, f.Where)
	}
	s := fmt.Sprintf("%s %s %s %s | %s | %s", f.Level, f.Requirement, f.Where, f.Keyword, f.Want, f.Got)
	if f.File != "" {
		s += " | " + textAt(t, f.File, f.Line)
	}
	return s
}

// pointerOf converts $.entries[0].amount to /entries/0/amount.
func pointerOf(where string) string {
	var b strings.Builder
	for rest := strings.TrimPrefix(where, "$"); rest != ""; {
		var token string
		switch {
		case strings.HasPrefix(rest, `["`):
			quoted, _ := strconv.QuotedPrefix(rest[1:])
			token, _ = strconv.Unquote(quoted)
			rest = rest[len(quoted)+2:]
		case rest[0] == '[':
			token, rest, _ = strings.Cut(rest[1:], "]")
		default:
			rest = rest[1:]
			end := strings.IndexAny(rest, ".[")
			if end < 0 {
				end = len(rest)
			}
			token, rest = rest[:end], rest[end:]
		}
		b.WriteString("/" + strings.NewReplacer("~", "~0", "/", "~1").Replace(token))
	}
	return b.String()
}

func textAt(t testing.TB, file string, n int) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", file))
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(string(text), "\n")
	if n < 1 || n > len(lines) {
		t.Fatalf("%s has no line %d", file, n)
	}
	where := ""
	if strings.Contains(file, "overlay") {
		where = "overlay "
	}
	return where + strings.TrimSpace(lines[n-1])
}
