// Package protocol tests what HTTP requires of any server, on every path and every
// operation of the document: methods, paths, content negotiation, and input that breaks
// servers. It names no operation.
//
// The documentation says little about this, so little is required: a request that makes no
// sense may be refused in any way that says it is the client's fault, or even be served
// where it could be meant well. It must not cause a server error, must not end the
// connection, and must not be carried out.
//
// Bodies name what does not exist (see [request.Harmless]), so that even a server that
// accepts anything has nothing to carry out; the requests still have the effect of their
// operation.
package protocol

import (
	"errors"
	"slices"
	"strings"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/env"
	"github.com/hostup/api-conformance/suites/request"
	"github.com/hostup/api-conformance/suites/rule"
)

// Register adds the specs of this package to the tree.
func Register(e *env.Env) {
	rule.Describe(e, "protocol", func() {
		for _, r := range resources(e.Contract) {
			rule.Describe(e, r.path, func() { methods(e, r) })
		}
		paths(e)
		for _, op := range e.Contract.Operations() {
			rule.Describe(e, op.Name(), func() {
				if op.Effect == spec.Reads && op.Method == "GET" {
					head(e, op)
					negotiation(e, op)
					bypasses(e, op)
				}
				framing(e, op)
				bodies(e, op)
				queries(e, op)
				parameters(e, op)
				ids(e, op)
				headers(e, op)
			})
		}
		recovery(e)
	})
}

// A resource is a path of the document with the operations on it.
type resource struct {
	path string
	ops  []*spec.Operation
}

// resources returns them in the order of the document.
func resources(c *spec.Contract) []resource {
	var list []resource
	for _, op := range c.Operations() {
		i := slices.IndexFunc(list, func(r resource) bool { return r.path == op.Path })
		if i < 0 {
			list, i = append(list, resource{path: op.Path}), len(list)
		}
		list[i].ops = append(list[i].ops, op)
	}
	return list
}

func (r resource) documents(method string) bool {
	return slices.ContainsFunc(r.ops, func(o *spec.Operation) bool { return o.Method == method })
}

// writing returns the operation of the resource that creates something and charges
// nothing, nil if there is none.
func (r resource) writing() *spec.Operation {
	i := slices.IndexFunc(r.ops, func(o *spec.Operation) bool { return o.Effect == spec.Writes && o.Body != nil })
	if i < 0 {
		return nil
	}
	return r.ops[i]
}

// usable returns the harmless request of an operation. It skips the spec if a datum is
// missing, the target does not offer the operation, or the tier or a missing credential
// forbids it.
func usable(t *rule.T, op *spec.Operation) request.Request {
	t.OperationNamed(op.ID)
	r, _, err := request.Harmless(op, t.Env.Data)
	var missing *request.MissingDataError
	if errors.As(err, &missing) {
		t.Skip(reporters.SkipConfiguration, "%s", t.Env.WhyMissing(missing.Name))
	} else if err != nil {
		panic(err)
	}
	t.Permit(r)
	return r
}

// rough sends a request that proxies in front of the API may refuse by themselves: too
// large, too long, malformed. Such a refusal (or a redirect to a normalized path) is no
// error document of the API. The remaining rules are: a response in time, no server
// error, no leak. A success is judged like any other.
func rough(t *rule.T, r request.Request) {
	ex := t.Exchange(r, "HTTP-ROBUST-001")
	// A server may refuse what is too large by closing the connection while we are still
	// sending (RFC 9110 section 15.5.14), and then the response is lost. The specs of
	// "recovery" distinguish that from a crash.
	closed := ex.FailureKind == spec.FailureReset || ex.FailureKind == spec.FailureClosed
	if ex.Response == nil && closed && bulky(ex.Request) {
		return
	}
	// So may a server with a malformed HTTP/2 request (RFC 9113 section 8.1.1).
	if ex.FailureKind == spec.FailureStreamRefused {
		return
	}
	a := t.Judge(ex)
	if ex.Response != nil && !a.Success() {
		a.Findings = slices.DeleteFunc(a.Findings, func(f spec.Finding) bool { return !strings.HasPrefix(f.Requirement, "LEAK-") })
	}
	mustSurvive(t, t.Use(a), r.Note)
	notCarriedOut(t, a)
	if ex.Response == nil {
		t.Stop()
	}
}

// bulky reports whether a request is larger than what common servers accept by default:
// 16 KiB of body, 4 KiB of request line or header.
func bulky(r spec.Request) bool {
	const head = 4 << 10
	if len(r.Body) > plainSize || r.URL != nil && len(r.URL.String()) >= head {
		return true
	}
	for _, values := range r.Header {
		if len(strings.Join(values, "")) >= head {
			return true
		}
	}
	return false
}

// survive is rule.T.Survives for a harmless request.
func survive(t *rule.T, r request.Request) {
	notCarriedOut(t, t.Survives(r))
}

// mustSurvive checks a received response as rule.T.Survives does. 501 refuses what is not
// implemented, 503 means that the server is busy.
func mustSurvive(t *rule.T, a *rule.Answer, note string) {
	if a.Status() >= 500 && a.Status() != 501 && a.Status() != 503 {
		t.Violation(a, "HTTP-ROBUST-001", "status", "refused", "any status below 500 for "+note, status(a))
	}
}
