package env

import (
	"maps"
	"slices"
	"strings"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/request"
)

// A Served read is a request that succeeded, and what its response was like.
type Served struct {
	Request request.Request
	As      likeness
}

// saw records a response that is a matter of its operation.
func (e *Env) saw(r request.Request, ex spec.Exchange) {
	if ex.Response == nil {
		return
	}
	p := &e.presence
	p.mu.Lock()
	defer p.mu.Unlock()
	p.answered++
	if p.last.Response == nil || ex.Response.Received.After(p.last.Response.Received) {
		p.last = ex
	}
	if p.mock == "" && mocked(ex.Response) {
		p.mock = "Prism"
	}
	if r.Effect == spec.Reads && status(ex)/100 == 2 && ex.Response.ReadFailure == "" {
		p.serves(e.Contract, r, likenessOf(ex))
	}
}

// serves records that a read was served. Reads whose path names a resource are used only
// while there are no others: the resource may be deleted.
func (p *presence) serves(c *spec.Contract, r request.Request, as likeness) {
	if p.usual == nil {
		p.usual = map[string]likeness{}
	}
	for _, id := range []string{identity(r), path(c, r)} {
		if len(p.usual) < mostUsual && p.usual[id].Kind == "" {
			p.usual[id] = as
		}
	}
	if r.Operation == "" || made(r) || slices.ContainsFunc(p.known, func(k Served) bool { return k.Request.Operation == r.Operation }) {
		return
	}
	if len(p.known) < mostKnown {
		p.known = append(p.known, Served{r, as})
		return
	}
	for i, k := range p.known {
		if names(c, k.Request) && !names(c, r) {
			p.known[i] = Served{r, as}
			return
		}
	}
}

// names reports whether the path of a request names a resource of the target.
func names(c *spec.Contract, r request.Request) bool {
	return strings.Contains(c.Template(r.Path), "{")
}

// anyAnswer is the kind of a response that only shows that the target is there.
const anyAnswer = "any response"

// worthAsking returns requests whose responses show whether the target is still the same;
// while no read was served, one that any server answers. With keyed it prefers requests
// with a credential: they show whether that is still accepted.
func (p *presence) worthAsking(keyed bool) []Served {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.known) == 0 {
		return []Served{{request.Request{Method: "GET", Path: "/", Effect: spec.Reads}, likeness{Kind: anyAnswer}}}
	}
	open := func(k Served) bool { return stranger(k.Request) }
	if list := slices.DeleteFunc(slices.Clone(p.known), open); keyed && len(list) > 0 {
		return list
	}
	return slices.Clone(p.known)
}

// identity returns the same key for requests that a target cannot tell apart. It runs for
// every read, so it does not print the whole request.
func identity(r request.Request) string {
	var b strings.Builder
	add := func(texts ...string) {
		for _, text := range texts {
			b.WriteString(text)
			b.WriteByte(0)
		}
	}
	add(r.Method, r.Path, r.Query, string(r.Auth.Place), string(r.Auth.Secret), r.Auth.Literal, string(r.Auth.Form))
	for _, name := range slices.Sorted(maps.Keys(r.Header)) {
		add(name)
		add(r.Header[name]...)
	}
	for _, k := range r.Keys {
		add(k.Identity, k.Scheme.Name, k.Literal, string(k.Form))
	}
	b.Write(r.Body)
	return b.String()
}

// made reports whether a request has a made-up credential.
func made(r request.Request) bool {
	return r.Auth.Place != request.Nowhere && r.Auth.Secret == request.NoSecret || slices.ContainsFunc(r.Keys, func(k request.Key) bool { return k.Made })
}
