package changes

import (
	"maps"
	"regexp"
	"slices"
	"strings"
)

// An alternative is a set of credentials that together grant access: the scopes of each,
// keyed by what the scheme requires on the wire. An empty set grants access to everybody.
type alternative map[string][]string

// alternatives returns the alternatives of security requirements, and how to show each.
// Scheme names do not matter.
func (c *contract) alternatives(security *node) (ways []alternative, shown []string) {
	if security == nil || len(security.kids) == 0 {
		return []alternative{{}}, []string{"none"}
	}
	for _, requirement := range security.kids {
		a := alternative{}
		for i, name := range requirement.keys {
			var scopes []string
			for _, s := range requirement.kids[i].kids {
				scopes = append(scopes, s.text)
			}
			slices.Sort(scopes)
			scheme := c.scheme(name)
			a[scheme] = append(a[scheme], scopes...)
		}
		ways = append(ways, a)
		shown = append(shown, requirement.show())
	}
	return ways, shown
}

// schemeNode returns a security scheme by name, nil if there is none.
func (c *contract) schemeNode(name string) *node {
	n := c.file.root.get("components").get("securitySchemes").get(name)
	if n == nil {
		n = c.file.root.get("securityDefinitions").get(name)
	}
	return n.deref()
}

// scheme returns what a security scheme requires on the wire.
func (c *contract) scheme(name string) string {
	n := c.schemeNode(name)
	if n == nil {
		return "unknown " + name
	}
	switch kind := n.str("type"); kind {
	case "apiKey":
		in, key := n.str("in"), n.str("name")
		if in == "header" {
			key = strings.ToLower(key)
		}
		return "apiKey " + in + " " + key
	case "http":
		return "http " + strings.ToLower(n.str("scheme"))
	case "basic":
		return "http basic"
	case "oauth2", "openIdConnect":
		return kind
	default:
		return kind
	}
}

// security checks that each old alternative still grants access: that some new one
// requires no more.
func (s *scope) security() {
	if !s.old.toServer {
		return // credentials of the server
	}
	before, was := s.comparison.old.alternatives(s.old.security)
	after, is := s.comparison.new.alternatives(s.new.security)
	old, now := orAt(s.old.security, s.comparison.old.file.root), orAt(s.new.security, s.comparison.new.file.root)
	closed := false
	for _, a := range before {
		closed = closed || !slices.ContainsFunc(after, a.satisfies)
	}
	opened := slices.ContainsFunc(after, func(b alternative) bool { return !slices.ContainsFunc(before, b.satisfies) })
	if closed || opened {
		s.record(view{toServer: true, reverse: !closed}, ruleSecurity, old, now, strings.Join(was, " or "), strings.Join(is, " or "))
	}
	s.tokens()
}

// satisfies reports whether the credentials of a are sufficient for b.
func (a alternative) satisfies(b alternative) bool {
	for scheme, scopes := range b {
		mine, has := a[scheme]
		if !has || slices.ContainsFunc(scopes, func(s string) bool { return !slices.Contains(mine, s) }) {
			return false
		}
	}
	return true
}

// servers checks that each old server URL is still covered.
func (s *scope) servers() {
	if !s.old.toServer {
		return
	}
	before, now := s.comparison.old.addresses(s.old.servers), s.comparison.new.addresses(s.new.servers)
	if len(before) == 0 {
		return // the URL was not documented
	}
	if len(now) == 0 {
		now[s.comparison.new.address("/")] = true // OpenAPI Object, servers
	}
	oldAt, newAt := orAt(s.old.servers, s.comparison.old.file.root), orAt(s.new.servers, s.comparison.new.file.root)
	var gone, added []string
	for _, a := range slices.Sorted(maps.Keys(before)) {
		if !slices.ContainsFunc(slices.Collect(maps.Keys(now)), func(b string) bool { return addressCovers(b, a) }) {
			gone = append(gone, a)
		}
	}
	for _, b := range slices.Sorted(maps.Keys(now)) {
		if !slices.ContainsFunc(slices.Collect(maps.Keys(before)), func(a string) bool { return addressCovers(a, b) }) {
			added = append(added, b)
		}
	}
	if len(gone) > 0 || len(added) > 0 {
		s.tell(ruleServer, len(gone) > 0, oldAt, newAt, strings.Join(gone, ", "), strings.Join(added, ", "))
	}
}

// addressCovers reports whether URL b, with variables, can be URL a.
func addressCovers(b, a string) bool {
	if a == b {
		return true
	}
	if !strings.Contains(b, "{}") {
		return false
	}
	r, err := regexp.Compile("^" + strings.ReplaceAll(regexp.QuoteMeta(b), `\{\}`, ".+") + "$")
	return err == nil && r.MatchString(a)
}

// maxAddresses bounds the URLs that the variables of a server expand to.
const maxAddresses = 64

// addresses returns the server URLs with all values of their variables; {} stands for any
// value. The part of the path that is included in operation paths is left out.
func (c *contract) addresses(servers *node) map[string]bool {
	found := map[string]bool{}
	if c.file.version == swagger20 {
		return c.swaggerAddresses()
	}
	if servers == nil {
		return found
	}
	for _, server := range servers.kids {
		list := []string{server.str("url")}
		server.members("variables", func(name string, v *node) {
			values := []string{"{}"}
			if enum := v.items("enum"); len(enum) > 0 {
				values = nil
				for _, e := range enum {
					values = append(values, e.text)
				}
			}
			var next []string
			for _, address := range list {
				for _, value := range values {
					if len(next) < maxAddresses {
						next = append(next, strings.ReplaceAll(address, "{"+name+"}", value))
					}
				}
			}
			list = next
		})
		for _, address := range list {
			found[c.address(address)] = true
		}
	}
	return found
}

func (c *contract) address(s string) string {
	s = strings.TrimSuffix(strings.TrimSuffix(s, "/"), c.basedOn)
	scheme, rest, found := strings.Cut(s, "://")
	if !found {
		return s
	}
	host, path, slash := strings.Cut(rest, "/")
	if slash {
		path = "/" + path
	}
	scheme = strings.ToLower(scheme)
	host = strings.TrimSuffix(strings.ToLower(host), map[string]string{"https": ":443", "http": ":80"}[scheme])
	return scheme + "://" + host + path
}

func (c *contract) swaggerAddresses() map[string]bool {
	found := map[string]bool{}
	root := c.file.root
	host := root.str("host")
	if host == "" {
		if base := root.str("basePath"); base != "" {
			found[c.address(base)] = true
		}
		return found
	}
	schemes := root.items("schemes")
	if len(schemes) == 0 {
		found[c.address("https://"+host+root.str("basePath"))] = true
	}
	for _, scheme := range schemes {
		found[c.address(scheme.text+"://"+host+root.str("basePath"))] = true
	}
	return found
}
