package spec

import (
	"encoding/base64"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/hostup/api-conformance/spec/secret"
)

// credentials finds those of a request in text. The zero value finds nothing.
type credentials struct {
	found *credentialMatcher
	query string // of the request as it was sent
}

const inQuery = "query parameter "

type credentialMatcher struct {
	sources []string // location of each in the request: "Authorization"
	matcher *secret.Matcher
}

// in returns the location in the request of a credential that a text repeats, in any
// spelling; "" if it repeats none. A part that does not disclose the credential is no
// leak: programs use it to say which key they mean.
func (c credentials) in(text string) string {
	if c.found == nil {
		return ""
	}
	for _, f := range c.found.matcher.Find(text) {
		source := c.found.sources[f.Secret]
		if f.Usable() && !(strings.HasPrefix(source, inQuery) && c.repeatsTarget(text)) {
			return source
		}
	}
	return ""
}

// repeatsTarget reports whether a text contains the whole query of the request: a URL
// that identifies the request (RFC 9457 section 3.1.5, a link to the same page) repeats
// what the client put there.
func (c credentials) repeatsTarget(text string) bool {
	return strings.Contains(text, c.query) || strings.Contains(strings.ReplaceAll(text, `\u0026`, "&"), c.query)
}

// credentials returns those of the request, found on first use.
func (k *Judgement) credentials() credentials {
	if k.keys == nil {
		found := k.findCredentials()
		k.keys = &found
	}
	return *k.keys
}

// findCredentials returns the credentials of the request: the value of Authorization, the keys of the
// document's security schemes, and undocumented headers and query parameters whose names
// say that they are secret. Short values and plain words ("anonymous") occur in any text by chance
// and are ignored.
func (k *Judgement) findCredentials() credentials {
	var sources []string
	var values []secret.Secret
	add := func(source, value string) {
		const meaningful = 8
		if len(value) >= meaningful && !plainWord(value) {
			sources, values = append(sources, source), append(values, secret.Secret{Name: source, Value: value})
		}
	}
	h := k.ex.Request.Header
	for _, v := range h.Values("Authorization") {
		if !k.c.Word(v) { // the name of a scheme, which challenges repeat
			add("Authorization", credentialOf(v))
		}
	}
	names := k.c.keyNames("header")
	for _, name := range slices.Sorted(maps.Keys(h)) {
		if secret.Access(name) && !k.documents(name) && !slices.ContainsFunc(names, func(n string) bool { return strings.EqualFold(n, name) }) {
			names = append(names[:len(names):len(names)], name)
		}
	}
	for _, name := range names {
		for _, v := range h.Values(name) {
			add(name, v)
		}
	}
	cookies := k.c.keyNames("cookie")
	for _, line := range h.Values("Cookie") {
		for pair := range strings.SplitSeq(line, ";") {
			if name, value, ok := strings.Cut(strings.TrimSpace(pair), "="); ok && slices.Contains(cookies, name) {
				add("Cookie", value)
			}
		}
	}
	if k.ex.Request.URL != nil && k.ex.Request.URL.RawQuery != "" {
		keys := k.c.keyNames("query")
		for name, list := range k.Query() {
			for _, v := range list {
				if slices.Contains(keys, name) || secret.Property(name) && !k.documents(name) {
					add(inQuery+name, v)
				}
			}
		}
	}
	if len(values) == 0 {
		return credentials{}
	}
	c := credentials{found: k.c.matchers.of(sources, values)}
	if k.ex.Request.URL != nil {
		c.query = k.ex.Request.URL.RawQuery
	}
	return c
}

// documents reports whether the operation has a documented parameter of this name.
func (k *Judgement) documents(parameter string) bool {
	return k.op != nil && slices.ContainsFunc(k.op.Parameters, func(p Parameter) bool {
		return p.Name == parameter || p.In == "header" && strings.EqualFold(p.Name, parameter)
	})
}

// credentialOf returns the secret in the value of Authorization. Of Basic it is the
// password, or the user name if there is no password, as it may then be a key. An account
// name is no secret.
func credentialOf(authorization string) string {
	scheme, value, two := strings.Cut(strings.TrimSpace(authorization), " ")
	if !two {
		return scheme
	}
	value = strings.TrimSpace(value)
	if !strings.EqualFold(scheme, "Basic") {
		return value
	}
	plain, err := base64.StdEncoding.DecodeString(value)
	if err != nil {
		return value
	}
	user, password, _ := strings.Cut(string(plain), ":")
	if password == "" && !strings.Contains(user, "@") {
		return user
	}
	return password
}

// plainWord reports whether a value is a word of letters, in one case or capitalized.
func plainWord(s string) bool {
	const longest = 20 // a longer one is a key that happens to have no digit
	notLower := func(c rune) bool { return c < 'a' || c > 'z' }
	notUpper := func(c rune) bool { return c < 'A' || c > 'Z' }
	rest := s[1:]
	return len(s) < longest && (strings.IndexFunc(rest, notLower) < 0 || strings.IndexFunc(rest, notUpper) < 0) && (!notLower(rune(s[0])) || !notUpper(rune(s[0])))
}

// keyNames returns the names of the headers, cookies or query parameters in which the
// document's security schemes put a key. Other cookies (a language, a consent) are no
// secrets.
func (c *Contract) keyNames(in string) []string { return c.keys()[in] }

func (c *Contract) allKeyNames() map[string][]string {
	names := map[string][]string{}
	for _, o := range c.operations {
		for _, s := range o.Security {
			if s.Key != "" && !slices.Contains(names[s.In], s.Key) {
				names[s.In] = append(names[s.In], s.Key)
			}
		}
	}
	return names
}

// Word reports whether a word occurs in the document or the catalogue, in any case: then
// it is public, even if a credential happens to contain it.
func (c *Contract) Word(word string) bool { return c.words()[strings.ToLower(word)] }

func (c *Contract) allWords(document []byte) map[string]bool {
	words := map[string]bool{}
	add := func(text string) {
		for w := range strings.FieldsFuncSeq(strings.ToLower(text), func(r rune) bool {
			return r != '-' && r != '_' && (r < '0' || r > '9') && (r < 'a' || r > 'z')
		}) {
			words[w] = true
		}
	}
	add(string(document))
	for _, r := range c.catalogue {
		add(r.ID + " " + r.Sentence + " " + strings.Join(r.Sources, " "))
	}
	return words
}

// CredentialHeaders returns the names of the request headers that carry credentials:
// Authorization, and those of the document's security schemes.
func (c *Contract) CredentialHeaders() []string {
	names := []string{"Authorization"}
	for _, n := range c.keyNames("header") {
		names = append(names, http.CanonicalHeaderKey(n))
	}
	return names
}

// CredentialCookies returns the names of the cookies in which the document's security
// schemes put a key.
func (c *Contract) CredentialCookies() []string { return c.keyNames("cookie") }

// CredentialParameters returns the names of the query parameters in which the document's
// security schemes put a key.
func (c *Contract) CredentialParameters() []string { return c.keyNames("query") }

// matchers caches credential matchers, of which a run needs dozens. It is safe for
// concurrent use.
type matchers struct {
	mu    sync.Mutex
	known map[string]*credentialMatcher
}

func (m *matchers) of(sources []string, values []secret.Secret) *credentialMatcher {
	var key []byte
	for i, v := range values {
		for _, part := range []string{sources[i], v.Value} {
			key = append(append(strconv.AppendInt(key, int64(len(part)), 10), ':'), part...)
		}
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if found := m.known[string(key)]; found != nil {
		return found
	}
	const most = 256
	if m.known == nil || len(m.known) >= most {
		m.known = map[string]*credentialMatcher{}
	}
	found := &credentialMatcher{sources, secret.NewMatcher(nil, values...)}
	m.known[string(key)] = found
	return found
}
