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

// A Redactor takes secrets out of everything that is kept or shown. It is safe
// for concurrent use. It replaces
//
//  1. the credentials that it knows wherever they stand, in every spelling that
//     [secrets.Matcher] finds, and parts of them of 8 characters or more; a
//     credential shorter than 8 characters only where it stands alone;
//  2. the values of headers, cookies, JSON members and parameters whose names
//     say that they are secret, except credentials that a request made up;
//  3. the passwords of addresses ("https://user:password@host");
//  4. card numbers: 13 to 19 digits that pass the Luhn check, together or in the
//     groups of a printed card, down to the last four.
//
// A replacement names what stood there: ‹redacted API_KEY›. Redacting
// twice changes nothing. Nothing ever reads a replacement back: commands are made
// of what was there, see [Redactor.Curl].
//
// What it cannot know: other secrets under names that do not say so, and
// credentials that are encrypted, compressed or reversed.
type Redactor struct {
	base    string // the origin that the credentials are for, "" if it is not known
	known   []Credential
	matcher *secrets.Matcher
	public  func(word string) bool
	own     []string // words, in lower case

	mu   sync.Mutex
	made map[string]bool

	// Texts of which Text and Known hide nothing: names of headers and specs come again
	// and again.
	plain, plainKnown texts
}

// A Credential is a secret, and what it is called where it is hidden.
type Credential struct {
	Name, Value string

	// Variable says that Name is the variable of the environment that holds the
	// value, or another one for the same purpose: commands for the base URL use it.
	Variable bool

	// StandIn says that Value is what stands for the credential in a recording of the
	// suite's own: it means the credential only as the whole of a value that is secret
	// by its place.
	StandIn bool
}

// New returns a Redactor that knows credentials. Commands use their variables for requests to the
// base URL, "" for none.
func New(base string, known ...Credential) *Redactor {
	r := &Redactor{base: base, known: known, made: map[string]bool{}}
	var values []secrets.Secret
	for _, c := range known {
		if c.StandIn {
			c.Value = "" // which is never found
		}
		values = append(values, secrets.Secret{Name: c.Name, Value: c.Value})
	}
	r.matcher = secrets.NewMatcher(r.isPublic, values...)
	return r
}

// Public tells the words that are no secret even if a credential holds them: those
// of the contract. It has to be called before the first text.
func (r *Redactor) Public(word func(string) bool) { r.public = word }

// Own tells words of the suite's own, in lower case, that are no secret either. It has
// to be called before the first text.
func (r *Redactor) Own(words ...string) { r.own = append(r.own, words...) }

// isPublic reports whether a word is the suite's own or one of the contract.
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

// Text returns s without secrets.
func (r *Redactor) Text(s string) string { return splice(s, r.find(s)) }

// Known returns s without the credentials that the redactor knows and without card
// numbers, whatever the names in it say: it is for text of which most is the
// suite's own.
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

// Bytes returns b without secrets. Nil stays nil. It may return b itself.
func (r *Redactor) Bytes(b []byte) []byte {
	if len(b) == 0 {
		return b
	}
	text := string(b)
	if all := r.find(text); len(all) > 0 {
		return []byte(splice(text, all))
	}
	return b
}

// Exchange returns a copy of ex without secrets. The copy shares bodies in which
// there was none.
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

// Recorded is [Redactor.Exchange] for who shows at most so many bytes of a request's
// body: of a longer one it looks at no more, and leaves at most so much of it. The
// suite sends some megabytes.
func (r *Redactor) Recorded(ex spec.Exchange, limit int) spec.Exchange {
	if len(ex.Request.Body) <= limit+bodyEnd {
		return r.Exchange(ex)
	}
	ex.Request.Body = cut(ex.Request.Body, limit+bodyEnd)
	ex = r.Exchange(ex)
	ex.Request.Body = beginning(ex.Request.Body)
	return ex
}

// MadeUp tells that a request carries value as a credential that is none: a
// report of "garbage is refused" has to show the garbage.
func (r *Redactor) MadeUp(value string) {
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
			out[key] = append(out[key], splice(v, r.inHeader(name, v)))
		}
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
		c.Path, c.RawPath = r.Text(u.Path), "" // percent-encoding of the marker would not be readable
	}
	return &c
}
