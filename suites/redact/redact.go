package redact

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"

	"github.com/hostup/api-conformance/spec"
	secrets "github.com/hostup/api-conformance/spec/secret"
)

// A Redactor removes secrets from everything that is kept or shown. It is safe for
// concurrent use. It replaces
//
//  1. known credentials anywhere, in every spelling that [secrets.Matcher] finds,
//     and parts of them of 8 characters or more; a credential shorter than 8
//     characters only as a word of its own;
//  2. the values of headers, cookies, JSON properties and parameters whose names
//     mark them as secret, except credentials that the suite made up;
//  3. passwords in URLs ("https://user:password@host");
//  4. card numbers: 13 to 19 digits that pass the Luhn check, together or in the
//     groups of a printed card, down to the last four.
//
// A replacement names what it replaces: ‹redacted API_KEY›. Redacting twice changes
// nothing. No code reads a replacement back: [Redactor.Curl] works on the exchange before
// redaction.
//
// It cannot recognise secrets under names that do not mark them as such, nor credentials
// that are encrypted or compressed.
type Redactor struct {
	base    string // the URL whose origin the credentials are for, "" if unknown
	known   []Credential
	matcher *secrets.Matcher
	names   secrets.Names
	public  func(word string) bool
	own     []string // lower case

	mu   sync.Mutex
	made map[string]bool

	// Texts in which Text and Known hide nothing: header names and spec names recur all
	// the time.
	plain, plainKnown texts
	plainNames        texts // names of headers that show no secret and do not say that their values are one
}

// A Credential is a secret and the name that replaces it.
type Credential struct {
	Name, Value string

	// Variable says that Name is the environment variable that holds the value, or
	// another one for the same purpose. Commands for the base URL use it.
	Variable bool

	// StandIn says that Value replaces the credential in one of the suite's own
	// recordings. It counts as the credential only where it is the whole of a value that
	// is secret by its place.
	StandIn bool
}

// New returns a Redactor for the known credentials. Commands use their variables in
// requests to the origin of base, or never if base is "".
func New(base string, known ...Credential) *Redactor {
	r := &Redactor{base: base, known: known, made: map[string]bool{}}
	var values []secrets.Secret
	for _, c := range known {
		if c.StandIn {
			c.Value = "" // never found
		}
		values = append(values, secrets.Secret{Name: c.Name, Value: c.Value})
	}
	r.matcher = secrets.NewMatcher(r.isPublic, values...)
	return r
}

// Public sets the test for words that are not secret even as part of a credential: the
// words of the contract. It must be called before the first text is redacted.
func (r *Redactor) Public(word func(string) bool) { r.public = word }

// Own sets the suite's own words, in lower case, which are not secret either. It must be
// called before the first text is redacted.
func (r *Redactor) Own(words ...string) { r.own = append(r.own, words...) }

// isPublic reports whether word belongs to the suite or to the contract.
func (r *Redactor) isPublic(word string) bool {
	if w := strings.ToLower(word); w == "redacted" || slices.Contains(r.own, w) {
		return true
	}
	for _, c := range r.known {
		if c.Variable && strings.EqualFold(word, c.Name) {
			return true
		}
	}
	return r.public != nil && r.public(word)
}

// Text returns s with all secrets replaced.
func (r *Redactor) Text(s string) string { return splice(s, r.find(s)) }

// Known returns s with only known credentials and card numbers replaced, whatever names
// it holds. It is for texts that are mostly the suite's own.
func (r *Redactor) Known(s string) string {
	if r.plainKnown.has(s) {
		return s
	}
	all := merged(append(r.credentials(s), cards(s)...))
	if len(all) == 0 {
		r.plainKnown.add(s)
	}
	return splice(s, all)
}

// Bytes returns b with all secrets replaced. It returns b itself if it has none, and nil
// for nil.
func (r *Redactor) Bytes(b []byte) []byte {
	if len(b) == 0 {
		return b
	}
	text := string(b)
	if all := r.search(text); len(all) > 0 { // bodies seldom recur
		return []byte(splice(text, all))
	}
	return b
}

// Exchange returns a copy of ex with all secrets replaced. Bodies and header values
// without secrets are shared.
func (r *Redactor) Exchange(ex spec.Exchange) spec.Exchange {
	ex.Request.Method = r.Text(ex.Request.Method)
	ex.Request.URL = r.url(ex.Request.URL)
	ex.Request.Header = r.headers(ex.Request.Header)
	ex.Request.Body = r.Bytes(ex.Request.Body)
	ex.Failure = r.Text(ex.Failure)
	if ex.Response != nil {
		resp := *ex.Response
		resp.Proto = r.Text(resp.Proto)
		resp.Header = r.headers(resp.Header)
		resp.Body = r.Bytes(resp.Body)
		resp.ReadFailure = r.Text(resp.ReadFailure)
		ex.Response = &resp
	}
	return ex
}

// Recorded is [Redactor.Exchange] for callers that show at most limit bytes of a request
// body. Of a longer body it searches and returns only the beginning: some requests of the
// suite have several megabytes.
func (r *Redactor) Recorded(ex spec.Exchange, limit int) spec.Exchange {
	if len(ex.Request.Body) <= limit+bodyEnd {
		return r.Exchange(ex)
	}
	ex.Request.Body = cut(ex.Request.Body, limit+bodyEnd)
	ex = r.Exchange(ex)
	ex.Request.Body = beginning(ex.Request.Body)
	return ex
}

// MadeUp tells the redactor that value is sent as a credential but is not one: a report
// of "garbage is refused" has to show the garbage.
func (r *Redactor) MadeUp(value string) {
	const most = 4096 // a run makes up a few dozen
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
		key := name
		if !r.plainNames.has(name) {
			key = r.Text(name)
		}
		clean := slices.Clip(values)
		for i, v := range values {
			if all := r.inHeader(name, v); len(all) > 0 {
				if &clean[0] == &values[0] { // values without secrets are shared
					clean = slices.Clone(values)
				}
				clean[i] = splice(v, all)
			}
		}
		if before, ok := out[key]; ok {
			clean = append(before, clean...)
		}
		out[key] = clean
	}
	return out
}

func (r *Redactor) url(u *url.URL) *url.URL {
	if u == nil {
		return nil
	}
	c := *u
	c.User = nil
	c.Scheme = r.Text(u.Scheme)
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
		c.Path, c.RawPath = r.Text(u.Path), "" // a percent-encoded marker would not be readable
	}
	return &c
}
