package env_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"time"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/spec/packs"
	"github.com/hostup/api-conformance/suites/env"
	"github.com/hostup/api-conformance/suites/internal/targettest"
	"github.com/hostup/api-conformance/suites/request"
)

// TestAdopted: a process that has sent nothing yet knows from the first one which
// operations the target served, and recognises the gateway of a target that died.
func TestAdopted(t *testing.T) {
	var dead atomic.Bool
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		if dead.Load() {
			w.WriteHeader(http.StatusBadGateway)
		}
	}))
	defer server.Close()
	contract, err := packs.LoadText("pair.json", []byte(pair))
	if err != nil {
		t.Fatal(err)
	}
	cfg := targettest.Config(server.URL)
	cfg.Foreign, cfg.RequestTimeout = true, 400*time.Millisecond
	first, second := env.New(contract, cfg, targettest.Client(t, cfg), 1), env.New(contract, cfg, targettest.Client(t, cfg), 2)
	for _, path := range []string{"/a", "/b"} {
		first.Exchange(t.Context(), request.Request{Operation: "get-" + path[1:], Method: "GET", Path: path, Effect: spec.Reads}, nil)
	}
	var found env.Discovery
	if text, err := json.Marshal(first.Discovered()); err != nil || json.Unmarshal(text, &found) != nil {
		t.Fatal(err)
	}
	dead.Store(true)
	second.Adopt(found)
	ex := second.Exchange(t.Context(), request.Request{Operation: "get-a", Method: "GET", Path: "/a", Query: "x=1", Effect: spec.Reads}, nil)
	if ex.FailureKind != spec.FailureGone || second.Gone() == "" {
		t.Errorf("failure %q (%s), gone %q", ex.FailureKind, ex.Failure, second.Gone())
	}
}
