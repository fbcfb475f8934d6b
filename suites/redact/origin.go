package redact

import (
	"net/url"
	"strings"
)

// SameOrigin reports whether u has the origin of the base URL: scheme, host (ignoring
// case) and port (with its default). An empty base has no origin.
func SameOrigin(base string, u *url.URL) bool {
	b, err := url.Parse(base)
	return err == nil && base != "" && Origin(b) == Origin(u)
}

// Origin returns the origin of u in normal form: the host in lower case, without a
// default port.
func Origin(u *url.URL) string {
	host := u.Host
	switch port := u.Port(); {
	case u.Scheme == "http" && port == "80", u.Scheme == "https" && port == "443":
		host = strings.TrimSuffix(host, ":"+port)
	}
	return u.Scheme + "://" + strings.ToLower(host)
}
