package suites_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/hostup/api-conformance/suites"
	"github.com/hostup/api-conformance/suites/config"
)

// An operation that ends the server, or the session of its caller, is requested by no spec,
// with a credential or without, unless the user names it.
func TestWhatEndsTheTargetIsNotRequested(t *testing.T) {
	const text = `openapi: 3.0.3
info: {title: a server that can be stopped, version: '1'}
components: {securitySchemes: {key: {type: apiKey, in: header, name: X-Key}}}
security: [{key: []}]
paths:
  /things:
    get: {operationId: things, responses: {"200": {description: ok, content: {application/json: {schema: {type: array, items: {type: string}}}}}}}
  /log-out:
    post: {operationId: logout, responses: {"204": {description: the key is no longer valid}}}
  /admin/shutdown:
    post:
      operationId: shutdown
      responses: {"204": {description: it ends}}
`
	for named, want := range map[string]bool{"": false, "shutdown": true} {
		var asked atomic.Int64
		var out atomic.Bool
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if (r.URL.Path == "/admin/shutdown" || r.URL.Path == "/log-out") && r.Method == http.MethodPost {
				asked.Add(1)
			}
			switch {
			case r.Header.Get("X-Key") != "k" || out.Load():
				w.WriteHeader(http.StatusUnauthorized)
			case r.URL.Path == "/things" && r.Method == http.MethodGet:
				w.Header().Set("Content-Type", "application/json")
				_, _ = io.WriteString(w, `["a"]`)
			case r.URL.Path == "/admin/shutdown" && r.Method == http.MethodPost, r.URL.Path == "/log-out" && r.Method == http.MethodPost:
				out.Store(r.URL.Path == "/log-out")
				w.WriteHeader(http.StatusNoContent)
			default:
				w.WriteHeader(http.StatusNotFound)
			}
		}))
		contract, cfg := target(t, text, "HOSTUP_BASE_URL="+server.URL, "CONFORMANCE_AUTH_KEY=k")
		cfg.Safety, cfg.Operation = config.Delete, named
		run, err := suites.Run(t.Context(), cfg, suites.Options{Contract: contract})
		server.Close()
		if err != nil {
			t.Fatal(err)
		}
		if got := asked.Load() > 0; got != want {
			t.Errorf("named %q: it was requested %d times", named, asked.Load())
		}
		for _, f := range run.Findings {
			t.Errorf("named %q: finding %s %s", named, f.First.Requirement, f.First.Got)
		}
	}
}

// Whoever names what ends the target, or the session, is told that this request did it, in
// whatever order the specs run, and that is no violation.
func TestWhatEndsTheTargetIsNamed(t *testing.T) {
	const text = `openapi: 3.0.3
info: {title: a server that can be stopped, version: '1'}
components: {securitySchemes: {key: {type: apiKey, in: header, name: X-Key}}}
security: [{key: []}]
paths:
  /things:
    get: {operationId: things, responses: {"200": {description: ok, content: {application/json: {schema: {type: array, items: {type: string}}}}}, "401": {description: no}}}
  /jobs:
    get: {operationId: jobs, responses: {"200": {description: ok, content: {application/json: {schema: {type: array, items: {type: string}}}}}, "401": {description: no}}}
  /log-out:
    post: {operationId: logout, responses: {"204": {description: the key is no longer valid}, "401": {description: no}}}
  /admin/shutdown:
    post: {operationId: shutdown, responses: {"204": {description: it ends}, "401": {description: no}}}
`
	for _, test := range []struct{ name, named, path, want string }{
		{"it answers and goes", "things\nshutdown", "/admin/shutdown", "POST /admin/shutdown ends the target and --operation asks for it"},
		{"it goes at once", "shutdown", "/admin/shutdown", "POST /admin/shutdown ends the target and --operation asks for it"},
		{"it forgets the key", "things\njobs\nlogout", "/log-out", "POST /log-out ends what its credential stands for and --operation asks for it"},
	} {
		var over atomic.Bool
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			ends := r.Method == http.MethodPost && r.URL.Path == test.path && r.Header.Get("X-Key") == "k"
			switch was := over.Load(); {
			case ends && !was && test.name == "it goes at once", was && test.path == "/admin/shutdown":
				over.Store(true)
				if c, _, err := w.(http.Hijacker).Hijack(); err == nil {
					c.Close()
				}
			case r.Header.Get("X-Key") != "k" || was:
				w.Header().Set("WWW-Authenticate", "Key")
				w.WriteHeader(http.StatusUnauthorized)
			case ends:
				w.WriteHeader(http.StatusNoContent)
				over.Store(true)
			case r.Method == http.MethodGet && (r.URL.Path == "/things" || r.URL.Path == "/jobs"):
				w.Header().Set("Content-Type", "application/json")
				_, _ = io.WriteString(w, `["a"]`)
			default:
				w.WriteHeader(http.StatusNotFound)
			}
		}))
		contract, cfg := target(t, text, "HOSTUP_BASE_URL="+server.URL, "CONFORMANCE_AUTH_KEY=k")
		cfg.Safety, cfg.Operation, cfg.RequestTimeout = config.Delete, test.named, time.Second
		run, _ := suites.Run(t.Context(), cfg, suites.Options{Contract: contract})
		server.Close()
		if run == nil || len(run.Findings) != 1 || !run.Findings[0].First.Outage() || !strings.Contains(run.Findings[0].First.Got, test.want) {
			t.Errorf("%s: want one finding that says %q, got %+v", test.name, test.want, run)
		}
	}
}
