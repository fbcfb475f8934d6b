package spec

import (
	"slices"
	"strings"
)

// A router finds operations by id and by method and path. It is immutable.
type router struct {
	byID  map[string]*Operation
	alike map[string][]*Operation // by the key that they share, see requestsOf
	paths map[string]bool         // the path templates
	root  *branch
}

// A route is a path template with its operations.
type route struct {
	path     string
	template pathTemplate
	methods  map[string]*Operation
	rank     int // its place among all, the most concrete first
}

// A branch holds the routes that share their first segments, so that finding those of a
// path takes time with its length and not with that of the document.
type branch struct {
	literal map[string]*branch // by the next segment, if that has no expression
	mixed   []mixed            // by the other next segments
	routes  []*route           // those that end here
}

type mixed struct {
	segment templateSegment
	next    *branch
}

func newRouter(operations []*Operation) router {
	r := router{byID: map[string]*Operation{}, alike: map[string][]*Operation{}, paths: map[string]bool{}, root: &branch{}}
	paths := map[string]*route{}
	var all []*route
	for _, o := range operations {
		r.byID[o.ID] = o
		key := requestsOf(o)
		r.alike[key] = append(r.alike[key], o)
		p := paths[o.Path]
		if p == nil {
			p = &route{path: o.Path, template: parseTemplate(sent(o.Path)), methods: map[string]*Operation{}}
			paths[o.Path], r.paths[o.Path] = p, true
			all = append(all, p)
		}
		p.methods[o.Method] = o
	}
	slices.SortStableFunc(all, func(a, b *route) int { return a.template.before(b.template) })
	for i, p := range all {
		p.rank = i
		at := r.root
		for _, s := range p.template.segments {
			at = at.grow(s)
		}
		at.routes = append(at.routes, p)
	}
	return r
}

// grow returns the branch after one more segment.
func (b *branch) grow(s templateSegment) *branch {
	if len(s) == 1 {
		if b.literal == nil {
			b.literal = map[string]*branch{}
		}
		if b.literal[s[0]] == nil {
			b.literal[s[0]] = &branch{}
		}
		return b.literal[s[0]]
	}
	for _, m := range b.mixed {
		if slices.Equal(m.segment, s) {
			return m.next
		}
	}
	b.mixed = append(b.mixed, mixed{s, &branch{}})
	return b.mixed[len(b.mixed)-1].next
}

// find appends the routes that unescaped segments match, in no order.
func (b *branch) find(list []*route, segments []string) []*route {
	if len(segments) == 0 {
		return append(list, b.routes...)
	}
	if next := b.literal[segments[0]]; next != nil {
		list = next.find(list, segments[1:])
	}
	for _, m := range b.mixed {
		if m.segment.matches(segments[0]) {
			list = m.next.find(list, segments[1:])
		}
	}
	return list
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

// candidates returns the routes that an escaped path matches, the most concrete first.
func (r router) candidates(path string) []*route {
	segments := strings.Split(path, "/")
	for i := range segments {
		segments[i] = unescapeSegment(segments[i])
	}
	list := r.root.find(nil, segments)
	slices.SortFunc(list, func(a, b *route) int { return a.rank - b.rank })
	return list
}

// Operation returns the operation with this operationId, or nil.
func (c *Contract) Operation(id string) *Operation { return c.router.byID[id] }

// Alike returns the operations at the address of o, including o: what one refuses,
// another may accept. The returned slice is shared and must not be modified.
func (c *Contract) Alike(o *Operation) []*Operation { return c.router.alike[requestsOf(o)] }

// HasPath reports whether the document has the path template.
func (c *Contract) HasPath(template string) bool { return c.router.paths[template] }

// Match returns the operation for a method and an escaped path, nil if the document has
// none. Of several matching templates the one with the most concrete segments wins. HEAD
// without its own operation, at any path of its address, matches the GET.
func (c *Contract) Match(method, path string) *Operation {
	return chosen(c.router.candidates(path), method)
}

// chosen is Match among the routes of a path, the most concrete first.
func chosen(candidates []*route, method string) *Operation {
	var get *Operation
	var at pathTemplate
	for _, p := range candidates {
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
