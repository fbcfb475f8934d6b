package env_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/spec/packs"
	"github.com/hostup/api-conformance/suites/config"
	"github.com/hostup/api-conformance/suites/env"
	"github.com/hostup/api-conformance/suites/hostup"
	"github.com/hostup/api-conformance/suites/internal/targettest"
)

// TestPreflightSlow: a target none of whose responses keeps half of the time limit is too
// slow for it. One that is slow at first, or slow to refuse the key, is not.
func TestPreflightSlow(t *testing.T) {
	contract, err := packs.Default()
	if err != nil {
		t.Fatal(err)
	}
	const limit = 2 * time.Second
	const late = limit/2 + limit/20
	bodies := map[string]string{
		"/api/v2/billing/activity": `{"kind":"transaction","entries":[],"hasMore":false}`,
		"/api/v2/billing/cards":    "[]",
	}
	for name, tt := range map[string]struct {
		status int
		quick  int32 // the first request that is answered at once, 0 if none is
		want   string
		asked  int32 // of the API, at most
	}{
		"always":               {status: 200, want: reporters.OutageSlow, asked: 12},
		"always, as a 404":     {status: 404, want: reporters.OutageSlow, asked: 12},
		"at first":             {status: 200, quick: 2, asked: 70},
		"while it is starting": {status: 200, quick: 5, asked: 70},
		"to refuse the key":    {status: 401, want: reporters.OutageKey, asked: 4},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var asked atomic.Int32
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if r.URL.Path == "/" {
					return
				}
				if n := asked.Add(1); tt.quick == 0 || n < tt.quick {
					<-time.After(late)
				}
				w.Header().Set("Content-Type", "application/json")
				w.WriteHeader(tt.status)
				if body := bodies[r.URL.Path]; tt.quick > 0 {
					fmt.Fprint(w, body)
				}
			}))
			defer server.Close()
			cfg := targettest.Config(server.URL)
			cfg.Safety, cfg.RequestTimeout = config.ReadOnly, limit
			e := env.New(contract, cfg, targettest.Client(t, cfg), 1)
			e.Pack = hostup.Pack()
			outage, _, err := e.Preflight(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			got := ""
			if outage != nil {
				got = outage.Kind
			}
			if got != tt.want || asked.Load() > tt.asked {
				t.Errorf("outage %q after %d requests, want %q after at most %d", got, asked.Load(), tt.want, tt.asked)
			}
			if got != reporters.OutageSlow {
				return
			}
			if !strings.HasPrefix(outage.Text, "the target is too slow for --request-timeout 2s: each of 5 requests took more than half of that, up to 1.") {
				t.Error(outage.Text)
			}
			if hints := strings.Join(outage.Hints, "\n"); !strings.Contains(hints, "such as --request-timeout 4s") && !strings.Contains(hints, "such as --request-timeout 5s") {
				t.Error(hints)
			}
		})
	}
}
