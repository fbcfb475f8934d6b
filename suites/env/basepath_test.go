package env_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/spec/packs"
	"github.com/hostup/api-conformance/suites/env"
	"github.com/hostup/api-conformance/suites/internal/targettest"
)

// lone has one collection whose default response documents every error as JSON.
const lone = `{"openapi":"3.0.0","info":{"title":"lone","version":"1"},"servers":[{"url":"https://api.example.com/v1"}],"paths":{
"/pets":{"get":{"responses":{"200":{"description":"ok","content":{"application/json":{}}},"default":{"description":"error","content":{"application/json":{}}}}}},
"/pets/{id}":{"get":{"parameters":[{"name":"id","in":"path","required":true,"schema":{"type":"string"}}],"responses":{"200":{"description":"ok"},"default":{"description":"error","content":{"application/json":{}}}}}}}}`

// TestPreflightBasePath: if a target has the operations without the base path of the
// document, as mocks do, a hint says what to do.
func TestPreflightBasePath(t *testing.T) {
	for name, tt := range map[string]struct {
		there    string // path of the collection
		missing  string // media type of a 404
		basePath string
		want     string
		hint     bool
	}{
		"below the base path":                {there: "/v1/pets", missing: "text/plain"},
		"at the root":                        {there: "/pets", missing: "text/plain", want: reporters.OutageAbsent, hint: true},
		"at the root, as it was said":        {there: "/pets", missing: "text/plain", basePath: "/"},
		"below another path, as it was said": {there: "/mock/pets", missing: "text/plain", basePath: "/mock"},
		"nowhere":                            {missing: "text/plain", want: reporters.OutageAbsent},
		"nowhere, in the form of an error":   {missing: "application/json", want: reporters.OutageAbsent},
	} {
		t.Run(name, func(t *testing.T) {
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if r.URL.Path == tt.there {
					w.Header().Set("Content-Type", "application/json")
					fmt.Fprint(w, "[]")
					return
				}
				w.Header().Set("Content-Type", tt.missing)
				w.WriteHeader(http.StatusNotFound)
				fmt.Fprint(w, `"nothing here"`)
			}))
			defer server.Close()
			contract, err := packs.LoadText("lone.json", []byte(lone))
			if err != nil {
				t.Fatal(err)
			}
			cfg := targettest.Config(server.URL)
			cfg.RequestTimeout, cfg.BasePath = 10*time.Second, tt.basePath
			if cfg, contract, err = cfg.For(contract); err != nil {
				t.Fatal(err)
			}
			outage, _, err := env.New(contract, cfg, targettest.Client(t, cfg), 1).Preflight(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if outage == nil {
				if tt.want != "" {
					t.Errorf("no outage, want %s", tt.want)
				}
				return
			}
			if outage.Kind != tt.want {
				t.Errorf("outage %s, want %q", outage.Kind, tt.want)
			}
			hint := "GET " + server.URL + "/pets is answered with status 200: the target has no base path /v1, give --base-path /"
			if got := strings.Join(outage.Hints, "\n"); strings.Contains(got, hint) != tt.hint {
				t.Errorf("hints %q, want %q: %v", got, hint, tt.hint)
			}
		})
	}
}
