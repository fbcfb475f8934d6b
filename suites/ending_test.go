package suites_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"

	"github.com/hostup/api-conformance/spec/packs"
	"github.com/hostup/api-conformance/suites"
	"github.com/hostup/api-conformance/suites/config"
	"github.com/hostup/api-conformance/suites/hostup/settings"
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
		contract, err := packs.LoadText("ending.yaml", []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		cfg, err := settings.Load(nil, []string{"HOSTUP_BASE_URL=" + server.URL, "CONFORMANCE_AUTH_KEY=k"}, "")
		if err != nil {
			t.Fatal(err)
		}
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
