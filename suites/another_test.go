package suites_test

import (
	"net/http"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/hostup/api-conformance/reporters"
)

// Another application that answers half of the requests is one cause, of the target, and
// nothing else is concluded from its answers: what is wrong with the API is found as
// before. An operation that alone has two answers is one that has them.
func TestAnotherApplicationAnswers(t *testing.T) {
	const target = "HTTP-ANSWER-001 | the whole target | response | another-application"
	html := "<html><body><h1>It works!</h1></body></html>"
	all := func(*http.Request) bool { return true }
	one := func(r *http.Request) bool { return r.URL.Path == "/list4" }
	for _, test := range []struct {
		name      string
		status    int
		mediaType string
		body      func(r *http.Request) any
		at        func(r *http.Request) bool
		broken    string // an operation of the API that always fails
		target    bool
		of        string // operation that has causes of its own
	}{
		{"JSON of another form", 200, "application/json", says(map[string]string{"service": "legacy"}), all, "", true, ""},
		{"a page", 200, "text/html", says(html), all, "", true, ""},
		{"nothing", 200, "", says(""), all, "", true, ""},
		{"404 with a page", 404, "text/html", says(html), all, "", true, ""},
		{"404 with the address", 404, "application/json", func(r *http.Request) any { return map[string]string{"message": "no route " + r.RequestURI} }, all, "", true, ""},
		{"another log-in", 401, "application/json", says(map[string]string{"message": "who?"}), all, "", true, ""},
		{"a page, and an operation that fails", 200, "text/html", says(html), all, "/list5", true, "/list5"},
		{"a page at one operation", 200, "text/html", says(html), one, "", false, "/list4"},
		{"404 with a page at one operation", 404, "text/html", says(html), one, "", false, "/list4"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			var served atomic.Int64
			run, err := runYard(t, func(_ int64, w http.ResponseWriter, r *http.Request) bool {
				switch {
				case test.at(r) && served.Add(1)%2 == 0:
					reply(w, test.status, test.mediaType, test.body(r))
				case r.URL.Path == test.broken && r.Header.Get("Authorization") == "Bearer yard-key-1":
					reply(w, http.StatusOK, "application/json", map[string]int{"a": 1})
				default:
					return false
				}
				return true
			})
			if run == nil {
				t.Fatal(err)
			}
			if run.Target.Outage != nil || run.Verdict != reporters.NonConformant {
				t.Errorf("verdict %s, outage %v", run.Verdict, run.Target.Outage)
			}
			ofTarget, own := false, false
			for _, g := range run.Findings {
				switch operation := g.First.Operation; {
				case g.Signature == target:
					ofTarget = g.Fails
				case test.of != "" && strings.HasSuffix(operation, test.of):
					own = own || g.Fails
				default:
					t.Errorf("%s: got %s", g.Signature, g.First.Got)
				}
			}
			if ofTarget != test.target || own != (test.of != "") {
				t.Errorf("a cause of the target %v, of its operation %v", ofTarget, own)
			}
			if passed := passedSpecs(run); passed < len(run.Specs)/2 {
				t.Errorf("%d of %d specs passed", passed, len(run.Specs))
			}
		})
	}
}

// Another application that answers most requests, or begins to answer some of them in the
// middle of a run, is one cause as well, beside the few that it gives until it is found.
// One that answers everything from some request on ends the run.
func TestAnotherApplicationAppears(t *testing.T) {
	html := "<html><body><h1>It works!</h1></body></html>"
	for _, other := range []struct {
		name      string
		status    int
		mediaType string
		body      any
	}{
		{"JSON of another form", 200, "application/json", map[string]string{"service": "legacy"}},
		{"a page", 200, "text/html", html},
		{"404 with a page", 404, "text/html", html},
		{"404 in JSON", 404, "application/json", map[string]string{"message": "no route"}},
	} {
		for _, test := range []struct {
			name string
			its  func(n int64) bool
			got  string
		}{
			{"most", func(n int64) bool { return n%8 != 0 }, "another application answers now and then"},
			{"half, from request 40 on", func(n int64) bool { return n > 40 && n%2 == 0 }, "another application answers now and then"},
			{"few, from request 40 on", func(n int64) bool { return n > 40 && n%4 == 0 }, "another application answers now and then"},
			{"all, from request 40 on", func(n int64) bool { return n > 40 }, "the target changed at"},
		} {
			t.Run(other.name+", "+test.name, func(t *testing.T) {
				t.Parallel()
				run, err := runYard(t, func(n int64, w http.ResponseWriter, _ *http.Request) bool {
					if !test.its(n) {
						return false
					}
					reply(w, other.status, other.mediaType, other.body)
					return true
				})
				if run == nil || run.Target.Outage != nil && run.Target.Outage.Kind == reporters.OutageSame {
					t.Fatal(err)
				}
				its, early := 0, 0
				for _, g := range run.Findings {
					if strings.Contains(g.First.Got, test.got) {
						its++
					} else if early++; early > 6 {
						t.Errorf("%s: got %s", g.Signature, g.First.Got)
					}
				}
				if its != 1 {
					t.Errorf("%d causes of %q", its, test.got)
				}
			})
		}
	}
}

func says(v any) func(*http.Request) any { return func(*http.Request) any { return v } }

func passedSpecs(run *reporters.Run) (n int) {
	for _, s := range run.Specs {
		if s.Outcome == reporters.Passed {
			n++
		}
	}
	return n
}
