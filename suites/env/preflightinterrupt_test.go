package env_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/hostup/api-conformance/spec/packs"
	"github.com/hostup/api-conformance/suites/config"
	"github.com/hostup/api-conformance/suites/env"
	"github.com/hostup/api-conformance/suites/hostup"
	"github.com/hostup/api-conformance/suites/internal/targettest"
)

// TestPreflightIsInterrupted: a request that the user interrupts, before its response or
// in the middle of it, says nothing about the target.
func TestPreflightIsInterrupted(t *testing.T) {
	contract, err := packs.Default()
	if err != nil {
		t.Fatal(err)
	}
	for name, begin := range map[string]func(w http.ResponseWriter){
		"before the response": func(http.ResponseWriter) {},
		"in the body": func(w http.ResponseWriter) {
			w.Header().Set("Content-Type", "application/json")
			fmt.Fprint(w, `{"data":`)
			_ = http.NewResponseController(w).Flush() // a test client that is gone cannot be told
		},
	} {
		t.Run(name, func(t *testing.T) {
			ctx, interrupt := context.WithCancel(t.Context())
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if r.URL.Path == "/" { // is anything there?
					return
				}
				begin(w)
				interrupt()
				<-r.Context().Done()
			}))
			defer server.Close()
			cfg := targettest.Config(server.URL)
			cfg.Safety = config.ReadOnly
			e := env.New(contract, cfg, targettest.Client(t, cfg), 1)
			e.Pack = hostup.Pack()
			outage, record, err := e.Preflight(ctx)
			if outage != nil || err != nil || len(record.Findings) > 0 {
				t.Errorf("outage %+v, error %v, findings %+v", outage, err, record.Findings)
			}
		})
	}
}
