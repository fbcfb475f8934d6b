// Package answers tests what holds for every answer of every operation,
// whatever it says: status, framing, media type, JSON text, the documented
// schema, envelopes and Problem documents, times, leaks.
//
// All of it is judged by spec.Check on each exchange of the run. The specs here
// provoke the three kinds of answer that every operation has (a success, a
// refusal of wrong input, a refusal of a missing credential) and own the
// requirements: each request is sent once, and a report has a line for each rule.
// They are generated from the document and name no operation.
package answers

import (
	"fmt"
	"slices"

	"github.com/onsi/ginkgo/v2"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/env"
	"github.com/hostup/api-conformance/suites/request"
	"github.com/hostup/api-conformance/suites/rule"
)

// A Sample provokes an answer of one kind and returns it; it ends the spec when
// there is none.
type Sample func(t *rule.T) *rule.Answer

// Register declares the specs of every answer that can be had without changing
// the target. The successes of operations that write are declared by the areas
// of these operations, with [Success].
func Register(e *env.Env) {
	ginkgo.Describe("answers", func() {
		for _, o := range e.Contract.Operations() {
			ginkgo.Describe(o.Name(), func() {
				if o.Effect == spec.Reads {
					Success(e, o, func(t *rule.T) *rule.Answer { return t.Send(t.Valid()) })
				}
				if wrong := WrongInput(o); wrong != nil {
					refusal(e, o, "to wrong input", wrongInput(o), func(t *rule.T) *rule.Answer { return t.Send(wrong(t.Harmless())) })
					if o.Version == "v2" {
						sameCodeInEveryLanguage(e, o, wrong)
					}
				}
				refusal(e, o, "to a request without a credential", nil, func(t *rule.T) *rule.Answer {
					return t.Send(t.Harmless().WithAuth(request.Auth{}).WithNote("no credential"))
				})
			})
		}
	})
}

// everywhere are the requirements that every answer with a body has to meet.
var everywhere = []string{
	"HTTP-ANSWER-001", "HTTP-LENGTH-001",
	"MEDIA-TYPE-001", "MEDIA-TYPE-002", "MEDIA-CHARSET-001",
	"BODY-JSON-001", "BODY-UTF8-001", "BODY-BOM-001", "BODY-DUPLICATE-001",
	"BODY-SCHEMA-001", "BODY-SCHEMA-002",
	"LEAK-CARD-001", "LEAK-TRACE-001", "LEAK-INTERNAL-001",
}

// echoes are those of answers to a request with a credential, and fields those of
// answers that say what is wrong with the input.
var (
	echoes = []string{"LEAK-CREDENTIAL-001"}
	fields = []string{"PROB-ERRORS-001", "PROB-ERRORS-002"}
)

// wrongInput are the requirements of an answer to wrong input beside those of every
// refusal.
func wrongInput(o *spec.Operation) []string {
	if o.Version == "v2" {
		return slices.Concat(echoes, fields)
	}
	return echoes
}

// Success declares a spec of every requirement that a successful answer of the
// operation has to meet.
func Success(e *env.Env, o *spec.Operation, sample Sample, decorators ...any) {
	ids := slices.Concat(everywhere, echoes, []string{"HTTP-STATUS-001"}, e.Contract.RequirementsOf(o, true))
	if o.Version == "v1" {
		ids = append(ids, "ENV-SUCCESS-001", "ENV-REQUESTID-002", "TIME-REAL-001")
	}
	if o.Effect == spec.Reads {
		ids = append(ids, "HTTP-CACHE-001")
	}
	if spec.Records(e.Universe, o) {
		ids = append(ids, "TIME-PAST-001")
	}
	ginkgo.Describe("success", func() {
		rule.Each(e, o.ID, ids, func(t *rule.T) {
			if a := sample(t); !a.Success() {
				t.Limited(a)
				t.Skip(reporters.SkipNoData, "there was no success to look at: status %d, which other rules judge", a.Status())
			}
		}, decorators...)
	})
}

// refusal declares a spec of every requirement that an error answer of the
// operation has to meet.
func refusal(e *env.Env, o *spec.Operation, kind string, more []string, sample Sample) {
	ids := slices.Concat(everywhere, more, []string{"HTTP-STATUS-002", "TIME-REAL-001"})
	switch o.Version {
	case "v1":
		ids = append(ids, "ENV-ERROR-001", "ENV-ERROR-002", "ENV-SUCCESS-002", "ENV-CODE-001", "ENV-CODE-002", "ENV-REQUESTID-001",
			"ENV-REQUESTID-002", "ENV-TIME-001", "TIME-FORM-001")
	case "v2":
		ids = append(ids, "PROB-BODY-001", "PROB-BODY-002", "PROB-STATUS-001", "PROB-CODE-002", "PROB-CODE-003", "LINK-TLS-001", "LINK-HOST-001",
			"PROB-TYPE-001", "PROB-MEMBERS-001", "PROB-INSTANCE-001", "PROB-FORM-001", "PROB-REQUESTID-001")
	}
	ginkgo.Describe("answer "+kind, func() {
		rule.Each(e, o.ID, ids, func(t *rule.T) { refused(t, sample) })
		if o.Version == "v2" {
			sameCode(e, o, sample)
		}
	})
}

func refused(t *rule.T, sample Sample) *rule.Answer {
	a := sample(t)
	if a.Status() < 400 {
		t.Limited(a)
		t.Skip(reporters.SkipNoData, "there was no refusal to look at: status %d, which other rules judge", a.Status())
	}
	return a
}

// sameCode: clients branch on code, so one wrong request has one code.
func sameCode(e *env.Env, o *spec.Operation, sample Sample) {
	r, _ := e.Contract.Requirement("PROB-CODE-001")
	rule.It(e, r.ID+" "+r.Sentence, rule.Of(o.ID, r.ID), func(t *rule.T) {
		SameCode(t, refused(t, sample), refused(t, sample))
	})
}

// sameCodeInEveryLanguage: texts are for people and may be translated, the code is
// for programs.
func sameCodeInEveryLanguage(e *env.Env, o *spec.Operation, wrong func(request.Request) request.Request) {
	rule.It(e, "has one code for wrong input in every language", rule.Of(o.ID, "PROB-CODE-001"), func(t *rule.T) {
		r := wrong(t.Harmless())
		first := refused(t, func(t *rule.T) *rule.Answer { return t.Send(r) })
		for _, language := range []string{"sv-SE", "de, en;q=0.5"} {
			SameCode(t, first, t.Send(r.WithHeader("Accept-Language", language).WithNote(r.Note+", in "+language)))
		}
	})
}

// SameCode compares the answers to one wrong request (PROB-CODE-001): where they
// have the same status, they have the same code.
func SameCode(t *rule.T, first, second *rule.Answer) {
	a, okA := first.Text("code")
	b, okB := second.Text("code")
	if first.Status() == second.Status() && (okA != okB || a != b) {
		t.Violation(second, "PROB-CODE-001", "$.code", "stable", fmt.Sprintf("code %q, as exchange %s has", a, first.ID), fmt.Sprintf("code %q", b))
	}
}

// WrongInput makes a valid request of the operation wrong in one way that the
// document rules out, or returns nil if the operation takes no input.
func WrongInput(o *spec.Operation) func(request.Request) request.Request {
	for _, p := range o.Parameters {
		if p.In == "query" && len(p.Schema.Enum) > 0 && len(p.Schema.Types) == 1 {
			return func(r request.Request) request.Request {
				return r.WithQuery(p.Name, "no-such-value").WithNote(p.Name + "=no-such-value")
			}
		}
	}
	if o.Body == nil {
		return nil
	}
	for _, m := range o.Body.Members {
		if len(m.Schema.Enum) > 0 {
			return func(r request.Request) request.Request {
				return r.WithMember(m.Name, "no-such-value").WithNote(m.Name + " is no-such-value")
			}
		}
	}
	for _, m := range o.Body.Members {
		if m.Required {
			return func(r request.Request) request.Request {
				return r.WithoutMember(m.Name).WithNote("without " + m.Name)
			}
		}
	}
	return nil
}
