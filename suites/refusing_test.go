package suites_test

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/spec/packs"
	"github.com/hostup/api-conformance/suites"
	"github.com/hostup/api-conformance/suites/hostup/settings"
)

// yardDocument has ten lists that need a key and a public operation. Its errors have one
// form.
const yardDocument = `
openapi: 3.0.3
info: {title: Yard, version: "1"}
servers: [{url: https://yard.example.com}]
security: [{key: []}]
paths:
  /about:
    get:
      security: []
      responses:
        "200": {description: ok, content: {application/json: {schema: {type: object}}}}
        default: {$ref: "#/components/responses/Error"}
%s
components:
  securitySchemes: {key: {type: http, scheme: bearer}}
  responses:
    Error: {description: error, content: {application/json: {schema: {type: object, required: [code], properties: {code: {type: string}}}}}}
`

const yardList = `
  /list%d:
    get:
      responses:
        "200": {description: ok, content: {application/json: {schema: {type: array, items: {type: string}}}}}
        default: {$ref: "#/components/responses/Error"}
`

// yard conforms to the document.
func yard(w http.ResponseWriter, r *http.Request) {
	fail := func(status int, code string) { reply(w, status, "application/json", map[string]string{"code": code}) }
	switch {
	case r.URL.Path != "/about" && !strings.HasPrefix(r.URL.Path, "/list"):
		fail(http.StatusNotFound, "unknown")
	case r.Method != http.MethodGet && r.Method != http.MethodHead:
		w.Header().Set("Allow", "GET, HEAD")
		fail(http.StatusMethodNotAllowed, "method")
	case r.URL.Path == "/about":
		reply(w, http.StatusOK, "application/json", map[string]string{"name": "yard"})
	case r.Header.Get("Authorization") != "Bearer yard-key-1":
		w.Header().Set("WWW-Authenticate", "Bearer")
		fail(http.StatusUnauthorized, "unauthorized")
	default:
		reply(w, http.StatusOK, "application/json", []string{"a"})
	}
}

// runYard runs against a yard behind a function that may respond instead of it. The
// function gets the number of the request.
func runYard(t *testing.T, before func(n int64, w http.ResponseWriter, r *http.Request) bool) (*reporters.Run, error) {
	t.Helper()
	var lists strings.Builder
	for i := range 10 {
		fmt.Fprintf(&lists, yardList, i)
	}
	c, err := packs.LoadText("yard.yaml", fmt.Appendf(nil, yardDocument, lists.String()))
	if err != nil {
		t.Fatal(err)
	}
	var served atomic.Int64
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !before(served.Add(1), w, r) {
			yard(w, r)
		}
	}))
	defer server.Close()
	cfg, err := settings.Load(nil, []string{"HOSTUP_BASE_URL=" + server.URL, "CONFORMANCE_AUTH_KEY=yard-key-1"}, "")
	if err != nil {
		t.Fatal(err)
	}
	cfg.RequestTimeout, cfg.RateLimitBudget = time.Second, 2*time.Second
	return suites.Run(t.Context(), cfg, suites.Options{Contract: c})
}

// TestRefusingFromSomeRequestOn: a server that refuses everything from some request on,
// in its own form, or answers it with nothing, is one cause, at any point of the run. A key that is no longer
// accepted is a finding; a limit that does not end says nothing about the contract.
func TestRefusingFromSomeRequestOn(t *testing.T) {
	answer := func(status int, mediaType, body string, wait string) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", mediaType)
			if wait != "" {
				w.Header().Set("Retry-After", wait)
			}
			w.WriteHeader(status)
			io.WriteString(w, body)
		}
	}
	for _, test := range []struct {
		name   string
		answer http.HandlerFunc
		open   bool // public operations are still served
		down   bool
		got    string
	}{
		{"revoked", answer(401, "application/json", `{"message":"key revoked"}`, ""), false, false, "every operation that was served before refuses CONFORMANCE_AUTH_KEY (status 401)"},
		{"revoked, and open to others", answer(401, "application/json", `{"message":"key revoked"}`, ""), true, false, "refuses CONFORMANCE_AUTH_KEY (status 401)"},
		{"suspended", answer(403, "application/json", `{"message":"key suspended"}`, ""), false, false, "refuses CONFORMANCE_AUTH_KEY (status 403)"},
		{"limited with a page", answer(429, "text/html", "<html>slow down</html>", ""), false, true, "the target limits the run since"},
		{"limited for a second, again and again", answer(429, "application/json", `{"message":"slow down"}`, "1"), false, true, "is answered with status 429, and no wait that --rate-limit-budget allows ends that"},
		{"an object of nothing", answer(200, "application/json", "{ }", ""), false, true, "JSON that has nothing of what was there"},
		{"null", answer(200, "application/json", "null", ""), false, true, "JSON that has nothing of what was there"},
		{"limited for an hour", answer(429, "text/plain", "slow down", "3600"), false, true, "is answered with status 429"},
	} {
		for _, from := range []int64{16, 40, 61} {
			t.Run(fmt.Sprintf("%s from request %d on", test.name, from), func(t *testing.T) {
				t.Parallel()
				run, err := runYard(t, func(n int64, w http.ResponseWriter, r *http.Request) bool {
					if n <= from || test.open && r.URL.Path == "/about" {
						return false
					}
					test.answer(w, r)
					return true
				})
				if run == nil {
					t.Fatal(err)
				}
				if errors.Is(err, suites.ErrDown) != test.down {
					t.Errorf("error %v", err)
				}
				if len(run.Findings) != 1 || !strings.Contains(run.Findings[0].First.Got, test.got) {
					t.Errorf("%d causes, want one, %q", len(run.Findings), test.got)
					for _, g := range run.Findings {
						t.Logf("%s: %s", g.First.Signature(), g.First.Got)
					}
				}
			})
		}
	}
}

// TestLimitedForAMoment: a temporary limit does not end the run, and faults in its
// response are reported.
func TestLimitedForAMoment(t *testing.T) {
	for _, test := range []struct {
		name, body string
		want       []string
	}{
		{"as documented", `{"code":"rate_limited"}`, nil},
		{"in another form", `{"message":"slow down"}`, []string{"BODY-SCHEMA-001"}},
	} {
		var told atomic.Bool
		run, err := runYard(t, func(n int64, w http.ResponseWriter, r *http.Request) bool {
			if n < 20 || r.Method != http.MethodGet || r.URL.Path != "/list3" || told.Swap(true) {
				return false
			}
			w.Header().Set("Content-Type", "application/json")
			w.Header().Set("Retry-After", "1")
			w.WriteHeader(http.StatusTooManyRequests)
			io.WriteString(w, test.body)
			return true
		})
		if err != nil {
			t.Fatal(err)
		}
		if ids := broken(run); fmt.Sprint(ids) != fmt.Sprint(test.want) || run.Target.Outage != nil {
			t.Errorf("%s: %v, outage %v, want %v and none", test.name, ids, run.Target.Outage, test.want)
		}
	}
}
