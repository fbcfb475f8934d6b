package recorded

import (
	"cmp"
	"encoding/base64"
	"net/http"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/hostup/api-conformance/reporters/har"
	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/spec/secret"
	"github.com/hostup/api-conformance/suites/config"
	"github.com/hostup/api-conformance/suites/redact"
	"github.com/hostup/api-conformance/suites/request"
)

// recordedKeys collects the credentials of recorded traffic, so that no report shows one
// anywhere.
//
// Those of requests to the base URL are replaced by the variables that hold the
// credentials of whoever repeats the request. All others are named by their location: a
// key for another origin must not be sent anywhere else.
type recordedKeys struct {
	base     string
	contract *spec.Contract
	names    *config.Names
	known    map[string]redact.Credential // by value

	secret map[string]bool // header name -> whether its values are secret
}

// shortestKey is the least length of a value to be taken for a credential: shorter ones
// occur in any text by chance.
const shortestKey = 8

// add records a value. variable is "" if no setting holds it.
func (k *recordedKeys) add(name, value, variable string) {
	const most = 4096 // a recording has a few
	value = strings.TrimSpace(value)
	if len(value) < shortestKey || !utf8.ValidString(value) || placeholder(value) {
		return
	}
	if before, known := k.known[value]; known && before.Variable || !known && len(k.known) >= most {
		return
	}
	c := redact.Credential{Name: name, Value: value}
	if variable != "" {
		c.Name, c.Variable = variable, true
	}
	k.known[value] = c
}

// collect records the credentials that an exchange carries or, if the suite recorded it,
// their placeholders.
func (k *recordedKeys) collect(r har.Recorded) {
	ex := r.Exchange
	key, session := "", ""
	if u := ex.Request.URL; u != nil {
		if redact.SameOrigin(k.base, u) {
			if r.Own {
				k.standIns()
			}
			key, session = k.names.Variable(string(request.FullKey)), k.names.Variable(string(request.Session))
		}
		for name, values := range u.Query() {
			for _, v := range values {
				if secret.Parameter(name, v) {
					k.add(name, v, "")
				}
			}
		}
	}
	keys := k.contract.CredentialHeaders()
	for name, values := range ex.Request.Header {
		for _, v := range values {
			switch {
			case name == "Authorization" || name == "Proxy-Authorization":
				variable := key
				if name != "Authorization" {
					variable = "" // the key of a proxy
				}
				k.authorization(name, v, variable)
			case name == "Cookie":
				k.cookies(v, session)
			case slices.Contains(keys, name):
				k.add(name, v, key)
			case k.isSecret(name):
				k.add(name, v, "")
			}
		}
	}
	if ex.Response == nil {
		return
	}
	for name, values := range ex.Response.Header {
		for _, v := range values {
			switch {
			case name == "Set-Cookie":
				first, _, _ := strings.Cut(v, ";")
				k.cookies(first, session)
			case k.isSecret(name):
				k.add(name, v, "")
			}
		}
	}
}

// isSecret caches [secret.Header] by name.
func (k *recordedKeys) isSecret(name string) bool {
	is, known := k.secret[name]
	if !known {
		const most = 4096
		is = secret.Header(name)
		if len(k.secret) < most {
			k.secret[name] = is
		}
	}
	return is
}

// standIns records the placeholders for the configured credentials in recordings of the
// suite.
func (k *recordedKeys) standIns() {
	for _, s := range []request.Secret{request.FullKey, request.ReadOnlyKey, request.UnscopedKey, request.Session} {
		c := redact.StandIn(k.names.Variable(string(s)))
		k.known[c.Value] = c
	}
}

// authorization records the token, or the password of Basic: a user name is no secret.
func (k *recordedKeys) authorization(name, value, variable string) {
	scheme, token, two := strings.Cut(value, " ")
	if !two {
		token = scheme
	}
	if plain, err := base64.StdEncoding.DecodeString(token); err == nil && strings.EqualFold(scheme, "Basic") {
		user, password, _ := strings.Cut(string(plain), ":")
		if password == "" {
			password = user
		}
		k.add(name, password, variable)
		return
	}
	k.add(name, token, variable)
}

// cookies records those that authenticate according to the document, or by their names.
func (k *recordedKeys) cookies(line, variable string) {
	documented := k.contract.CredentialCookies()
	cookies, _ := http.ParseCookie(line)
	for _, c := range cookies {
		switch {
		case slices.Contains(documented, c.Name):
			k.add("Cookie", c.Value, variable)
		case secret.Parameter(c.Name, c.Value):
			k.add("Cookie", c.Value, "")
		}
	}
}

// list returns the credentials in a fixed order.
func (k *recordedKeys) list() (list []redact.Credential) {
	for _, c := range k.known {
		list = append(list, c)
	}
	slices.SortFunc(list, func(a, b redact.Credential) int { return cmp.Compare(a.Value, b.Value) })
	return list
}
