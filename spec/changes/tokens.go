package changes

import (
	"cmp"
	"slices"
	"strings"
)

// tokens reports changes in where a client gets its token: they are not part of this
// document's requests, and the token is accepted as before.
func (s *scope) tokens() {
	names := func(list []*node) (all [][]string) {
		for _, n := range list {
			all = append(all, []string{n.str("type") + " " + n.issuer(), n.str("type")})
		}
		return all
	}
	before, now := s.comparison.old.issuers(s.old.security), s.comparison.new.issuers(s.new.security)
	partner, _ := paired(names(before), names(now))
	for i, a := range before {
		if partner[i] < 0 {
			continue
		}
		if b := now[partner[i]]; a.issuer() != b.issuer() {
			s.tell(ruleSecurity, false, a, b, a.issuer(), b.issuer())
		}
	}
}

// issuers returns the security schemes of requirements whose credentials are tokens of an
// authorization server, each once.
func (c *contract) issuers(security *node) (schemes []*node) {
	if security == nil {
		return nil
	}
	for _, requirement := range security.kids {
		for _, name := range requirement.keys {
			n := c.schemeNode(name)
			if n != nil && slices.Contains([]string{"oauth2", "openIdConnect"}, n.str("type")) && !slices.Contains(schemes, n) {
				schemes = append(schemes, n)
			}
		}
	}
	return schemes
}

// issuer describes where the tokens of a security scheme come from, and its scopes.
func (n *node) issuer() string {
	parts := []string{n.str("openIdConnectUrl"), n.str("oauth2MetadataUrl")}
	flow := func(name string, f *node) {
		scopes := slices.Sorted(slices.Values(keysOf(f.get("scopes"))))
		parts = append(parts, name, f.str("authorizationUrl"), f.str("deviceAuthorizationUrl"), f.str("tokenUrl"), f.str("refreshUrl"), strings.Join(scopes, ", "))
	}
	if name := n.str("flow"); name != "" { // Swagger 2.0
		flow(cmp.Or(map[string]string{"application": "clientCredentials", "accessCode": "authorizationCode"}[name], name), n)
	}
	for _, name := range slices.Sorted(slices.Values(keysOf(n.get("flows")))) {
		flow(name, n.get("flows").get(name))
	}
	return clip(strings.Join(slices.DeleteFunc(parts, func(p string) bool { return p == "" }), " "), 240)
}
