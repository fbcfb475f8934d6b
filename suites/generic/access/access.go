// Package access tests who may do what: credentials, sessions, scopes and ownership, for
// every operation of the document that requires a credential. It names no operation.
//
// # How a refusal is tested without doing harm
//
// A request that must be refused for its credential should be valid in all other
// respects; otherwise another check could refuse it first, as no page defines the order.
// But for operations that write or charge, a broken target would carry out such a
// request. So the first request names something that does not exist (see
// [request.Harmless]): a conforming server checks the credential before it resolves the
// resource. Only if the response can be explained by the missing resource is the valid
// request sent, and its response decides. A charge is never risked: see denied.
package access

import (
	"errors"
	"fmt"
	"slices"
	"strconv"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/env"
	"github.com/hostup/api-conformance/suites/request"
	"github.com/hostup/api-conformance/suites/rule"
)

// Register adds the specs of this package to the tree.
func Register(e *env.Env) {
	rule.Describe(e, "access", func() {
		for _, op := range e.Contract.Operations() {
			if len(op.Security) == 0 || op.Anonymous {
				continue // a public operation
			}
			rule.Describe(e, op.Name(), func() {
				missingCredentials(e, op)
				wrongKeys(e, op)
				validKey(e, op)
				credentialForms(e, op)
				sessions(e, op)
				scopes(e, op)
				ownership(e, op)
				lists(e, op)
			})
		}
	})
}

// unauthenticated returns the statuses that reject a credential.
func unauthenticated(e *env.Env, op *spec.Operation) []int {
	return slices.Clone(e.Promises(op).Unauthenticated)
}

// keyPlaces returns the documented locations of an API key.
func keyPlaces(op *spec.Operation) []request.Place {
	var places []request.Place
	for _, s := range op.Security {
		switch {
		case s.Type == "http" && s.Scheme == "bearer":
			places = append(places, request.Bearer)
		case s.Type == "apiKey" && s.In == "header":
			places = append(places, request.APIKey)
		}
	}
	return places
}

// takesSession reports whether the operation documents a cookie.
func takesSession(op *spec.Operation) bool {
	return slices.ContainsFunc(op.Security, func(s spec.SecurityScheme) bool { return s.Type == "apiKey" && s.In == "cookie" })
}

// An attempt is a request of an operation that must not succeed; change and data make it
// wrong.
type attempt struct {
	op          *spec.Operation
	data        request.Data // nil: that of the target
	change      func(request.Request) request.Request
	note        string
	requirement string
}

// as returns an attempt with another credential.
func as(op *spec.Operation, requirement string, auth request.Auth, note string) attempt {
	return attempt{op: op, requirement: requirement, note: note, change: func(r request.Request) request.Request { return r.WithAuth(auth) }}
}

// bodyRefusals are the statuses with which a target may say that what the body names does
// not exist. They say nothing about the credential yet.
var bodyRefusals = []int{400, 404, 409, 422}

// denied sends an attempt, which must be answered with one of the statuses, and returns
// the response.
//
// For an operation that charges, only the harmless request is sent. That is fair, because
// only the credential tells the target whose invoices and cards to search.
func denied(t *rule.T, x attempt, statuses ...int) *rule.Answer {
	if x.data == nil {
		x.data = t.Env.Data
	}
	t.OperationNamed(x.op.ID) // skips what the target does not offer
	r, harmless, err := request.Harmless(x.op, x.data)
	need(t, err)
	a := t.Send(x.change(r).WithNote(x.note))
	undecided := slices.Contains(bodyRefusals, a.Status()) && !slices.Contains(statuses, a.Status())
	if harmless && undecided && x.op.Effect != spec.Charges {
		r, err = request.For(x.op, x.data)
		need(t, err)
		a = t.Send(x.change(r).WithNote(x.note))
	}
	if a.Status() == 429 {
		t.Skip(reporters.SkipNoData, "the target limits the rate of requests, so %s was not judged: run with --rps", x.note)
	}
	t.MustRefuse(a, x.requirement, x.note, statuses...)
	return a
}

// deniedWhatever is denied for every documented form of a request: a handler may process
// forms in different ways, and one of them may lack the check.
func deniedWhatever(t *rule.T, x attempt, statuses ...int) {
	change, note := x.change, x.note
	for _, f := range forms(x.op) {
		x.change = func(r request.Request) request.Request { return f.change(change(r)) }
		x.note = note + f.note
		denied(t, x, statuses...)
	}
}

// A form is one variant of a request for an operation.
type form struct {
	note   string
	change func(request.Request) request.Request
}

// forms returns the form of the examples, and those with each documented value of a query
// parameter or of a body property, which may also be left out. What charges has only one
// form.
func forms(op *spec.Operation) []form {
	list := []form{{"", asIs}}
	for _, p := range op.Parameters {
		if p.In != "query" || len(p.Schema.Types) != 1 {
			continue
		}
		values := p.Schema.Enum
		if len(values) == 0 && p.Schema.Types[0] == "integer" {
			values = []any{1} // within the limits of every counter
		}
		for _, v := range values {
			value := fmt.Sprint(v)
			list = append(list, form{" for " + p.Name + "=" + value, func(r request.Request) request.Request { return r.WithQuery(p.Name, value) }})
		}
	}
	if op.Body == nil || op.Effect == spec.Charges {
		return list
	}
	for _, m := range op.Body.Members {
		if len(m.Schema.Enum) == 0 {
			continue
		}
		for _, v := range m.Schema.Enum {
			list = append(list, form{fmt.Sprintf(" for %s %v", m.Name, v), func(r request.Request) request.Request { return r.WithMember(m.Name, v) }})
		}
		if !m.Required {
			list = append(list, form{" without " + m.Name, func(r request.Request) request.Request { return r.WithoutMember(m.Name) }})
		}
	}
	return list
}

// need skips the spec if a request lacks a datum.
func need(t *rule.T, err error) {
	var missing *request.MissingDataError
	if errors.As(err, &missing) {
		t.Skip(reporters.SkipConfiguration, "%s", t.Env.WhyMissing(missing.Name))
	} else if err != nil {
		panic(err)
	}
}

// gotStatus describes a response in the words of other findings.
func gotStatus(a *rule.Answer) string {
	text := fmt.Sprintf("status %d", a.Status())
	if code, ok := a.Text("code"); ok {
		text += ", code " + strconv.Quote(code)
	}
	return text
}
