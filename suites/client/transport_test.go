package client_test

import (
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/client"
	"github.com/hostup/api-conformance/suites/config"
	"github.com/hostup/api-conformance/suites/internal/targettest"
	"github.com/hostup/api-conformance/suites/request"
)

// A POST has a connection of its own, unless the target is known to keep its connections.
func TestConnections(t *testing.T) {
	for _, tt := range []struct {
		method string
		steady bool
		want   int32
	}{
		{"GET", false, 1},
		{"POST", false, 3},
		{"POST", true, 1},
	} {
		var opened atomic.Int32
		s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			_, _ = io.Copy(io.Discard, r.Body)
		}))
		s.Config.ConnState = func(_ net.Conn, state http.ConnState) {
			if state == http.StateNew {
				opened.Add(1)
			}
		}
		s.Start()
		t.Cleanup(s.Close)
		cfg := targettest.Given(s.URL)
		cfg.Safety = config.Write
		c := targettest.Client(t, cfg, client.WithSteadyConnections(tt.steady))
		for range 3 {
			ex := c.Do(t.Context(), "", request.Request{Method: tt.method, Path: "/", Effect: spec.Writes, Body: []byte("{}")}, "")
			if ex.Response == nil {
				t.Fatal(ex.Failure)
			}
		}
		if got := opened.Load(); got != tt.want {
			t.Errorf("%s, steady %v: %d connections for three requests, want %d", tt.method, tt.steady, got, tt.want)
		}
	}
}
