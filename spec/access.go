package spec

import (
	"slices"
	"strings"

	"github.com/hostup/api-conformance/spec/document"
)

// An Access is which credentials the document asks for: one of the alternatives,
// all schemes of it together.
type Access struct {
	Alternatives [][]SecurityScheme // without those that name a scheme which is not declared
	Optional     bool               // a request without a credential is documented, too
	Scopes       [][]string         // of each alternative, what OAuth2 has to grant
}

// Public reports whether no credential is asked for.
func (a Access) Public() bool { return len(a.Alternatives) == 0 }

// Required reports whether a request without a credential has to be refused.
func (a Access) Required() bool { return len(a.Alternatives) > 0 && !a.Optional }

// ReadingSuffices reports whether the document says that a credential for reading will
// do: one of the alternatives asks for scopes of reading only, or is OAuth2 or OpenID
// Connect and asks for no scope. Of other schemes an empty list says nothing.
func (a Access) ReadingSuffices() bool {
	for i, all := range a.Alternatives {
		silent := len(a.Scopes[i]) == 0 && slices.ContainsFunc(all, func(s SecurityScheme) bool {
			return !strings.EqualFold(s.Type, "oauth2") && !strings.EqualFold(s.Type, "openIdConnect")
		})
		if !silent && !slices.ContainsFunc(a.Scopes[i], func(scope string) bool { return !isReading(scope) }) {
			return true
		}
	}
	return false
}

// isReading reports whether a scope is one of reading by its name: "pets:read" is, and
// "pets:readwrite" is not.
func isReading(scope string) bool {
	scope = strings.ToLower(scope)
	return strings.Contains(scope, "read") && !strings.Contains(scope, "write")
}

// Access reads the security of an operation.
func (c *Contract) Access(o *Operation) (a Access) {
	_, node, ok := c.base.Resolve(o.pointer)
	if !ok {
		return a
	}
	security, _ := child(node, "security")
	if security == nil {
		security, _ = child(c.base.Root, "security")
	}
	if security == nil || security.Kind != document.Sequence {
		return a
	}
	schemes := loadSecurity(c.base)
	for _, alternative := range security.Content {
		var all []SecurityScheme
		var scopes []string
		known := true
		for i := 0; i+1 < len(alternative.Content); i += 2 {
			s, ok := schemes[alternative.Content[i].Value]
			known = known && ok
			all = append(all, s)
			scopes = append(scopes, stringList(alternative, alternative.Content[i].Value)...)
		}
		switch {
		case len(all) == 0:
			a.Optional = true
		case known:
			a.Alternatives, a.Scopes = append(a.Alternatives, all), append(a.Scopes, scopes)
		}
	}
	return a
}

// Place is where a credential of the scheme goes in a request: "header
// Authorization", "query api_key", "cookie session", "" for a certificate.
func (s SecurityScheme) Place() string {
	switch {
	case s.Type == "apiKey":
		return s.In + " " + s.Key
	case strings.EqualFold(s.Type, "mutualTLS"):
		return ""
	}
	return "header Authorization"
}
