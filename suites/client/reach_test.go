package client_test

import (
	"context"
	"encoding/pem"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/hostup/api-conformance/suites/client"
	"github.com/hostup/api-conformance/suites/config"
	"github.com/hostup/api-conformance/suites/internal/targettest"
)

func secure(t *testing.T) *httptest.Server {
	t.Helper()
	s := httptest.NewUnstartedServer(http.NotFoundHandler())
	s.Config.ErrorLog = log.New(io.Discard, "", 0)
	s.EnableHTTP2 = true
	s.StartTLS()
	t.Cleanup(s.Close)
	return s
}

func TestUnreachable(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	refused := l.Addr().String()
	l.Close()
	plain := targettest.Serve(t, func(http.ResponseWriter, *http.Request) {})
	mute := targettest.Raw(t, func(c targettest.Conn) { c.In.ReadByte(); c.In.Discard(1 << 20) })
	hangup := targettest.Raw(t, func(c targettest.Conn) { c.In.ReadByte() })
	untrusted := secure(t).URL
	for _, test := range []struct{ name, base, want string }{
		{"refused", "http://" + refused, "cannot connect to " + refused + ": connection refused"},
		{"DNS", "http://no-such-host.invalid", "cannot find the host no-such-host.invalid: "},
		{"certificate", untrusted, "TLS failed with " + untrusted[8:] + ": the certificate is not trusted: "},
		{"no TLS", strings.Replace(plain, "http:", "https:", 1), "TLS failed with " + plain[7:] + ": the target does not talk TLS, is the base URL http?"},
		{"mute TLS", strings.Replace(mute, "http:", "https:", 1), "TLS failed with " + mute[7:] + ": no end of the handshake within 300ms"},
		{"hang up", strings.Replace(hangup, "http:", "https:", 1), "TLS failed with " + hangup[7:] + ": the connection was closed during the handshake"},
	} {
		t.Run(test.name, func(t *testing.T) {
			cfg := targettest.Config(test.base)
			cfg.Safety = config.ReadOnly
			if test.name == "mute TLS" {
				cfg.RequestTimeout = 300 * time.Millisecond
			}
			c := targettest.Client(t, cfg)
			ex := c.Do(context.Background(), "", targettest.Get("/"), "")
			if !strings.HasPrefix(ex.Failure, test.want) || !client.Unreachable(ex) {
				t.Errorf("got %q, want %q", ex.Failure, test.want)
			}
			if err := c.Ping(context.Background()); err == nil || !strings.HasPrefix(err.Error(), test.base+": "+test.want) {
				t.Errorf("ping: %v", err)
			}
		})
	}
}

func TestPing(t *testing.T) {
	c := targettest.Client(t, targettest.Config(targettest.Serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "" {
			t.Error("credential sent")
		}
		w.WriteHeader(500)
	})))
	if err := c.Ping(context.Background()); err != nil {
		t.Error(err)
	}
}

func TestTrust(t *testing.T) {
	s := secure(t)
	ca := filepath.Join(t.TempDir(), "ca.pem")
	if err := os.WriteFile(ca, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: s.Certificate().Raw}), 0o600); err != nil {
		t.Fatal(err)
	}
	withCA, insecure := targettest.Config(s.URL), targettest.Config(s.URL)
	withCA.CAFile, insecure.Insecure = ca, true
	for _, cfg := range []config.Config{withCA, insecure} {
		ex := targettest.Client(t, cfg).Do(context.Background(), "", targettest.Get("/"), "")
		if ex.Failure != "" || ex.Response.Status != 404 || ex.Response.Proto != "HTTP/2.0" {
			t.Errorf("%+v", ex)
		}
	}
	if n := insecure.Notices(); len(n) != 1 || !strings.Contains(n[0], "--insecure") {
		t.Error(n)
	}
	for _, test := range []struct {
		change func(*config.Config)
		want   string
	}{
		{func(c *config.Config) { c.CAFile = "/nonexistent" }, "cannot read --ca-file /nonexistent: "},
		{func(c *config.Config) { c.CAFile = os.DevNull }, "--ca-file /dev/null holds no PEM certificate"},
		{func(c *config.Config) { c.ClientCert = "a" }, "client certificate and key belong together"},
		{func(c *config.Config) { c.ClientCert, c.ClientKey = "/nonexistent", "k" }, "cannot use --client-cert /nonexistent with --client-key k: "},
		{func(c *config.Config) { c.BaseURL = "" }, "no base URL"},
	} {
		cfg := targettest.Config(s.URL)
		test.change(&cfg)
		if err := newClientError(cfg); err == nil || !strings.HasPrefix(err.Error(), test.want) {
			t.Errorf("got %v, want %s", err, test.want)
		}
	}
}

// The proxy gets the request in absolute form with the bytes of the path.
func TestProxy(t *testing.T) {
	lines := make(chan string, 1)
	proxy := targettest.Raw(t, func(c targettest.Conn) {
		line := c.Line()
		c.Rest()
		lines <- line
		if strings.HasPrefix(line, "CONNECT") {
			c.Say("HTTP/1.1 403 Forbidden\r\n\r\n")
			return
		}
		c.Say("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
	})
	t.Setenv("HTTP_PROXY", proxy)
	t.Setenv("HTTPS_PROXY", proxy)
	t.Setenv("NO_PROXY", "")
	cfg := targettest.Config("http://api.test")
	cfg.Safety = config.ReadOnly
	c := targettest.Client(t, cfg)
	for _, path := range []string{"/api/x", "//api", "/%zz", "/a%2Fb", "/ü"} {
		if ex := c.Do(context.Background(), "", targettest.Get(path), ""); ex.Failure != "" {
			t.Fatal(ex.Failure)
		}
		if got, want := <-lines, "GET http://api.test"+path+" HTTP/1.1"; got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
	cfg.BaseURL = "https://api.test"
	ex := targettest.Client(t, cfg).Do(context.Background(), "", targettest.Get("/"), "")
	if got := <-lines; got != "CONNECT api.test:443 HTTP/1.1" {
		t.Error(got)
	}
	if ex.Failure != "cannot connect to api.test: Forbidden" || !client.Unreachable(ex) {
		t.Error(ex.Failure)
	}
}
