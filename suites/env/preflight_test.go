package env_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/hostup/api-conformance/spec/packs"
	"github.com/hostup/api-conformance/suites/internal/targettest"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/suites/config"
	"github.com/hostup/api-conformance/suites/env"
	"github.com/hostup/api-conformance/suites/hostup"
)

// TestPreflight: a failure that all operations share is an outage; a failure of one of
// them never is.
func TestPreflight(t *testing.T) {
	contract, err := packs.Default()
	if err != nil {
		t.Fatal(err)
	}
	type page struct {
		status          int
		mediaType, body string
	}
	html := func(status int) page { return page{status, "text/html; charset=utf-8", "<html>"} }
	json := func(status int, body string) page { return page{status, "application/json", body} }
	const activity, cards = "/api/v2/billing/activity", "/api/v2/billing/cards"
	for name, tt := range map[string]struct {
		rest   page
		others map[string]page
		noKey  bool
		want   string
	}{
		"502 everywhere":                       {rest: html(502), want: reporters.OutageError},
		"502 and 504":                          {rest: html(502), others: map[string]page{cards: json(504, "{}")}, want: reporters.OutageError},
		"502 but for one":                      {rest: html(502), others: map[string]page{cards: json(200, "[]")}},
		"502, and one that judges the request": {rest: html(502), others: map[string]page{cards: json(400, "{}")}},
		"404 everywhere":                       {rest: json(404, "{}"), want: reporters.OutageAbsent},
		"404 and 501":                          {rest: html(404), others: map[string]page{activity: html(501)}, want: reporters.OutageAbsent},
		"404 and a page":                       {rest: html(200), others: map[string]page{activity: html(404)}, want: reporters.OutageAbsent},
		"404 but for one":                      {rest: json(404, "{}"), others: map[string]page{cards: json(200, "{}")}},
		"404, and one that fails":              {rest: json(404, "{}"), others: map[string]page{cards: json(500, "{}")}},
		"a page everywhere":                    {rest: html(200), want: reporters.OutagePage},
		"a page that forbids":                  {rest: html(403), want: reporters.OutagePage},
		"a redirect everywhere":                {rest: page{status: 302}, want: reporters.OutageRedirect},
		"401 everywhere":                       {rest: json(401, "{}"), want: reporters.OutageKey},
		"401 and 403":                          {rest: json(401, "{}"), others: map[string]page{cards: json(403, "{}")}, want: reporters.OutageKey},
		"401 but for one":                      {rest: json(401, "{}"), others: map[string]page{cards: json(200, "[]")}},
		"401 without a key":                    {rest: json(401, "{}"), noKey: true},
		"the same everywhere":                  {rest: json(200, `{"status":"ok"}`), want: reporters.OutageSame},
		"empty lists, and what is not there":   {rest: json(404, "{}"), others: map[string]page{activity: json(200, "[]"), cards: json(200, "[]")}},
		"the same but for one":                 {rest: json(200, "{}"), others: map[string]page{cards: json(200, "[]")}},
		"nothing to say":                       {rest: page{status: 204}, want: reporters.OutageSame},
		"an empty body":                        {rest: json(200, ""), want: reporters.OutageSame},
		"400 everywhere":                       {rest: json(400, `{"error":"missing X-Tenant"}`), want: reporters.OutageSame},
		"an error of its own each":             {rest: json(400, `{"error":"what?"}`), others: map[string]page{cards: json(400, `{"error":"no page"}`)}},
		"410 everywhere":                       {rest: html(410), want: reporters.OutageAbsent},
		"407 everywhere":                       {rest: page{407, "text/plain", "no"}, want: reporters.OutageSame},
		"418 everywhere":                       {rest: page{418, "text/plain", "no"}, want: reporters.OutageSame},
		"400 but for one":                      {rest: json(400, "{}"), others: map[string]page{cards: json(200, "[]")}},
		"mostly 502":                           {rest: html(502), others: map[string]page{activity: html(404)}, want: reporters.OutageError},
		"one operation of two fails":           {rest: json(200, "{}"), others: map[string]page{activity: json(500, "{}")}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var mu sync.Mutex
			var asked []string
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if r.URL.Path != "/" {
					mu.Lock()
					asked = append(asked, r.Method)
					mu.Unlock()
				}
				p, ok := tt.others[r.URL.Path]
				if !ok {
					p = tt.rest
				}
				w.Header().Set("Content-Type", p.mediaType)
				w.Header().Set("Location", "/login")
				w.WriteHeader(p.status)
				fmt.Fprint(w, p.body)
			}))
			defer server.Close()
			cfg := targettest.Config(server.URL)
			cfg.Safety, cfg.RequestTimeout = config.ReadOnly, 10*time.Second
			if tt.noKey {
				cfg.Give("api-key", "")
			}
			e := env.New(contract, cfg, targettest.Client(t, cfg), 1)
			e.Pack = hostup.Pack()
			outage, record, err := e.Preflight(t.Context())
			got := ""
			if outage != nil {
				got = outage.Kind
			}
			if err != nil || got != tt.want {
				t.Fatalf("outage %q, error %v, want %q", got, err, tt.want)
			}
			if findings := len(record.Findings); tt.want != "" && (findings > 1 || findings == 1 != (tt.want == reporters.OutageKey)) {
				t.Errorf("findings %+v", record.Findings)
			}
			if strings.Contains(strings.Join(asked, " "), "POST") {
				t.Errorf("read-only, and asked %v", asked)
			}
			// Each operation once, and two of them more often, the more so if any path
			// gets the same: see Other.
			if tt.want == "" && len(asked) > 6+3*5+2*20 {
				t.Errorf("a target that answers was asked %d times", len(asked))
			}
		})
	}
}

// pair is a document without a pack, with two collections and their items.
const pair = `{"openapi":"3.1.0","info":{"title":"pair","version":"1"},"components":{"securitySchemes":{"key":{"type":"http","scheme":"bearer"}}},"security":[{"key":[]}],"paths":{
"/a":{"get":{"responses":{"200":{"description":"ok","content":{"application/json":{}}},"404":{"description":"none"}}},"post":{"responses":{"201":{"description":"made"}}}},
"/b":{"get":{"responses":{"200":{"description":"ok","content":{"application/json":{}}},"404":{"description":"none"},"302":{"description":"elsewhere"}}}},
"/a/{id}":{"get":{"parameters":[{"name":"id","in":"path","required":true,"schema":{"type":"string"}}],"responses":{"200":{"description":"ok"}}}}}}`

// TestPreflightOfAnyDocument: without a pack, an outage is detected by read operations; a
// failure that may be due to one operation or to a generated id is not an outage.
func TestPreflightOfAnyDocument(t *testing.T) {
	type page struct {
		status          int
		mediaType, body string
	}
	json := func(status int, body string) page { return page{status, "application/json", body} }
	for name, tt := range map[string]struct {
		rest   page
		others map[string]page
		noKey  bool
		public bool // the document also has a public operation
		want   string
	}{
		"503 everywhere":                        {rest: json(503, "{}"), want: reporters.OutageError},
		"two operations fail, and nothing else": {rest: json(404, "{}"), others: map[string]page{"/a": json(500, "{}"), "/b": json(500, "{}")}},
		"one operation fails":                   {rest: json(404, "{}"), others: map[string]page{"/a": json(500, "{}"), "/b": json(200, "[]")}},
		"a page everywhere":                     {rest: page{200, "text/html", "<html>"}, want: reporters.OutagePage},
		"401 everywhere":                        {rest: json(401, "{}"), want: reporters.OutageKey},
		"401 without a credential":              {rest: json(401, "{}"), noKey: true},
		"403 everywhere":                        {rest: json(403, "{}"), want: reporters.OutageKey},
		"401 but for what is public":            {rest: json(401, "{}"), others: map[string]page{"/public": json(200, "{}")}, public: true, want: reporters.OutageKey},
		"404 everywhere":                        {rest: json(404, "{}"), want: reporters.OutageAbsent},
		"404 with words of their own":           {rest: json(404, "{}"), others: map[string]page{"/a": json(404, `{"why":"no a"}`)}},
		"405 everywhere":                        {rest: json(405, "{}"), want: reporters.OutageAbsent},
		"redirects":                             {rest: page{status: 301}, want: reporters.OutageRedirect},
		"redirects, one of them documented":     {rest: page{status: 301}, others: map[string]page{"/b": {status: 302}}},
		"the same everywhere":                   {rest: json(200, "{}"), want: reporters.OutageSame},
		"success without a body":                {rest: json(200, ""), want: reporters.OutageSame},
		"two empty lists":                       {rest: json(404, "{}"), others: map[string]page{"/a": json(200, "[]"), "/b": json(200, "[]")}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if r.Method != http.MethodGet {
					t.Errorf("sent %s", r.Method)
				}
				p, ok := tt.others[r.URL.Path]
				if !ok {
					p = tt.rest
				}
				w.Header().Set("Content-Type", p.mediaType)
				w.WriteHeader(p.status)
				fmt.Fprint(w, p.body)
			}))
			defer server.Close()
			document := pair
			if tt.public {
				document = strings.Replace(pair, `"paths":{`, `"paths":{"/public":{"get":{"security":[],"responses":{"200":{"description":"ok"}}}},`, 1)
			}
			contract, err := packs.LoadText("pair.json", []byte(document))
			if err != nil {
				t.Fatal(err)
			}
			cfg := targettest.Config(server.URL)
			cfg.RequestTimeout, cfg.Credentials = 10*time.Second, `{"primary":{"key":"a-key-of-the-target"}}`
			if tt.noKey {
				cfg.Credentials = ""
			}
			if cfg, contract, err = cfg.For(contract); err != nil {
				t.Fatal(err)
			}
			outage, record, err := env.New(contract, cfg, targettest.Client(t, cfg), 1).Preflight(t.Context())
			got := ""
			if outage != nil {
				got = outage.Kind
			}
			if err != nil || got != tt.want {
				t.Fatalf("outage %q, error %v, want %q", got, err, tt.want)
			}
			if findings := len(record.Findings); tt.want != "" && findings == 1 != (tt.want == reporters.OutageKey) {
				t.Errorf("findings %+v", record.Findings)
			}
		})
	}
}
