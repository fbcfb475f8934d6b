package suites_test

import (
	"maps"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/suites"
	"github.com/hostup/api-conformance/suites/config"
)

// A recording of a run with any document is judged like the run: no findings for a
// conforming server, and the same causes for a faulty one.
func TestReadBack(t *testing.T) {
	for _, s := range soundServers {
		for name, change := range map[string]func(http.Header, []byte) []byte{
			"sound":            func(_ http.Header, body []byte) []byte { return body },
			"numbers as texts": numbersAsTexts,
			"called HTML":      calledHTML,
		} {
			t.Run(s.name+", "+name, func(t *testing.T) {
				server := httptest.NewServer(changing(s.handler(), change))
				defer server.Close()
				c, cfg := target(t, s.document, append([]string{"HOSTUP_BASE_URL=" + server.URL}, s.env...)...)
				cfg.Safety, cfg.Depth, cfg.HAR = config.Delete, config.Quick, filepath.Join(t.TempDir(), "run.har")
				cfg.KeepGoing = true // pages everywhere are no API before the first spec
				run, err := suites.Run(t.Context(), cfg, suites.Options{Contract: c})
				if err != nil {
					t.Fatal(err)
				}
				again, err := suites.Verify(cfg, []string{cfg.HAR}, suites.Options{Contract: c})
				if err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(causes(run, c.Reach().Has), causes(again, c.Reach().Has)); diff != "" {
					t.Errorf("(-run +recording):\n%s", diff)
				}
				if found := len(again.Findings) > 0; name == "sound" && found || name == "called HTML" && !found {
					t.Errorf("findings: %t", found)
				}
			})
		}
	}
}

// causes returns the signatures of findings of rules about a single exchange.
func causes(run *reporters.Run, single func(requirement string) bool) []string {
	found := map[string]bool{}
	for _, g := range run.Findings {
		if single(g.First.Requirement) {
			found[g.Signature] = true
		}
	}
	return slices.Sorted(maps.Keys(found))
}

// changing modifies the JSON of successes.
func changing(h http.Handler, change func(http.Header, []byte) []byte) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		rec := httptest.NewRecorder()
		h.ServeHTTP(rec, r)
		maps.Copy(w.Header(), rec.Header())
		body := rec.Body.Bytes()
		if strings.Contains(w.Header().Get("Content-Type"), "json") && rec.Code < 300 {
			body = change(w.Header(), body)
			w.Header().Del("Content-Length")
		}
		w.WriteHeader(rec.Code)
		_, _ = w.Write(body)
	})
}

var number = regexp.MustCompile(`([\[:,])(-?\d+(?:\.\d+)?)([\],}])`)

func numbersAsTexts(_ http.Header, body []byte) []byte {
	return number.ReplaceAll(body, []byte(`$1"$2"$3`))
}

func calledHTML(h http.Header, body []byte) []byte {
	h.Set("Content-Type", "text/html")
	return body
}
