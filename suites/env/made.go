package env

import (
	"bytes"
	"slices"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/client"
	"github.com/hostup/api-conformance/suites/request"
)

// Made says whether a request has made something at the target, as far as its
// answer tells: a success has, and no answer to a request that names what is there
// to be paid or ordered may hide that it has.
func (e *Env) Made(r request.Request, ex spec.Exchange) Certainty {
	switch {
	case r.Effect == spec.Reads || r.Effect == "" || client.NotSent(ex) || client.Unreachable(ex):
		return No
	case ex.Response != nil && ex.Response.Status/100 == 2:
		return Yes
	case ex.Response == nil && e.real(r):
		return Perhaps
	}
	return No
}

// Certainty is how sure something is.
type Certainty int

const (
	No Certainty = iota
	Perhaps
	Yes
)

// real reports whether a request names what is there to be paid or ordered. Most
// requests that have to be refused name what does not exist, and a target that
// does not answer them has nothing to carry out.
func (e *Env) real(r request.Request) bool {
	if e.Pack.Existing == nil {
		return false
	}
	return slices.ContainsFunc(e.Pack.Existing(e, r.Effect), func(id string) bool { return id != "" && bytes.Contains(r.Body, []byte(id)) })
}

// Spent says that the target has accepted as much of an effect as the run may
// make; "" while there is something left. Such requests are not sent then.
func (e *Env) Spent(effect spec.Effect) string { return e.ledger.spent(effect) }
