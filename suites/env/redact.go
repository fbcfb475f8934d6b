package env

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"sync"

	"github.com/hostup/api-conformance/spec"
)

// A Redactor takes secrets out of everything that is kept or shown. It is safe
// for concurrent use. In this order it replaces
//
//  1. the configured credentials wherever they stand, in any mixture of the
//     spellings raw, percent-encoded (twice too), JSON-escaped and HTML-escaped,
//     in base64 at any offset ("user:credential") and in hexadecimal, and their
//     beginnings of 8 characters or more; a credential shorter than 8 characters
//     only where it stands alone;
//  2. the values of headers, cookies, JSON members and parameters whose names
//     say that they are secret, except credentials that a request made up;
//  3. the passwords of addresses ("https://user:password@host");
//  4. card numbers: 13 to 19 digits that pass the Luhn check, together or in the
//     groups of a printed card, down to the last four.
//
// A replacement names what stood there: ‹redacted HOSTUP_API_KEY›. Redacting
// twice changes nothing.
//
// What it cannot know: other secrets under names that do not say so, and
// credentials that are encrypted, compressed, cut at the front or reversed.
type Redactor struct {
	needles []needle
	first   [256]bool // bytes with which a spelling of a needle may begin

	mu   sync.Mutex
	made map[string]bool
}

// A Credential is a secret that no setting holds: one of recorded traffic.
type Credential struct{ Name, Value string }

// NewRedactor knows the credentials of cfg, and others.
func NewRedactor(cfg Config, others ...Credential) *Redactor {
	r := &Redactor{made: map[string]bool{}}
	for _, s := range cfg.secrets() {
		r.needles = append(r.needles, needles(s)...)
	}
	for _, s := range others {
		r.needles = append(r.needles, needles(secretValue{s.Name, s.Value})...)
	}
	for c := range r.first {
		r.first[c] = len(r.needles) > 0 && (c == '%' || c == '&' || c == '\\')
		for _, n := range r.needles {
			r.first[c] = r.first[c] || same(byte(c), n.text[0], n.form)
		}
	}
	return r
}

// Text returns s without secrets.
func (r *Redactor) Text(s string) string {
	return maskCards(r.named(withoutPasswords(r.values(s))))
}

// withoutPasswords redacts the passwords of addresses.
func withoutPasswords(s string) string {
	if !strings.Contains(s, "@") || !strings.Contains(s, "://") {
		return s
	}
	return userInfo.ReplaceAllString(s, "${1}"+redacted("password")+"@")
}

var userInfo = regexp.MustCompile(`(://[^\s/?#@:"'<>\\‹]*:)[^\s/?#@"'<>\\‹]+@`)

// Bytes returns b without secrets. Nil stays nil. It may return b itself.
func (r *Redactor) Bytes(b []byte) []byte {
	if len(b) == 0 {
		return b
	}
	if s := r.Text(string(b)); s != string(b) {
		return []byte(s)
	}
	return b
}

// Exchange returns a copy of ex without secrets. The copy shares bodies in which
// there was none.
func (r *Redactor) Exchange(ex spec.Exchange) spec.Exchange {
	ex.Request.URL = r.url(ex.Request.URL)
	ex.Request.Header = r.headers(ex.Request.Header)
	ex.Request.Body = r.Bytes(ex.Request.Body)
	ex.Failure = r.Text(ex.Failure)
	if ex.Response != nil {
		resp := *ex.Response
		resp.Header = r.headers(resp.Header)
		resp.Body = r.Bytes(resp.Body)
		resp.ReadFailure = r.Text(resp.ReadFailure)
		ex.Response = &resp
	}
	return ex
}

// madeUp tells that a request carries value as a credential that is none: a
// report of "garbage is refused" has to show the garbage.
func (r *Redactor) madeUp(value string) {
	const most = 4096 // values; a run makes up some dozens
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.made) < most && len(value) <= bodyShown {
		r.made[value] = true
	}
}

func (r *Redactor) isMade(value string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.made[value]
}

func (r *Redactor) headers(h http.Header) http.Header {
	if h == nil {
		return nil
	}
	out := make(http.Header, len(h))
	for name, values := range h {
		for _, v := range values {
			key := r.Text(name)
			out[key] = append(out[key], r.header(name, v))
		}
	}
	return out
}

func (r *Redactor) header(name, value string) string {
	switch http.CanonicalHeaderKey(name) {
	case "Authorization", "Proxy-Authorization":
		scheme, rest, two := strings.Cut(value, " ")
		switch known := authScheme.MatchString(scheme); {
		case known && two:
			return scheme + " " + r.secret(name, rest)
		case known:
			return value
		}
		return r.secret(name, value)
	case "X-Api-Key", "Api-Key", "X-Auth-Token":
		return r.secret(name, value)
	case "Cookie":
		pairs := strings.Split(value, ";")
		for i, p := range pairs {
			pairs[i] = r.pair(name, p)
		}
		return strings.Join(pairs, ";")
	case "Set-Cookie":
		first, attributes, more := strings.Cut(value, ";")
		first = r.pair(name, first)
		if more {
			return first + ";" + r.Text(attributes)
		}
		return first
	}
	return r.Text(value)
}

var authScheme = regexp.MustCompile(`^(?i:bearer|basic|digest|token|negotiate|apikey)$`)

// pair redacts the value of "name=value"; without "=" it is all value.
func (r *Redactor) pair(header, p string) string {
	name, value, ok := strings.Cut(p, "=")
	if !ok {
		return r.secret(header, p)
	}
	return r.Text(name) + "=" + r.secret(header, value)
}

// secret replaces a value that is secret by its place, named by that place.
func (r *Redactor) secret(place, value string) string {
	plain := r.values(value)
	if strings.TrimSpace(plain) == "" || marker.FindString(plain) == plain || r.isMade(value) {
		return maskCards(plain)
	}
	return redacted(place)
}

func redacted(what string) string { return "‹redacted " + what + "›" }

// marker matches what redacted makes.
var marker = regexp.MustCompile(`‹redacted [^‹›]*›`)

func (r *Redactor) url(u *url.URL) *url.URL {
	if u == nil {
		return nil
	}
	c := *u
	c.User = nil
	c.Host = r.Text(u.Host)
	c.RawQuery = r.Text(u.RawQuery)
	c.Fragment, c.RawFragment = r.Text(u.Fragment), ""
	path := u.EscapedPath()
	if u.Opaque != "" {
		path = u.Opaque
	}
	if clean := r.Text(path); clean != path || u.Opaque != "" {
		c.Opaque = clean
		if u.Opaque == "" {
			c.Opaque = "//" + c.Host + clean
		}
		c.Path, c.RawPath = r.Text(u.Path), "" // percent-encoding of the marker would not be readable
	}
	return &c
}
