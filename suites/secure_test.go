package suites

import (
	"crypto/tls"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/hostup/api-conformance/fixtures/refserver"
	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/suites/env"
)

// secure serves a reference server over TLS and HTTP/2, as a load balancer does.
func secure(t *testing.T, a *authority, change func(*httptest.Server), names ...string) (*httptest.Server, *refserver.Server) {
	t.Helper()
	reference, err := refserver.New(refserver.Config{})
	if err != nil {
		t.Fatal(err)
	}
	s := httptest.NewUnstartedServer(reference)
	s.Config.ErrorLog = log.New(io.Discard, "", 0)
	s.EnableHTTP2 = true
	s.TLS = &tls.Config{Certificates: []tls.Certificate{a.issue(t, time.Now().Add(time.Hour), names...)}}
	if change != nil {
		change(s)
	}
	s.StartTLS()
	t.Cleanup(s.Close)
	return s, reference
}

// TestRunOverHTTP2: the same server conforms over HTTP/1.1 and over HTTP/2,
// where there is no Connection header, no reason phrase and no request line.
func TestRunOverHTTP2(t *testing.T) {
	opt := options(t)
	a := newAuthority(t)
	var two, other atomic.Int32
	s, reference := secure(t, a, func(s *httptest.Server) {
		inner := s.Config.Handler
		s.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.ProtoMajor == 2 {
				two.Add(1)
			} else {
				other.Add(1)
			}
			inner.ServeHTTP(w, r)
		})
	}, "127.0.0.1")
	cfg := (&Reference{URL: s.URL, server: reference}).Configure(fast())
	cfg.CAFile, cfg.Strict = a.File, true
	run, err := Run(t.Context(), cfg, opt)
	if err != nil {
		t.Fatal(err)
	}
	wantConformant(t, run)
	t.Log(two.Load(), other.Load())
	if two.Load() < 100*other.Load()/10 {
		t.Errorf("%d requests over HTTP/2 and %d over another version", two.Load(), other.Load())
	}
}

func wantConformant(t *testing.T, run *reporters.Run) {
	t.Helper()
	if run.Verdict == reporters.Conformant {
		return
	}
	var text strings.Builder
	if err := reporters.WriteText(&text, run, reporters.TextOptions{}); err != nil {
		t.Error(err)
	}
	t.Errorf("verdict %s, want conformant\n%s", run.Verdict, text.String())
}

var _ = env.Default
