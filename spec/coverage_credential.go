package spec

import (
	"net/http"
	"slices"
	"strings"
)

// A coverScheme holds the items of one documented security scheme.
type coverScheme struct {
	key               string // name of the header or cookie
	accepted, refused int
}

// credentials adds items for each documented scheme, accepted and refused, for no
// credential, and for an undocumented credential.
func (b *coverBuilder) credentials() {
	if len(b.o.Security) == 0 {
		return
	}
	for _, scheme := range b.o.Security {
		s := coverScheme{
			key:      scheme.Key,
			accepted: b.item(CoverCredential, scheme.Name+" accepted", ""),
			refused:  b.item(CoverCredential, scheme.Name+" refused", ""),
		}
		switch {
		case scheme.Type == "http" && strings.EqualFold(scheme.Scheme, "bearer"):
			b.p.bearer = append(b.p.bearer, s)
		case scheme.Type == "apiKey" && scheme.In == "header":
			b.p.apiKeys = append(b.p.apiKeys, s)
		case scheme.Type == "apiKey" && scheme.In == "cookie":
			b.p.cookies = append(b.p.cookies, s)
		}
	}
	b.p.keys = b.c.keyNames("header")
	b.p.none = b.item(CoverCredential, "none", "")
	b.p.undocumented = b.item(CoverCredential, "undocumented", "")
}

// observeCredential marks the credentials that a request carries, and whether the
// response was 401. Their values are not inspected.
func (p *coverPlan) observeCredential(s *sighting, ex *Exchange) {
	if p.none == 0 {
		return
	}
	found := false
	mark := func(c coverScheme) {
		found = true
		switch {
		case ex.Response == nil:
		case ex.Response.Status == http.StatusUnauthorized:
			s.mark(c.refused)
		default:
			s.mark(c.accepted)
		}
	}
	header := ex.Request.Header
	authorization := header.Get("Authorization")
	if scheme, _, _ := strings.Cut(authorization, " "); strings.EqualFold(scheme, "bearer") {
		for _, c := range p.bearer {
			mark(c)
		}
	}
	for _, c := range p.apiKeys {
		if header.Get(c.key) != "" {
			mark(c)
		}
	}
	for _, c := range p.cookies {
		if hasCookie(header, c.key) {
			mark(c)
		}
	}
	switch {
	case found:
	case authorization != "" || len(header["Cookie"]) > 0 || slices.ContainsFunc(p.keys, func(name string) bool { return header.Get(name) != "" }):
		s.mark(p.undocumented)
	default:
		s.mark(p.none)
	}
}

// hasCookie reports whether a request has a cookie. HTTP/2 may split them into several lines
// (RFC 9113 section 8.2.3).
func hasCookie(h http.Header, name string) bool {
	for _, line := range h.Values("Cookie") {
		for pair := range strings.SplitSeq(line, ";") {
			if n, _, ok := strings.Cut(strings.TrimSpace(pair), "="); ok && n == name {
				return true
			}
		}
	}
	return false
}
