package suites_test

import (
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/hostup/api-conformance/reporters"
)

// atTimes answers with 500 the n-th reads of a path for which fails returns true. What
// becomes of other methods is counted apart: an error after HEAD is SHOULD.
func atTimes(fails func(path string, n int) bool) func(_ int64, w http.ResponseWriter, r *http.Request) bool {
	var mu sync.Mutex
	asked := map[string]int{}
	return func(_ int64, w http.ResponseWriter, r *http.Request) bool {
		mu.Lock()
		key := r.Method + " " + r.URL.Path
		asked[key]++
		n := asked[key]
		mu.Unlock()
		if !fails(r.URL.Path, n) {
			return false
		}
		reply(w, http.StatusInternalServerError, "text/plain", "Internal Server Error")
		return true
	}
}

// A server error that the same request does not get again is one cause, of the target,
// and nothing else is concluded from it. What fails again, or at one operation alone and
// often, is a cause of that operation.
func TestServerErrorsNowAndThen(t *testing.T) {
	const target = "HTTP-SERVE-001 | the whole target | status | sporadic"
	once := func(path string, n int) bool {
		return n == 3 && slices.Contains([]string{"/list1", "/list4", "/list7"}, path)
	}
	for _, test := range []struct {
		name   string
		fails  func(path string, n int) bool
		target bool
		of     string // operation that has causes of its own
	}{
		{"once at three operations", once, true, ""},
		{"once at one operation", func(path string, n int) bool { return path == "/list4" && n == 3 }, true, ""},
		{"at one operation, every third time", func(path string, n int) bool { return path == "/list4" && n%3 == 0 }, false, "/list4"},
		{"at one operation, always", func(path string, _ int) bool { return path == "/list5" }, false, "/list5"},
		{"once at three operations, and always at another", func(path string, n int) bool { return path == "/list5" || once(path, n) }, true, "/list5"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			run, err := runYard(t, atTimes(test.fails))
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
					ofTarget = true
				case test.of != "" && strings.HasSuffix(operation, test.of):
					own = own || g.Fails
				default:
					t.Errorf("%s: got %s", g.Signature, g.First.Got)
				}
			}
			if ofTarget != test.target || own != (test.of != "") {
				t.Errorf("a cause of the target %v, of its operation %v", ofTarget, own)
			}
		})
	}
}
