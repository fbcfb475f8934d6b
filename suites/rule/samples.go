package rule

import (
	"slices"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/env"
)

// A Sample provokes a response of one kind and returns it; it ends the spec if it gets
// none.
type Sample func(t *T) *Answer

// everywhere lists the requirements of every response with a body.
var everywhere = []string{
	"HTTP-ANSWER-001", "HTTP-LENGTH-001",
	"MEDIA-TYPE-001", "MEDIA-TYPE-002", "MEDIA-CHARSET-001",
	"BODY-JSON-001", "BODY-UTF8-001", "BODY-BOM-001", "BODY-DUPLICATE-001",
	"BODY-SCHEMA-001", "BODY-SCHEMA-002",
	"LEAK-CARD-001", "LEAK-TRACE-001", "LEAK-INTERNAL-001",
}

// Echo is the requirement of responses to a request with a credential.
const Echo = "LEAK-CREDENTIAL-001"

// Success declares a spec of every requirement that a successful response of the
// operation must meet.
func Success(e *env.Env, o *spec.Operation, sample Sample, decorators ...any) {
	ids := slices.Concat(everywhere, []string{Echo, "HTTP-STATUS-001"}, e.Contract.RequirementsOf(o, true), e.Promises(o).Success)
	if o.Effect == spec.Reads {
		ids = append(ids, "HTTP-CACHE-001")
	}
	Describe(e, "success", func() {
		Each(e, o.ID, ids, func(t *T) {
			if a := sample(t); !a.Success() {
				t.Limited(a)
				t.Skip(reporters.SkipNoData, "there was no success to judge: status %d is for other rules", a.Status())
			}
		}, decorators...)
	})
}

// Refusal declares a spec of every requirement that an error response of the operation
// must meet, and of those in more.
func Refusal(e *env.Env, o *spec.Operation, more []string, sample Sample) {
	ids := slices.Concat(everywhere, more, []string{"HTTP-STATUS-002", "TIME-REAL-001"}, e.Promises(o).Refusal)
	Each(e, o.ID, ids, func(t *T) { sample.Refused(t) })
}

// Refused returns the sample if it is an error; otherwise it skips the spec.
func (sample Sample) Refused(t *T) *Answer {
	a := sample(t)
	if a.Status() < 400 {
		t.Limited(a)
		t.Skip(reporters.SkipNoData, "there was no refusal to judge: status %d is for other rules", a.Status())
	}
	return a
}
