package spec

import (
	"cmp"
	"net/url"
	"slices"
	"strings"

	"github.com/hostup/api-conformance/spec/document"
)

// Under returns a contract for a target that has its operations below the path base
// ("/v1", "/" for the root), whatever the servers of the document are. "" keeps the
// documented paths.
func (c *Contract) Under(base string) *Contract {
	if base == "" {
		return c
	}
	base = strings.TrimRight(base, "/")
	d := *c
	d.under = &base
	d.bases = addBase(c.bases, base)
	d.universe = onceUniverse(&d)
	return &d
}

// BasePath returns what precedes the path template of an operation: the path given to
// [Contract.Under], else that of the first server of the operation, its path item or the
// document ("/v1"); "" if there is none.
func (c *Contract) BasePath(o *Operation) string {
	if c.under != nil && *c.under == "" {
		return ""
	}
	own := serverPaths(c.base, o.pointer)
	if len(own) == 0 {
		own = serverPaths(c.base, "/paths/"+escapeToken(o.Path))
	}
	if len(own) > 0 {
		return own[0] // the base URL is that of the other operations
	}
	if c.under != nil {
		return *c.under
	}
	if all := serverPaths(c.base, ""); len(all) > 0 {
		return all[0]
	}
	return ""
}

// Locate is [Contract.Match] for the path of a URL, which begins with the base path of a
// documented server, or of the base URL.
func (c *Contract) Locate(method, path string) *Operation {
	var found *Operation
	c.relative(path, func(rest string) bool {
		found = c.Match(method, rest)
		return found != nil
	})
	return found
}

// Template returns the path template that the path of a URL matches, whatever the method;
// else the path itself.
func (c *Contract) Template(path string) string {
	template := path
	c.relative(path, func(rest string) bool {
		candidates := c.router.candidates(rest)
		for _, method := range document.Methods() {
			if o := chosen(candidates, strings.ToUpper(method)); o != nil {
				template = o.Path
				return true
			}
		}
		return false
	})
	return template
}

// relative calls try with the path relative to each base path that it begins with, the
// longest first, until try returns true.
func (c *Contract) relative(path string, try func(rest string) bool) {
	for _, open := range []bool{false, true} {
		for _, base := range c.bases {
			if strings.Contains(base, openSegment) != open {
				continue
			}
			if rest, ok := afterBase(path, base); ok && try(cmp.Or(rest, "/")) {
				return
			}
		}
	}
	if !slices.Contains(c.bases, "") {
		try(path) // a gateway may remove the base path
	}
}

// openSegment replaces a segment of a base path that may be anything: a variable of the
// server whose values are not listed.
const openSegment = "/%7B%7D"

// afterBase returns the part of a path after a base path; ok is false without that base.
func afterBase(path, base string) (rest string, ok bool) {
	before, after, open := strings.Cut(base, openSegment)
	rest, ok = strings.CutPrefix(path, before)
	if !ok || rest != "" && rest[0] != '/' {
		return "", false
	}
	if !open {
		return rest, true
	}
	if len(rest) < 2 || rest[1] == '/' {
		return "", false
	}
	segment, _, _ := strings.Cut(rest[1:], "/")
	return afterBase(rest[1+len(segment):], after)
}

// basePaths returns the base paths of all servers, the longest first; only "" if no
// server is named.
func (c *Contract) basePaths() []string {
	list := serverPaths(c.base, "")
	for _, o := range c.operations {
		for _, at := range []string{o.pointer, "/paths/" + escapeToken(o.Path)} {
			for _, base := range serverPaths(c.base, at) {
				list = addBase(list, base)
			}
		}
	}
	if len(list) == 0 {
		return []string{""}
	}
	slices.SortStableFunc(list, func(a, b string) int { return len(b) - len(a) })
	return slices.Compact(list)
}

func addBase(list []string, base string) []string {
	if slices.Contains(list, base) {
		return list
	}
	list = append(slices.Clone(list), base)
	slices.SortStableFunc(list, func(a, b string) int { return len(b) - len(a) })
	return list
}

// serverPaths returns the paths of an object's servers, with variables replaced by their
// defaults and by their other values.
func serverPaths(d *document.Document, at string) (list []string) {
	_, n, ok := d.Resolve(at)
	if !ok {
		return nil
	}
	servers, _ := child(n, "servers")
	if servers == nil || servers.Kind != document.Sequence {
		return nil
	}
	for _, s := range servers.Content {
		for _, text := range expand(s, scalar(s, "url")) {
			if path, ok := pathOf(text); ok && !slices.Contains(list, path) && !partlyOpen(path) {
				list = append(list, path)
			}
		}
	}
	return list
}

// partlyOpen reports whether a segment of a path contains an open variable and anything
// else.
func partlyOpen(path string) bool {
	for segment := range strings.SplitSeq(path, "/") {
		if "/"+segment != openSegment && strings.Contains(segment, "%7B%7D") {
			return true
		}
	}
	return false
}

// mostExpanded bounds the URLs that the variables of one server expand to.
const mostExpanded = 64

// expand returns the URL of a server with all values of its variables, the defaults
// first; {} stands for any value of a variable that lists none.
func expand(server *document.Node, text string) []string {
	list := []string{text}
	variables, _ := child(server, "variables")
	if variables == nil || variables.Kind != document.Mapping {
		return list
	}
	for i := 0; i+1 < len(variables.Content); i += 2 {
		name, v := variables.Content[i].Value, variables.Content[i+1]
		values := []string{scalar(v, "default")}
		if len(stringList(v, "enum")) == 0 && strings.Contains(text, "/{"+name+"}") {
			values = append(values, "{}")
		}
		for _, other := range stringList(v, "enum") {
			if other != values[0] && len(list)*(len(values)+1) <= mostExpanded {
				values = append(values, other)
			}
		}
		var all []string
		for _, value := range values {
			for _, t := range list {
				if strings.HasPrefix(value, "/") { // two slashes in a row are meant by nobody
					t = strings.ReplaceAll(t, "/{"+name+"}", "{"+name+"}")
				}
				all = append(all, strings.ReplaceAll(t, "{"+name+"}", value))
			}
		}
		list = all
	}
	return list
}

// pathOf returns the path of a server's URL, without a trailing slash.
func pathOf(server string) (path string, ok bool) {
	u, err := url.Parse(server)
	if err != nil {
		// a variable without a default in the host need not cost the path
		_, rest, absolute := strings.Cut(server, "://")
		_, rest, more := strings.Cut(rest, "/")
		if !absolute {
			return "", false
		}
		if !more {
			return "", true
		}
		return strings.TrimRight("/"+rest, "/"), true
	}
	path = strings.TrimRight(u.EscapedPath(), "/")
	if path != "" && path[0] != '/' {
		path = "/" + strings.TrimPrefix(path, "./")
	}
	return path, true
}
