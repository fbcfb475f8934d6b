package spec

import (
	"slices"
	"strings"
)

// A router finds operations by id and by method and path. It is immutable.
type router struct {
	byID   map[string]*Operation
	alike  map[string][]*Operation // by method and what they have in common, see requestsOf
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

// sent is the path of a template as it goes on the wire: documents tell operations of one
// address apart by a fragment, or a query.
func sent(path string) string {
	path, _, _ = strings.Cut(path, "#")
	path, _, _ = strings.Cut(path, "?")
	return path
}

// requestsOf is what operations that share all their requests have in common.
func requestsOf(o *Operation) string {
	var b strings.Builder
	b.WriteString(o.Method)
	for _, segment := range parseTemplate(sent(o.Path)).segments {
		b.WriteString("/" + strings.Join(segment, "{}"))
	}
	return b.String()
}

// candidates yields the templates that an escaped path matches, the most concrete
// first.
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

// Operation returns the operation with that operationId, or nil.
func (c *Contract) Operation(id string) *Operation { return c.router.byID[id] }

// Alike are the operations of one address, of which o is one: what one of them refuses
// another may accept.
func (c *Contract) Alike(o *Operation) []*Operation { return c.router.alike[requestsOf(o)] }

// Match returns the operation of a method and an escaped path, nil when the
// document has none. Of several templates that match, the one with the most
// literal text counts. HEAD without an operation of its own matches the GET of its
// path.
func (c *Contract) Match(method, path string) *Operation {
	for p := range c.router.candidates(path) {
		if o := p.methods[method]; o != nil {
			return o
		}
		if o := p.methods["GET"]; method == "HEAD" && o != nil {
			return o
		}
	}
	return nil
}
