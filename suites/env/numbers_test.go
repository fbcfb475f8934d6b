package env_test

import (
	"net/http"
	"testing"

	"github.com/hostup/api-conformance/spec/packs"
	"github.com/hostup/api-conformance/suites/env"
	"github.com/hostup/api-conformance/suites/internal/targettest"
)

// Exchanges are numbered; with several processes, by each process separately.
func TestExchangeIDs(t *testing.T) {
	contract, err := packs.Default()
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range []struct {
		process, procs int
		want           []string
	}{{1, 0, []string{"x0001", "x0002"}}, {1, 1, []string{"x0001", "x0002"}}, {2, 3, []string{"p2-x0001", "p2-x0002"}}} {
		cfg := targettest.Config(targettest.Serve(t, func(http.ResponseWriter, *http.Request) {}))
		cfg.Procs = x.procs
		e := env.New(contract, cfg, targettest.Client(t, cfg), x.process)
		for _, want := range x.want {
			if ex := e.Exchange(t.Context(), targettest.Get("/"), nil); ex.ID != want || ex.Response == nil {
				t.Errorf("process %d of %d: exchange %q, %s, want %q", x.process, x.procs, ex.ID, ex.Failure, want)
			}
		}
	}
}
