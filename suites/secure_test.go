package suites

import (
	"crypto/tls"
	"errors"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/hostup/api-conformance/fixtures/refserver"
	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/reporters/text"
	"github.com/hostup/api-conformance/suites/internal/embedded"
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

// TestRunOverHTTP2: the same server conforms over HTTP/1.1 and over HTTP/2, which has no
// Connection header, reason phrase or request line.
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
	cfg := embedded.At(s.URL, reference).Configure(fast())
	cfg.CAFile, cfg.Strict = a.File, true
	run, err := Run(t.Context(), cfg, opt)
	if err != nil {
		t.Fatal(err)
	}
	wantConformant(t, run)
	// Malformed requests are written by hand, over HTTP/1.1.
	if two.Load() < 10*other.Load() {
		t.Errorf("%d requests over HTTP/2 and %d over another version", two.Load(), other.Load())
	}
}

// TestRunWithClientCertificate: every request has the certificate, including those
// written by hand; otherwise there would be no connection.
func TestRunWithClientCertificate(t *testing.T) {
	opt := options(t)
	a := newAuthority(t)
	s, reference := secure(t, a, func(s *httptest.Server) {
		s.EnableHTTP2 = false
		s.TLS.ClientAuth, s.TLS.ClientCAs = tls.RequireAndVerifyClientCert, a.pool
	}, "127.0.0.1")
	cfg := embedded.At(s.URL, reference).Configure(fast())
	cfg.CAFile, cfg.Strict = a.File, true
	if _, err := Run(t.Context(), cfg, opt); !errors.Is(err, ErrUnreachable) {
		t.Errorf("without a certificate: error %v, want ErrUnreachable", err)
	}
	cfg.ClientCert, cfg.ClientKey = a.client(t)
	run, err := Run(t.Context(), cfg, opt)
	if err != nil {
		t.Fatal(err)
	}
	wantConformant(t, run)
}

// TestRunRefusesCertificates: a target without a trusted certificate gets no credential,
// and one line says what is wrong with the certificate.
func TestRunRefusesCertificates(t *testing.T) {
	ours, other := newAuthority(t), newAuthority(t)
	for _, test := range []struct {
		name  string
		of    *authority
		until time.Duration
		host  string
		want  string
	}{
		{"another name", ours, time.Hour, "billing.example.com", `^cannot test URL: TLS failed with 127\.0\.0\.1:\d+: the certificate is for another name: .*127\.0\.0\.1 .*: check --base-url`},
		{"expired", ours, -time.Hour, "127.0.0.1", `^cannot test URL: TLS failed with 127\.0\.0\.1:\d+: the certificate has expired or is not valid yet: current time \S+ is after \S+: check --base-url`},
		{"unknown authority", other, time.Hour, "127.0.0.1", `^cannot test URL: TLS failed with 127\.0\.0\.1:\d+: the certificate is not trusted: .*unknown authority.*: name its authority with --ca-file`},
	} {
		t.Run(test.name, func(t *testing.T) {
			opt := options(t)
			var served atomic.Int32
			s, reference := secure(t, test.of, func(s *httptest.Server) {
				s.Config.Handler = http.HandlerFunc(func(http.ResponseWriter, *http.Request) { served.Add(1) })
				s.TLS.Certificates = []tls.Certificate{test.of.issue(t, time.Now().Add(test.until), test.host)}
			}, test.host)
			cfg := embedded.At(s.URL, reference).Configure(fast())
			cfg.CAFile = ours.File
			run, err := Run(t.Context(), cfg, opt)
			if run != nil || !errors.Is(err, ErrUnreachable) {
				t.Fatalf("run %v, error %v, want ErrUnreachable", run, err)
			}
			if text := strings.ReplaceAll(err.Error(), s.URL, "URL"); !regexp.MustCompile(test.want).MatchString(text) {
				t.Errorf("error %q\n want %s", text, test.want)
			}
			if n := served.Load(); n > 0 {
				t.Errorf("%d requests were sent", n)
			}
		})
	}
}

// wantConformant requires that a run without the burst, see [fast], finds nothing and
// skips nothing else.
func wantConformant(t *testing.T, run *reporters.Run) {
	t.Helper()
	skippedElse := slices.ContainsFunc(run.Specs, func(s reporters.SpecResult) bool {
		return s.Skip != nil && !strings.Contains(s.Skip.Reason, "--burst")
	})
	if len(run.Findings) == 0 && !skippedElse {
		return
	}
	var summary strings.Builder
	if err := text.Write(&summary, run, text.Options{}); err != nil {
		t.Error(err)
	}
	t.Errorf("verdict %s, want no finding and only the burst skipped\n%s", run.Verdict, summary.String())
}
