package spec

import (
	"slices"
	"strings"
)

// A router finds operations by id and by method and path. It is immutable.
type router struct {
	byID   map[string]*Operation
	alike  map[string][]*Operation // by the key that they share, see requestsOf
	routes map[int][]*route        // by the number of segments, the most concrete first
}

// A route is a path template with its operations.
type route struct {
	path     string
	template pathTemplate
	methods  map[string]*Operation
}

func newRouter(operations []*Operation) router {
	r := router{byID: map[string]*Operation{}, alike: map[string][]*Operation{}, routes: map[int][]*route{}}
	paths := map[string]*route{}
	for _, o := range operations {
		r.byID[o.ID] = o
		r.alike[requestsOf(o)] = append(r.alike[requestsOf(o)], o)
		p := paths[o.Path]
		if p == nil {
			p = &route{path: o.Path, template: parseTemplate(sent(o.Path)), methods: map[string]*Operation{}}
			paths[o.Path] = p
			n := len(p.template.segments)
			r.routes[n] = append(r.routes[n], p)
		}
		p.methods[o.Method] = o
	}
	for _, list := range r.routes {
		slices.SortStableFunc(list, func(a, b *route) int { return a.template.before(b.template) })
	}
	return r
}

// sent returns the path of a template as it is sent: documents distinguish operations at
// one address by a fragment or a query.
func sent(path string) string {
	path, _, _ = strings.Cut(path, "#")
	path, _, _ = strings.Cut(path, "?")
	return path
}

// requestsOf returns the same key for operations that share all their requests.
func requestsOf(o *Operation) string {
	var b strings.Builder
	b.WriteString(o.Method)
	for _, segment := range parseTemplate(sent(o.Path)).segments {
		b.WriteString("/" + strings.Join(segment, "{}"))
	}
	return b.String()
}

// candidates yields the templates that an escaped path matches, the most concrete first.
func (r router) candidates(path string) func(yield func(*route) bool) {
	return func(yield func(*route) bool) {
		segments := strings.Split(path, "/")
		for i := range segments {
			segments[i] = unescapeSegment(segments[i])
		}
		for _, p := range r.routes[len(segments)] {
			if p.template.matches(segments) && !yield(p) {
				return
			}
		}
	}
}

// Operation returns the operation with this operationId, or nil.
func (c *Contract) Operation(id string) *Operation { return c.router.byID[id] }

// Alike returns the operations at the address of o, including o: what one refuses,
// another may accept. The returned slice is shared and must not be modified.
func (c *Contract) Alike(o *Operation) []*Operation { return c.router.alike[requestsOf(o)] }

// Match returns the operation for a method and an escaped path, nil if the document has
// none. Of several matching templates the one with the most concrete segments wins. HEAD
// without its own operation, at any path of its address, matches the GET.
func (c *Contract) Match(method, path string) *Operation {
	var get *Operation
	var at pathTemplate
	for p := range c.router.candidates(path) {
		if get != nil && at.before(p.template) != 0 {
			break
		}
		if o := p.methods[method]; o != nil {
			return o
		}
		if o := p.methods["GET"]; method == "HEAD" && get == nil {
			get, at = o, p.template
		}
	}
	return get
}
