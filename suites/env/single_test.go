package env_test

import (
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/spec/packs"
	"github.com/hostup/api-conformance/suites/env"
	"github.com/hostup/api-conformance/suites/internal/targettest"
	"github.com/hostup/api-conformance/suites/request"
)

// oneConnection accepts a connection only when the last one is closed.
type oneConnection struct {
	net.Listener
	free chan struct{}
}

func (l oneConnection) Accept() (net.Conn, error) {
	l.free <- struct{}{}
	c, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	return &lastConnection{Conn: c, closed: sync.OnceFunc(func() { <-l.free })}, nil
}

type lastConnection struct {
	net.Conn
	closed func()
}

func (c *lastConnection) Close() error {
	defer c.closed()
	return c.Conn.Close()
}

// TestSingleConnection: a target that serves one connection at a time, and keeps it, is
// found by the preflight; then every process closes its connections, and requests that
// come at once are served one after the other.
func TestSingleConnection(t *testing.T) {
	contract, err := packs.LoadText("pair.json", []byte(pair))
	if err != nil {
		t.Fatal(err)
	}
	for _, single := range []bool{true, false} {
		t.Run(fmt.Sprint(single), func(t *testing.T) {
			t.Parallel()
			server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				w.Header().Set("Content-Type", "application/json")
				fmt.Fprintf(w, `{"path":%q}`, r.URL.Path)
			}))
			if single {
				server.Listener = oneConnection{server.Listener, make(chan struct{}, 1)}
			}
			server.Start()
			defer server.Close()
			cfg := targettest.Config(server.URL)
			cfg.Foreign, cfg.RequestTimeout = true, 10*time.Second
			first := env.New(contract, cfg, targettest.Client(t, cfg), 1)
			if outage, _, err := first.Preflight(t.Context()); err != nil || outage != nil {
				t.Fatal(outage, err)
			}
			second := env.New(contract, cfg, targettest.Client(t, cfg), 2)
			second.Adopt(first.Discovered())
			var all sync.WaitGroup
			for _, e := range []*env.Env{first, second, first, second} {
				if e.OneByOne() != single {
					t.Errorf("one by one %v, want %v", e.OneByOne(), single)
				}
				all.Go(func() {
					if ex := e.Exchange(t.Context(), request.Request{Operation: "get-a", Method: "GET", Path: "/a", Effect: spec.Reads}, nil); ex.Response == nil {
						t.Error(ex.Failure)
					}
				})
			}
			all.Wait()
		})
	}
}
