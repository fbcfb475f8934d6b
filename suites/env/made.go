package env

import (
	"bytes"
	"slices"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/client"
	"github.com/hostup/api-conformance/suites/request"
)

// Made says whether a request has created something at the target, as far as the response
// shows. A success has. A request that names something real to be paid or ordered and
// gets no response may have.
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

// Certainty says whether a request changed the target.
type Certainty int

const (
	No Certainty = iota
	Perhaps
	Yes
)

// real reports whether a request names something that can be paid or ordered. Most
// requests that must be refused name what does not exist; if they get no response, the
// target had nothing to carry out.
func (e *Env) real(r request.Request) bool {
	if e.Pack.Existing == nil {
		return false
	}
	return slices.ContainsFunc(e.Pack.Existing(e, r.Effect), func(id string) bool { return id != "" && bytes.Contains(r.Body, []byte(id)) })
}

// Spent returns why no more requests with the effect are sent: the target has accepted as
// many as the run may make. It returns "" while some are left.
func (e *Env) Spent(effect spec.Effect) string { return e.ledger.spent(effect) }
