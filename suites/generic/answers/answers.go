// Package answers tests the rules for every response of every operation, whatever its
// content: status, framing, media type, JSON text, the documented schema, envelopes and
// Problem documents, times, leaks.
//
// spec.Check judges all of it on each exchange of the run. The specs here provoke the
// three kinds of response that every operation has (a success, a refusal of wrong input,
// a refusal of a missing credential) and own the requirements: each request is sent once,
// and a report has a line for each rule. They are generated from the document and name no
// operation.
package answers

import (
	"slices"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/env"
	"github.com/hostup/api-conformance/suites/request"
	"github.com/hostup/api-conformance/suites/rule"
)

// Register declares the specs for all responses that can be provoked without changing
// the target. The areas of operations that write declare the specs for their successes,
// with [rule.Success].
func Register(e *env.Env) {
	rule.Describe(e, "answers", func() {
		for _, o := range e.Contract.Operations() {
			rule.Describe(e, o.Name(), func() {
				if o.Effect == spec.Reads {
					rule.Success(e, o, func(t *rule.T) *rule.Answer { return t.Send(t.Valid()) })
				}
				if wrong := request.WrongInput(o); wrong != nil {
					more := slices.Concat([]string{rule.Echo}, e.Promises(o).WrongInput)
					refusal(e, o, "to wrong input", more, func(t *rule.T) *rule.Answer { return t.Send(wrong(t.Harmless())) })
					sameCodeInEveryLanguage(e, o, wrong)
				}
				refusal(e, o, "to a request without a credential", nil, func(t *rule.T) *rule.Answer {
					return t.Send(t.Harmless().WithAuth(request.Auth{}).WithNote("no credential"))
				})
			})
		}
	})
}

// refusal declares the specs of an error response.
func refusal(e *env.Env, o *spec.Operation, kind string, more []string, sample rule.Sample) {
	rule.Describe(e, "answer "+kind, func() {
		rule.Refusal(e, o, more, sample)
		sameCode(e, o, sample)
	})
}

// sameCode: clients branch on code, so the same wrong request always gets the same code.
func sameCode(e *env.Env, o *spec.Operation, sample rule.Sample) {
	r, promised := e.Contract.Requirement(e.Promises(o).OneCode)
	if !promised {
		return
	}
	rule.It(e, r.ID+" "+r.Sentence, rule.Of(o.ID, r.ID), func(t *rule.T) {
		t.SameCode(sample.Refused(t), sample.Refused(t))
	})
}

// sameCodeInEveryLanguage: texts are for people and may be translated, the code is for
// programs.
func sameCodeInEveryLanguage(e *env.Env, o *spec.Operation, wrong func(request.Request) request.Request) {
	id := e.Promises(o).OneCode
	if id == "" {
		return
	}
	rule.It(e, "has one code for wrong input in every language", rule.Of(o.ID, id), func(t *rule.T) {
		r := wrong(t.Harmless())
		first := rule.Sample(func(t *rule.T) *rule.Answer { return t.Send(r) }).Refused(t)
		for _, language := range []string{"sv-SE", "de, en;q=0.5"} {
			t.SameCode(first, t.Send(r.WithHeader("Accept-Language", language).WithNote(r.Note+", in "+language)))
		}
	})
}
