package spec

import (
	"slices"
	"strings"

	"github.com/hostup/api-conformance/spec/document"
)

// An Access lists the credentials that the document requires: any one of the
// alternatives, with all of its schemes.
type Access struct {
	Alternatives [][]SecurityScheme // without those that name an undeclared scheme
	Optional     bool               // a request without a credential is documented as well
	Scopes       [][]string         // of each alternative, the scopes that OAuth2 must grant
	Open         bool               // the operation itself says that it needs none
}

// Public reports whether no credential is required.
func (a Access) Public() bool { return len(a.Alternatives) == 0 }

// isCredential reports whether a parameter is the place of an API key: some documents have it
// both as a security scheme and as a parameter, and its value is the credential.
func (a Access) isCredential(p Input) bool {
	return slices.ContainsFunc(a.Alternatives, func(all []SecurityScheme) bool {
		return slices.ContainsFunc(all, func(s SecurityScheme) bool {
			return s.Type == "apiKey" && s.In == p.In && (s.Key == p.Name || p.In == "header" && strings.EqualFold(s.Key, p.Name))
		})
	})
}

// Required reports whether a request without a credential must be refused.
func (a Access) Required() bool { return len(a.Alternatives) > 0 && !a.Optional }

// ReadingSuffices reports whether by the document a read-only credential suffices: one of
// the alternatives requires only read scopes, or is OAuth2 or OpenID Connect and requires
// no scope. For other schemes an empty list means nothing.
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

// isReading reports whether a scope is read-only by its name: "pets:read" is,
// "pets:readwrite" is not.
func isReading(scope string) bool {
	scope = strings.ToLower(scope)
	return strings.Contains(scope, "read") && !strings.Contains(scope, "write")
}

// Access returns the security requirements of an operation, or those of the document. Its
// slices are shared and must not be modified.
func (c *Contract) Access(o *Operation) Access { return o.access }

// loadAccess reads the security of an operation, or that of the document.
func loadAccess(d *document.Document, operation *document.Node, schemes map[string]SecurityScheme) (a Access) {
	security, _ := child(operation, "security")
	own := security != nil
	if !own {
		security, _ = child(d.Root, "security")
	}
	if security == nil || security.Kind != document.Sequence {
		return a
	}
	a.Open = own && len(security.Content) == 0
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

// Place returns the location of the scheme's credential in a request: "header
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

// IsCookie reports whether the credential is in a cookie.
func (s SecurityScheme) IsCookie() bool { return s.Type == "apiKey" && s.In == "cookie" }
