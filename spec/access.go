package spec

import (
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
