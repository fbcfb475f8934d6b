package suites_test

import (
	"context"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/hostup/api-conformance/suites"
	"github.com/hostup/api-conformance/suites/config"
)

// What is added to a list in pages may be on another page: nothing is concluded from the
// first one, so the run does not wait until the time to settle is over. That holds where
// the total counts the rows of a page, too, which is one finding.
func TestClubInPages(t *testing.T) {
	for fault, want := range map[string]string{"": "", "counts the rows of a page": "LIST-TOTAL-001 GET /games $.total"} {
		t.Run(fault, func(t *testing.T) {
			t.Parallel()
			club := faultyClub(fault).(*club)
			for range 20 {
				club.add(club.of["key-a"], map[string]any{"title": "chess"})
			}
			server := httptest.NewServer(club)
			defer server.Close()
			c, cfg := target(t, clubDocument, append(clubKeys(t), "HOSTUP_BASE_URL="+server.URL)...)
			cfg.Safety, cfg.Settle = config.Write, time.Hour
			ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
			defer cancel()
			run, err := suites.Run(ctx, cfg, suites.Options{Contract: c})
			if err != nil {
				t.Fatal(err)
			}
			var causes []string
			for _, g := range run.Findings {
				causes = append(causes, g.First.Requirement+" "+g.First.Operation+" "+g.First.Where)
			}
			if run.Interrupted || strings.Join(causes, ", ") != want {
				t.Errorf("interrupted %t, causes %q, want %q", run.Interrupted, causes, want)
			}
		})
	}
}

// What is added is in its list until it is deleted, lists show each thing once and to whom
// it belongs, and a change leaves alone what it does not name.
func TestUnsoundClub(t *testing.T) {
	unsound(t, clubDocument, clubKeys(t), faultyClub, map[string]string{
		"forgets the tag":                   "SHOULD STATE-LIST-001 GET /tags body",
		"shows a tag twice":                 "SHOULD LIST-UNIQUE-001 GET /tags body",
		"finds nothing to delete":           "SHOULD STATE-DELETE-001 DELETE /tags/{name} status",
		"keeps what is deleted":             "SHOULD STATE-DELETE-001 GET /tags body",
		"fails for a tag that there is":     "MUST HTTP-SERVE-001 POST /tags status",
		"fails for an unknown parent":       "MUST HTTP-SERVE-001 POST /games status",
		"moves of all games":                "SHOULD STATE-LIST-001 GET /games/{gameId}/moves body",
		"forgets the text":                  "SHOULD STATE-CREATE-002 POST /games/{gameId}/moves $.text",
		"lists the games of others":         "SHOULD OWN-ACCESS-001 GET /games body",
		"counts one page more":              "SHOULD LIST-TOTAL-001 GET /games $.pages",
		"leaves the last row of a page out": "SHOULD LIST-PAGE-001 GET /games body",
		"PUT merges":                        "SHOULD STATE-REPLACE-001 GET /rules body",
		"PATCH takes the rest away":         "SHOULD STATE-PATCH-001 GET /profile $.city",
		"does not quote":                    "MUST HTTP-SERVE-001 PATCH /profile status",
		"any origin":                        "SHOULD HTTP-CORS-002 HEAD /tags header Access-Control-Allow-Origin",
	})
}
