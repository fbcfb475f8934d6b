package har

import (
	"errors"
	"fmt"
	"net/url"
	"strings"
)

// uri returns address with everything percent-encoded that a URI must not contain (RFC
// 3986 appendix A): redaction marks, and what specs send on purpose. Many readers refuse
// a whole file because of one invalid URI.
func uri(address string) string {
	const marks = "-._~:/?#@!$&'()*+,;=" // in addition to letters and digits
	_, rest, _ := strings.Cut(address, "://")
	host := len(address) - len(rest)
	if end := strings.IndexAny(rest, "/?#"); end >= 0 {
		host += end
	} else {
		host = len(address)
	}
	var b strings.Builder
	for i := range len(address) {
		c := address[i]
		switch {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', strings.IndexByte(marks, c) >= 0,
			c == '%' && i+2 < len(address) && isHex(address[i+1]) && isHex(address[i+2]),
			(c == '[' || c == ']') && i < host:
			b.WriteByte(c)
		default:
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}

func isHex(c byte) bool { return strings.IndexByte("0123456789abcdefABCDEF", c) >= 0 }

// address reads the URL of a request. A path that url.Parse refuses or would write
// differently is kept in Opaque, as in the exchanges of a run: specs send such paths on
// purpose.
func address(text string) (*url.URL, error) {
	text, _, _ = strings.Cut(text, "#")
	scheme, rest, _ := strings.Cut(text, "://")
	at := strings.IndexAny(rest, "/?")
	if at < 0 {
		at = len(rest)
	}
	host, target := rest[:at], rest[at:]
	base, err := url.Parse(strings.ToLower(scheme) + "://" + host)
	if err != nil || base.Hostname() == "" {
		return nil, errors.New(".request.url is not an absolute URL")
	}
	path, query, asked := strings.Cut(target, "?")
	if path == "" {
		path = "/"
	}
	u := &url.URL{Scheme: base.Scheme, Host: base.Host, RawQuery: query, ForceQuery: asked && query == ""}
	if plain, err := url.PathUnescape(path); err == nil {
		u.Path, u.RawPath = plain, path
	} else {
		u.Path = path
	}
	if u.EscapedPath() != path {
		u.Opaque = "//" + u.Host + path
	}
	return u, nil
}

// upgrades reports whether a redirect leads to the same URL with https. Such responses
// come from a proxy in front of the API or from the browser, not from the API.
func upgrades(from *url.URL, location string) bool {
	to, err := url.Parse(location)
	return err == nil && from.Scheme == "http" && to.Scheme == "https" && to.Hostname() == from.Hostname() &&
		to.EscapedPath() == from.EscapedPath() && to.RawQuery == from.RawQuery
}
