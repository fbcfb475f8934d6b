package config_test

import (
	"testing"

	"github.com/hostup/api-conformance/suites/client"
	"github.com/hostup/api-conformance/suites/config"
)

func TestConfirm(t *testing.T) {
	for _, test := range []struct {
		safety     config.Safety
		base, host string
		want       string
	}{
		{config.Pay, "https://api.test:8443", "", "safety pay charges cards at api.test:8443: confirm it with --confirm-host api.test:8443, or use --safety write"},
		{config.Pay, "https://api.test", "other.test", `--confirm-host "other.test" is not the host of the base URL, which is api.test`},
		{config.Pay, "https://api.test:8443", "API.test", ""},
		{config.Pay, "https://api.test:8443", "api.test:8443", ""},
		{config.Pay, "http://127.0.0.1:1", "", ""},
		{config.Pay, "http://127.0.0.1:1", "127.0.0.1", ""},
		{config.Pay, "http://127.0.0.1:1", "api.test", `--confirm-host "api.test" is not the host of the base URL, which is 127.0.0.1:1`},
		{config.Write, "https://api.test", "", ""},
	} {
		cfg := config.Config{Safety: test.safety, BaseURL: test.base, ConfirmHost: test.host}
		for _, err := range []error{cfg.Confirm(), newClientError(cfg)} {
			text := ""
			if err != nil {
				text = err.Error()
			}
			if text != test.want {
				t.Errorf("%+v: got %q", test, text)
			}
		}
	}
}

// TestConfirmSpellings: a host that looks like this machine but is not, or may not be, is
// never charged without --confirm-host, which must be the host of the base URL.
func TestConfirmSpellings(t *testing.T) {
	for _, base := range []string{
		"http://localhost.example.com", "http://127.0.0.1.nip.io", "http://127.0.0.1.", "http://localhost.", "http://my.localhost",
		"http://0.0.0.0", "http://0.0.0.0:8080", "http://[::]", "http://2130706433", "http://0x7f000001", "http://0177.0.0.1", "http://127.1",
		"http://[::ffff:10.0.0.1]", "http://[fe80::1%25eth0]", "http://10.0.0.1", "http://192.168.0.1", "http://169.254.169.254", "http://localhost1",
		"http://127.0.0.1\u3002example.com", "http://\uff11\uff12\uff17.0.0.1",
	} {
		cfg := config.Config{Safety: config.Pay, BaseURL: base}
		if cfg.Loopback() || cfg.Confirm() == nil {
			t.Errorf("%s may be charged without confirmation", base)
		}
	}
	for _, base := range []string{
		"http://127.0.0.1", "https://127.0.0.1:8443", "http://127.8.9.1", "http://localhost", "http://LOCALHOST:1", "http://[::1]", "http://[0:0:0:0:0:0:0:1]:1", "http://[::ffff:127.0.0.1]",
	} {
		cfg := config.Config{Safety: config.Pay, BaseURL: base}
		if !cfg.Loopback() || cfg.Confirm() != nil {
			t.Errorf("%s is this machine", base)
		}
	}
	for _, test := range []struct {
		base, host string
		ok         bool
	}{
		{"https://api.test", "api.test", true},
		{"https://api.test", "API.Test", true},
		{"https://api.test", "api.test:443", true},
		{"http://api.test", "api.test:80", true},
		{"https://api.test:8443", "api.test", true},
		{"https://api.test:8443", "api.test:8443", true},
		{"https://api.test:8443", "api.test:443", false},
		{"https://api.test", "api.test:8443", false},
		{"https://api.test", "api.test:", false},
		{"https://api.test", "api.test.", false},
		{"https://api.test.", "api.test", false},
		{"https://api.test.", "api.test.", true},
		{"https://api.test", "", false},
		{"https://api.test", " api.test", false},
		{"https://api.test", "https://api.test", false},
		{"https://api.test", "api.test/", false},
		{"https://api.test", "user@api.test", false},
		{"https://api.test", "api.test?x", false},
		{"https://api.test", "*.test", false},
		{"https://api.test", "test", false},
		{"https://api.test", "api.test,other.test", false},
		{"https://10.0.0.1", "10.0.0.1", true},
		{"https://10.0.0.1", "10.0.0.2", false},
		{"https://10.0.0.1", "167772161", false},
		{"https://[2001:db8::1]:8443", "[2001:db8::1]:8443", true},
		{"https://[2001:db8::1]:8443", "[2001:db8::1]", true},
		{"https://[2001:db8::1]:8443", "2001:db8::1", true},
		{"https://[2001:db8::1]", "2001:DB8:0:0::1", true},
		{"https://[2001:db8::1]", "[2001:db8::2]", false},
	} {
		cfg := config.Config{Safety: config.Pay, BaseURL: test.base, ConfirmHost: test.host}
		if err := cfg.Confirm(); (err == nil) != test.ok {
			t.Errorf("%s confirmed by %q: error %v, want ok %v", test.base, test.host, err, test.ok)
		}
	}
}

// TestConfirmIsNotAskedOfProxies: the host to confirm is that of the base URL, whatever
// proxies a request passes.
func TestConfirmIsNotAskedOfProxies(t *testing.T) {
	t.Setenv("HTTPS_PROXY", "http://proxy.test:3128")
	t.Setenv("HTTP_PROXY", "http://127.0.0.1:3128")
	for _, test := range []struct {
		base, host string
		ok         bool
	}{
		{"https://api.test", "", false},
		{"https://api.test", "proxy.test", false},
		{"http://api.test", "127.0.0.1", false},
		{"https://api.test", "api.test", true},
		{"https://127.0.0.1", "", true}, // no proxy is used for this machine
	} {
		cfg := config.Config{Safety: config.Pay, BaseURL: test.base, ConfirmHost: test.host}
		if err := newClientError(cfg); (err == nil) != test.ok {
			t.Errorf("%s confirmed by %q: error %v, want ok %v", test.base, test.host, err, test.ok)
		}
	}
}

func newClientError(cfg config.Config) error {
	_, err := client.New(cfg)
	return err
}
