package env

import (
	"context"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/request"
)

// mostSearches bounds how often another application is looked for after the preflight.
const mostSearches = 6

// appeared reports whether another application has begun to answer some of the requests:
// a new server behind the load balancer, that is not the API. It looks for it after a
// startling response to a read that had another one before, or that violates the contract.
func (e *Env) appeared(ctx context.Context, r request.Request, ex spec.Exchange) bool {
	if r.Effect != spec.Reads || !complete(ex) || manner(ex) == nowAbsent && names(e.Contract, r) {
		return false // the run itself may have deleted it
	}
	wrong := e.wrong(ex)
	p := &e.presence
	p.mu.Lock()
	served := p.usual[identity(r)].Kind != "" || !p.usual[path(e.Contract, r)].begins(ex)
	search := (served || wrong) && p.searches < mostSearches
	if search {
		p.searches++
	}
	p.mu.Unlock()
	return search && e.another(ctx, p.reads())
}

// reads returns the known reads.
func (p *presence) reads() (list []request.Request) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, k := range p.known {
		list = append(list, k.Request.WithNote("is the target one application"))
	}
	return list
}

// varies records that the responses to a read begin in different ways while the target is
// the same.
func (p *presence) varies(c *spec.Contract, r request.Request, ex spec.Exchange) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, id := range []string{identity(r), path(c, r)} {
		if usual := p.usual[id]; !usual.begins(ex) {
			p.usual[id] = likeness{Kind: usual.Kind}
		}
	}
}
