package env

import (
	"slices"
	"strings"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/request"
)

// An asking is a request worth sending before the first spec.
type asking struct {
	request request.Request
	blind   bool // the path names something that may not exist
}

// keyed reports whether the request carries a credential.
func (a asking) keyed() bool {
	return a.request.Auth.Place != request.Nowhere || len(a.request.Keys) > 0
}

// nowhere returns a request for an undocumented path.
func (p *preflight) nowhere() asking {
	return asking{request: nowhere(p.env.Contract, p.seen[0].request)}
}

// nowhere returns r for an undocumented path beside its own.
func nowhere(c *spec.Contract, r request.Request) request.Request {
	r.Operation, r.Query = "", ""
	for above := r.Path[:strings.LastIndex(r.Path, "/")+1]; ; above += "no/" {
		r.Path = above + "hostup-conformance-no-such-path"
		if c.Locate(r.Method, r.Path) == nil {
			return r
		}
	}
}

// requests returns the first valid request of each operation: reads of the contract
// proper, then other reads, then what else the safety tier allows.
func (p *preflight) requests() []asking {
	var reads, support, others []asking
	c := p.env.Config
	if c.Foreign {
		return p.reads()
	}
	for _, o := range p.env.Contract.Operations() {
		r, harmless, err := request.Harmless(o, p.data)
		switch {
		case err != nil || !c.Safety.Allows(o.Effect) || o.Effect != spec.Reads && !harmless:
			continue
		case r.Auth.Secret != request.NoSecret && c.Secret(r.Auth.Secret) == "":
			r = r.WithAuth(request.Auth{})
		}
		r = r.WithNote("preflight")
		switch {
		case o.Effect != spec.Reads:
			others = append(others, asking{request: r})
		case o.Support:
			support = append(support, asking{request: r})
		default:
			reads = append(reads, asking{request: r})
		}
	}
	return slices.Concat(reads, support, others)
}

// reads returns the first reads of a document without a pack: first those that carry the
// credential, because a public operation says nothing about it, and of these first the
// ones that need no knowledge of the target.
func (p *preflight) reads() []asking {
	const most = 12 // a document may have a thousand
	c, contract := p.env.Config, p.env.Contract
	build := request.New(contract, c.Data)
	chosen := strings.Fields(c.Operation)
	var keyed, others []asking
	for _, blind := range []bool{false, true} {
		for _, o := range contract.Operations() {
			if o.Effect != spec.Reads || c.Ends(o) != "" || strings.Contains(o.Path, "{") != blind || len(chosen) > 0 && !slices.Contains(chosen, o.ID) {
				continue
			}
			d, err := build.Draft(o, nil)
			if err != nil {
				continue
			}
			schemes := c.Alternative(contract.Access(o))
			r, err := build.Request(d, schemes)
			if err != nil || len(c.Lacking(schemes)) > 0 {
				continue
			}
			if a := (asking{r.WithNote("preflight"), blind}); a.keyed() {
				keyed = append(keyed, a)
			} else {
				others = append(others, a)
			}
		}
	}
	list := slices.Concat(keyed, others)
	return list[:min(len(list), most)]
}
