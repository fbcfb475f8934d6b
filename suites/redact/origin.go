package redact

import (
	"net/url"
	"strings"
)

// SameOrigin reports whether an address is at the origin of a base URL: scheme, host
// without case, and port with its default. The empty base is no origin.
func SameOrigin(base string, u *url.URL) bool {
	b, err := url.Parse(base)
	return err == nil && base != "" && Origin(b) == Origin(u)
}

// Origin is the origin of an address in its one form.
func Origin(u *url.URL) string {
	host := u.Host
	switch port := u.Port(); {
	case u.Scheme == "http" && port == "80", u.Scheme == "https" && port == "443":
		host = strings.TrimSuffix(host, ":"+port)
	}
	return u.Scheme + "://" + strings.ToLower(host)
}
