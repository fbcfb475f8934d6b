package client_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/hostup/api-conformance/suites/client"
	"github.com/hostup/api-conformance/suites/config"
	"github.com/hostup/api-conformance/suites/internal/targettest"
)

// noProxies unsets the machine's proxy variables.
func noProxies(t *testing.T) {
	for _, name := range []string{"HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"} {
		t.Setenv(name, "")
		t.Setenv(strings.ToLower(name), "")
	}
}

// TestProxyVariables: an invalid URL is an error; it never means that no proxy is used.
func TestProxyVariables(t *testing.T) {
	const escape = " is no URL such as http://user:password@proxy.example.com:3128: escape % as %25, # as %23, / as %2F, ? as %3F and a space as %20 in user and password, and give a port of digits"
	for _, test := range []struct{ name, value, trouble string }{
		{"HTTPS_PROXY", "http://bob:s3%cret@127.0.0.1:1", escape},
		{"HTTPS_PROXY", "http://bob:s3#cret@127.0.0.1:1", escape},
		{"HTTPS_PROXY", "http://bob:s3/cret@127.0.0.1:1", escape},
		{"HTTPS_PROXY", "http://bob:s3?cret@127.0.0.1:1", escape},
		{"HTTPS_PROXY", "http://bob:12/s3cret@127.0.0.1:1", escape},
		{"HTTPS_PROXY", "http://bob:12?s3cret@127.0.0.1:1", escape},
		{"HTTPS_PROXY", "http://bob:s3 cret@127.0.0.1:1", escape},
		{"HTTPS_PROXY", "http://bob:s3\ncret@127.0.0.1:1", escape},
		{"https_proxy", "http://bob:s3%zzcret@127.0.0.1:1", escape},
		{"ALL_PROXY", "socks5://bob:s3%cret@127.0.0.1:1", escape},
		{"all_proxy", "bob:s3#cret@127.0.0.1:1", escape},
		{"HTTPS_PROXY", "bob:s3%cret@127.0.0.1:1", escape},
		{"HTTPS_PROXY", "http://127.0.0.1:1x", escape},
		{"HTTPS_PROXY", "http://", escape},
		{"HTTPS_PROXY", "http:/127.0.0.1:1", escape},
		{"HTTPS_PROXY", " http://127.0.0.1:1", escape},
		{"HTTPS_PROXY", "http://127.0.0.1:0", " is no URL such as http://user:password@proxy.example.com:3128: want a port from 1 to 65535"},
		{"HTTPS_PROXY", "127.0.0.1:65536", " is no URL such as http://user:password@proxy.example.com:3128: want a port from 1 to 65535"},
		{"HTTPS_PROXY", "http://proxy.test:", " is no URL such as http://user:password@proxy.example.com:3128: want a port from 1 to 65535"},
		{"HTTPS_PROXY", "socks4://127.0.0.1:1", " is no URL such as http://user:password@proxy.example.com:3128: a proxy is one of http, https, socks5, socks5h"},
		{"HTTPS_PROXY", "http://bob:s3%25cret@127.0.0.1:1", ""},
		{"HTTPS_PROXY", "http://bob:s3@cret@127.0.0.1:1/", ""},
		{"HTTPS_PROXY", "bob:s3cret@127.0.0.1:1", ""},
		{"HTTPS_PROXY", "proxy.test:3128", ""},
		{"HTTPS_PROXY", "proxy.test", ""},
		{"https_proxy", "HTTP://[::1]:3128", ""},
		{"ALL_PROXY", "socks5h://bob:s3cret@127.0.0.1:1080", ""},
		{"HTTP_PROXY", "http://bob:s3%cret@127.0.0.1:1", ""}, // not used for https
	} {
		noProxies(t)
		t.Setenv(test.name, test.value)
		err := newClientError(config.Config{BaseURL: "https://api.test"})
		want := ""
		if test.trouble != "" {
			want = test.name + test.trouble
		}
		if got := text(err); got != want || strings.Contains(got, "cret@") {
			t.Errorf("%s=%q: got %q, want %q", test.name, test.value, got, want)
		}
	}
}

// TestProxyVariableThatIsNotUsed: a variable that no request needs causes no error.
func TestProxyVariableThatIsNotUsed(t *testing.T) {
	for _, test := range []struct{ base, noProxy, want string }{
		{"http://api.test", "", "HTTP_PROXY is no URL"},
		{"http://api.test", "other.test", "HTTP_PROXY is no URL"},
		{"http://api.test", "test", ""},
		{"http://api.test", "*", ""},
		{"http://127.0.0.1:1", "", ""},
		{"http://localhost:1", "", ""},
		{"https://api.test", "", ""},
	} {
		noProxies(t)
		t.Setenv("HTTP_PROXY", "http://bob:s3%cret@127.0.0.1:1")
		t.Setenv("NO_PROXY", test.noProxy)
		got := text(newClientError(config.Config{BaseURL: test.base}))
		if test.want == "" && got != "" || !strings.HasPrefix(got, test.want) {
			t.Errorf("%s, NO_PROXY=%s: got %q, want %q", test.base, test.noProxy, got, test.want)
		}
	}
}

func text(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

// TestAllProxy: ALL_PROXY is used if no other variable applies to the target; the more
// specific one wins.
func TestAllProxy(t *testing.T) {
	asked := make(chan string, 9)
	proxy := func(name string) string {
		s := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { asked <- name + " " + r.URL.Host }))
		t.Cleanup(s.Close)
		return s.URL
	}
	all, special := proxy("all"), proxy("special")
	for _, test := range []struct{ name, value, want string }{
		{"HTTPS_PROXY", special, "all api.test"},
		{"HTTP_PROXY", special, "special api.test"},
		{"http_proxy", strings.TrimPrefix(special, "http://"), "special api.test"},
	} {
		noProxies(t)
		t.Setenv("ALL_PROXY", all)
		t.Setenv(test.name, test.value)
		cfg := targettest.Config("http://api.test")
		cfg.Safety = config.ReadOnly
		if ex := targettest.Client(t, cfg).Do(t.Context(), "", targettest.Get("/"), ""); ex.Failure != "" {
			t.Fatalf("%s=%s: %s", test.name, test.value, ex.Failure)
		}
		if got := <-asked; got != test.want {
			t.Errorf("%s=%s: asked %s, want %s", test.name, test.value, got, test.want)
		}
	}
}

func newClientError(cfg config.Config) error {
	_, err := client.New(cfg)
	return err
}
