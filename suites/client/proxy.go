package client

import (
	"cmp"
	"net/url"
	"os"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/http/httpproxy"

	"github.com/hostup/api-conformance/suites/config"
)

// proxySchemes are the proxy schemes that net/http supports.
var proxySchemes = []string{"http", "https", "socks5", "socks5h"}

// proxyFor returns the function that selects the proxy for a URL: that of HTTPS_PROXY or
// HTTP_PROXY by its scheme, else of ALL_PROXY, in upper or lower case, unless NO_PROXY
// names the host, or it is this machine. An invalid variable that base needs is a
// *config.Error: httpproxy would use no proxy instead.
//
// http.ProxyFromEnvironment is not used, as it reads the environment once per process,
// which several runs may share.
func proxyFor(base *url.URL) (func(*url.URL) (*url.URL, error), error) {
	c := httpproxy.FromEnvironment()
	for _, p := range []struct {
		scheme string
		value  *string
	}{{"https", &c.HTTPSProxy}, {"http", &c.HTTPProxy}} {
		name, value := proxyVariable(p.scheme)
		proxy, trouble := proxyURL(value)
		if *p.value = proxy; trouble != "" && p.scheme == base.Scheme && wanted(c.NoProxy, base) {
			return nil, config.Errorf("%s %s", name, trouble)
		}
	}
	return c.ProxyFunc(), nil
}

// wanted reports whether a URL would be requested through a proxy if there were one.
func wanted(noProxy string, base *url.URL) bool {
	c := httpproxy.Config{HTTPProxy: "http://proxy.invalid", HTTPSProxy: "http://proxy.invalid", NoProxy: noProxy}
	proxy, _ := c.ProxyFunc()(base)
	return proxy != nil
}

// proxyVariable returns the variable that names the proxy for a scheme, and its value.
func proxyVariable(scheme string) (name, value string) {
	for _, stem := range []string{scheme + "_proxy", "all_proxy"} {
		for _, name := range []string{strings.ToUpper(stem), stem} {
			if value := os.Getenv(name); value != "" {
				return name, value
			}
		}
	}
	return "", ""
}

// proxyURL returns the complete URL of a proxy, or what is wrong with it without quoting
// it, as it may contain a password. Without a scheme it is HTTP.
func proxyURL(value string) (address, trouble string) {
	if value == "" {
		return "", ""
	}
	if !strings.Contains(value, "://") {
		value = "http://" + value
	}
	const form = "is no URL such as http://user:password@proxy.example.com:3128: "
	u, err := url.Parse(value)
	switch {
	case err != nil, u.Hostname() == "", u.Path != "" && u.Path != "/", strings.ContainsAny(value, "?#"):
		return "", form + "escape % as %25, # as %23, / as %2F, ? as %3F and a space as %20 in user and password, and give a port of digits"
	case !slices.Contains(proxySchemes, u.Scheme):
		return "", form + "a proxy is one of " + strings.Join(proxySchemes, ", ")
	}
	if n, err := strconv.Atoi(cmp.Or(u.Port(), "1")); strings.HasSuffix(u.Host, ":") || err != nil || n < 1 || n > 65535 {
		return "", form + "want a port from 1 to 65535"
	}
	return u.String(), ""
}
