package spec

import (
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/publicsuffix"

	"github.com/hostup/api-conformance/spec/document"
)

// An address is a URL in a response that sends its reader elsewhere.
type address struct {
	at   Place
	text string
	url  *url.URL

	name bool // it identifies a problem type and need not resolve
}

// addresses returns the absolute URLs in a response whose meaning the documentation or an
// RFC defines: redirect targets, those that a pack names, and the type and instance of a
// Problem document. Data such as a customer's website is not included.
func (k *Judgement) addresses() (list []address) {
	add := func(at Place, text string, name bool) {
		u, err := url.Parse(strings.TrimSpace(text))
		if err == nil && u.Host != "" && (u.Scheme == "" || u.Scheme == "http" || u.Scheme == "https") {
			list = append(list, address{at, text, u, name})
		}
	}
	for _, name := range []string{"Location", "Content-Location"} {
		for _, v := range k.ex.Response.Header.Values(name) {
			add(InPart("header "+name), v, false)
		}
	}
	o := k.Object()
	if !k.decoded || o == nil {
		return list
	}
	names := []string{"type", "instance"}
	if k.Problem() == nil {
		names = nil
		if k.c.pack != nil {
			names = k.c.pack.Addresses
		}
	}
	for _, name := range names {
		if text, ok := o[name].(string); ok {
			add(k.InBody(name), text, name == "type")
		}
	}
	return list
}

func (k *Judgement) hasAddresses() bool { return len(k.addresses()) > 0 }

// checkAddresses checks that URLs use TLS where the API does, and name hosts that the
// reader can reach.
func (k *Judgement) checkAddresses() {
	for _, a := range k.addresses() {
		host := strings.ToLower(a.url.Hostname())
		switch {
		case a.url.Scheme == "http" && k.secured(host) && !(a.name && k.c.pack == nil): // others may name types without TLS
			k.Report("LINK-TLS-001", a.at, "tls", "an address with https, as the API has", strconv.Quote(a.text))
		case !a.name && k.unreachable(host) && k.ofAPI(a):
			k.Report("LINK-HOST-001", a.at, "host", "a host that the reader of the response can reach", strconv.Quote(a.text))
		}
	}
}

// ofAPI reports whether an address must be one that the API chose. An API that nobody knows
// may redirect to what its users have stored; what it has made is at a path of its own.
func (k *Judgement) ofAPI(a address) bool {
	if k.c.pack != nil {
		return true
	}
	if k.said(a.url.Host) || slices.ContainsFunc(k.c.servers(), func(s *url.URL) bool { return strings.EqualFold(s.Hostname(), a.url.Hostname()) }) {
		return false
	}
	if k.ex.Response.Status/100 == 3 {
		return strings.Trim(a.url.Path, "/") == strings.Trim(k.ex.Request.Path(), "/")
	}
	return slices.ContainsFunc(document.Methods(), func(method string) bool { return k.c.Locate(strings.ToUpper(method), a.url.Path) != nil })
}

// secured reports whether a host is served over TLS: it is the target, requested with
// https, or shares a domain with a documented server. A target that was asked without TLS
// has none.
func (k *Judgement) secured(host string) bool {
	if u := k.ex.Request.URL; u != nil && strings.EqualFold(u.Hostname(), host) {
		return u.Scheme == "https"
	}
	for _, s := range k.c.servers() {
		if s.Scheme == "https" && (host == s.Hostname() || below(host, s.Hostname())) {
			return true
		}
	}
	return false
}

// below reports whether two hosts share a domain that one owner has. IP addresses share
// none.
func below(a, b string) bool {
	if _, err := netip.ParseAddr(a); err == nil {
		return false
	}
	x, err := publicsuffix.EffectiveTLDPlusOne(a)
	y, other := publicsuffix.EffectiveTLDPlusOne(b)
	return err == nil && other == nil && x == y
}

// unreachable reports whether a host is meaningless to any reader, or inside a network
// that the request did not go to.
func (k *Judgement) unreachable(host string) bool {
	u := k.ex.Request.URL
	if u != nil && strings.EqualFold(u.Hostname(), host) {
		return false // the reader has reached it
	}
	if host == "undefined" || host == "null" || slices.Contains(examples, host) {
		return true
	}
	return insideHost(host) && (u == nil || !insideHost(strings.ToLower(u.Hostname())))
}

// examples are hosts that RFC 2606 reserves for documentation.
var examples = []string{"example.com", "example.org", "example.net", "www.example.com", "api.example.com"}

// insideHost reports whether a host is meaningful only within one network: special names
// of RFC 6761 and RFC 6762, private addresses of RFC 1918 and the like, names without a
// domain.
func insideHost(host string) bool {
	if ip, err := netip.ParseAddr(host); err == nil {
		return ip.IsPrivate() || ip.IsLoopback() || ip.IsLinkLocalUnicast() || ip.IsUnspecified()
	}
	if !strings.Contains(host, ".") {
		return true
	}
	for _, domain := range []string{".local", ".internal", ".localhost", ".localdomain", ".lan", ".intranet", ".corp", ".home.arpa"} {
		if strings.HasSuffix(host, domain) {
			return true
		}
	}
	return false
}

// servers returns the absolute URLs of the documented servers.
func (c *Contract) servers() (list []*url.URL) {
	node, _ := child(c.base.Root, "servers")
	if node == nil {
		return nil
	}
	for _, n := range node.Content {
		if u, err := url.Parse(scalar(n, "url")); err == nil && u.Host != "" {
			list = append(list, u)
		}
	}
	return list
}
