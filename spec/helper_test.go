package spec_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/hostup/api-conformance/fixtures/golden"
	"github.com/hostup/api-conformance/spec"
)

// The tests of the judge take a golden exchange, change one thing and say what
// the judge has to find: nothing, or exactly the listed findings. A finding is
// written on one line:
//
//	LEVEL ID place keyword | want | got | the line of the document that is named
//
// The line is compared as text, so that the tests survive an edited document.

// A judgement is one case of a table.
type judgement struct {
	name  string
	of    string // the golden exchange that is changed
	edits []edit
	want  []string
}

type edit func(t testing.TB, ex *spec.Exchange)

func does(edits ...edit) []edit { return edits }

var loadOnce = sync.OnceValues(spec.Load)

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

// changed returns a golden exchange of its own with the edits made.
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
					t.Errorf("%s finds something, and Reach does not list it: add it to codeRules", f.Requirement)
				}
			}
			if !slices.Equal(got, j.want) {
				t.Errorf("%s\n got:\n\t%s\nwant:\n\t%s", j.of, strings.Join(got, "\n\t"), strings.Join(j.want, "\n\t"))
			}
		})
	}
}

// line writes a finding on one line, after checking what holds for every one.
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

// pointerOf turns $.entries[0].amount into /entries/0/amount.
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
	text, err := os.ReadFile(filepath.Base(file))
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

// --- edits ------------------------------------------------------------------

// set gives a member or item of the body another value, written as JSON.
func set(pointer, value string) edit {
	return func(t testing.TB, ex *spec.Exchange) {
		if !json.Valid([]byte(value)) {
			t.Fatalf("%s is not JSON", value)
		}
		ex.Response.Body = edited(t, ex.Response.Body, pointer, json.RawMessage(value))
	}
}

// drop takes a member out of the body.
func drop(pointer string) edit {
	return func(t testing.TB, ex *spec.Exchange) { ex.Response.Body = edited(t, ex.Response.Body, pointer, nil) }
}

func edited(t testing.TB, text []byte, pointer string, value any) []byte {
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	var root any
	if err := d.Decode(&root); err != nil {
		t.Fatal(err)
	}
	var put func(v any, path []string) any
	put = func(v any, path []string) any {
		if len(path) == 0 {
			return value
		}
		switch x := v.(type) {
		case map[string]any:
			if next := put(x[path[0]], path[1:]); next == nil {
				delete(x, path[0])
			} else {
				x[path[0]] = next
			}
			return x
		case []any:
			i, err := strconv.Atoi(path[0])
			if path[0] == "-" || err == nil && i == len(x) {
				return append(x, put(nil, path[1:]))
			}
			if err != nil || i >= len(x) {
				t.Fatalf("%s leads nowhere", pointer)
			}
			x[i] = put(x[i], path[1:])
			return x
		}
		t.Fatalf("%s leads nowhere", pointer)
		return nil
	}
	var path []string
	if pointer != "" {
		path = strings.Split(pointer[1:], "/")
	}
	out, err := json.Marshal(put(root, path))
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func body(text string) edit {
	return func(_ testing.TB, ex *spec.Exchange) { ex.Response.Body = []byte(text) }
}

func replaced(old, new string) edit {
	return func(t testing.TB, ex *spec.Exchange) {
		if !bytes.Contains(ex.Response.Body, []byte(old)) {
			t.Fatalf("the body has no %s", old)
		}
		ex.Response.Body = bytes.ReplaceAll(ex.Response.Body, []byte(old), []byte(new))
	}
}

func header(name string, values ...string) edit {
	return func(_ testing.TB, ex *spec.Exchange) {
		ex.Response.Header.Del(name)
		for _, v := range values {
			ex.Response.Header.Add(name, v)
		}
	}
}

func status(n int) edit {
	return func(_ testing.TB, ex *spec.Exchange) { ex.Response.Status = n }
}

// problem makes the status of the Problem document that of the answer.
func problem(n int) edit {
	return func(t testing.TB, ex *spec.Exchange) {
		status(n)(t, ex)
		set("/status", strconv.Itoa(n))(t, ex)
	}
}

func query(raw string) edit {
	return func(_ testing.TB, ex *spec.Exchange) { ex.Request.URL.RawQuery = raw }
}

// sent makes it another request, to no operation in particular.
func sent(method, path string) edit {
	return func(t testing.TB, ex *spec.Exchange) {
		u, err := url.Parse("https://cloud.hostup.se" + path)
		if err != nil {
			t.Fatal(err)
		}
		ex.Operation, ex.Request.Method, ex.Request.URL = "", method, u
	}
}

func asHead(_ testing.TB, ex *spec.Exchange) {
	ex.Request.Method, ex.Response.Body = http.MethodHead, nil
}

func credential(name, value string) edit {
	return func(_ testing.TB, ex *spec.Exchange) { ex.Request.Header.Set(name, value) }
}

func length(n int64) edit {
	return func(_ testing.TB, ex *spec.Exchange) { ex.Response.Length = n }
}

func brokenOff(cause, words string) edit {
	return func(_ testing.TB, ex *spec.Exchange) {
		ex.Response.ReadCause, ex.Response.ReadFailure = cause, words
		ex.Response.Body = ex.Response.Body[:len(ex.Response.Body)/2]
	}
}

func noAnswer(failure string) edit {
	return func(_ testing.TB, ex *spec.Exchange) { ex.Response, ex.Failure = nil, failure }
}

func received(at time.Time) edit {
	return func(_ testing.TB, ex *spec.Exchange) { ex.Response.Received = at }
}

type goldenExchange = golden.Exchange
