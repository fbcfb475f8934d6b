// Package targettest makes targets and clients for tests: servers, and connections whose
// responses are written by hand.
package targettest

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/hostup/api-conformance/suites/client"
	"github.com/hostup/api-conformance/suites/config"
	"github.com/hostup/api-conformance/suites/hostup/settings"
	"github.com/hostup/api-conformance/suites/request"
)

// The credentials of [Config]. They must not appear in anything that is kept or shown.
const (
	Canary        = "hup_live_canary+/0123456789abcdef"
	CanarySession = "s3ssion.canary-%7E~zyxwvu"
)

// Config returns the configuration for a target at base, with the tier pay.
func Config(base string) config.Config {
	cfg := settings.Default()
	cfg.BaseURL = base
	cfg.Give("api-key", Canary)
	cfg.Give("session", CanarySession)
	cfg.Safety = config.Pay
	cfg.RequestTimeout = 5 * time.Second // never reached, except where a test waits for it
	return cfg
}

// Given returns a configuration for a target at base with some settings of the pack,
// given as pairs of key and value.
func Given(base string, settingsOf ...string) config.Config {
	cfg := settings.Default()
	cfg.BaseURL = base
	for i := 0; i < len(settingsOf); i += 2 {
		cfg.Give(settingsOf[i], settingsOf[i+1])
	}
	return cfg
}

// Client returns a client that is closed at the end of the test.
func Client(t *testing.T, cfg config.Config, opts ...client.Option) *client.Client {
	t.Helper()
	c, err := client.New(cfg, opts...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}

// Serve starts a server for the test and returns its base URL.
func Serve(t *testing.T, h http.HandlerFunc) string {
	t.Helper()
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return s.URL
}

// Get returns a GET request for a path.
func Get(path string) request.Request { return request.Request{Method: "GET", Path: path} }
