package suites_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/hostup/api-conformance/suites"
	"github.com/hostup/api-conformance/suites/config"
)

// A single fault is one cause, of the rule that it breaks.
func TestUnsoundShelves(t *testing.T) {
	unsound(t, shelfDocument, []string{"CONFORMANCE_AUTH_KEY=" + shelfKey}, faultyShelf, map[string]string{
		"forgets what is made":      "SHOULD STATE-CREATE-001 GET /books/{id} status",
		"an address of nothing":     "SHOULD STATE-CREATE-001 POST /books header Location",
		"takes the id":              "SHOULD STATE-READONLY-001 POST /books $.id",
		"another default":           "SHOULD STATE-DEFAULT-001 POST /books $.shelf",
		"numbers of 32 bits":        "MUST HTTP-SERVE-001 POST /books status",
		"keeps what was":            "SHOULD STATE-CHANGE-001 GET /books/{id} $.title",
		"PATCH takes the rest away": "SHOULD STATE-PATCH-001 GET /books/{id} $.blurb",
		"keeps what is deleted":     "SHOULD STATE-DELETE-001 GET /books/{id} status",
		"no key for DELETE":         "MUST AUTH-NONE-001 DELETE /books/{id} status",
		"one tag for all":           "SHOULD HTTP-ETAG-001 GET /books/{id} header ETag",
		"a tag without quotes":      "MUST HTTP-FIELD-001 GET /books/{id} header ETag",
		"304 for any tag":           "MUST HTTP-NONEMATCH-001 GET /books/{id} status",
		"any If-Match":              "MUST HTTP-MATCH-001 PUT /books/{id} status",
		"sends readers to a page":   "SHOULD HTTP-REDIRECT-001 GET /books/{id}/text status",
		"a part that is the whole":  "MUST HTTP-RANGE-001 GET /books/{id}/text body",
	})
}

func TestUnsoundLoans(t *testing.T) {
	unsound(t, loansDocument, loansEnv, faultyLoans, map[string]string{
		"forgets the limit":      "SHOULD LIST-LIMIT-001 GET /members body",
		"forgets the filter":     "SHOULD LIST-FILTER-001 GET /members $[*].state",
		"sorts one way":          "SHOULD LIST-SORT-001 GET /members body",
		"shows a row twice":      "SHOULD LIST-PAGE-001 GET /members body",
		"leaves a row out":       "SHOULD LIST-PAGE-001 GET /members body",
		"forgets the password":   "MUST AUTH-UNKNOWN-001 GET /members status",
		"forgets the app":        "MUST AUTH-NONE-001 GET /members status",
		"fails for one word":     "MUST HTTP-SERVE-001 GET /members status",
		"does not quote":         "MUST HTTP-SERVE-001 GET /members status",
		"fails for films":        "MUST HTTP-SERVE-001 POST /loans status",
		"shows films as neither": "MUST BODY-SCHEMA-001 POST /loans $.item.pages",
	})
}

// unsound runs a server with each of its faults.
func unsound(t *testing.T, document string, environ []string, faulty func(string) http.Handler, faults map[string]string) {
	t.Helper()
	unsoundAt(t, config.Standard, document, environ, faulty, faults)
}

func unsoundAt(t *testing.T, depth config.Depth, document string, environ []string, faulty func(string) http.Handler, faults map[string]string) {
	t.Helper()
	for fault, want := range faults {
		t.Run(fault, func(t *testing.T) {
			t.Parallel()
			server := httptest.NewServer(faulty(fault))
			defer server.Close()
			c, cfg := target(t, document, append([]string{"HOSTUP_BASE_URL=" + server.URL}, environ...)...)
			cfg.Safety, cfg.Settle, cfg.Depth = config.Delete, time.Millisecond, depth
			run, err := suites.Run(t.Context(), cfg, suites.Options{Contract: c})
			if err != nil {
				t.Fatal(err)
			}
			var causes []string
			for _, g := range run.Findings {
				f := g.First
				got := fmt.Sprintf("%s %s %s %s", f.Level, f.Requirement, f.Operation, f.Where)
				causes = append(causes, got)
				if got != want && f.Level == "MUST" && !strings.HasPrefix(f.Requirement, "AUTH-") {
					t.Errorf("%s, want %s alone", got, want)
				}
			}
			if !slices.Contains(causes, want) {
				t.Errorf("%s is not found among %q", want, causes)
			}
		})
	}
}
