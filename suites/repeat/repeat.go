// Package repeat looks for defects that show only sometimes: in every tenth
// answer, after an error, when two requests come at once, for one credential
// and not for the other.
//
// It is driven by the document: every read is repeated, interleaved with the
// others and with wrong requests, and sent several times at once. Each answer is
// judged like any other; here they must also be the same.
package repeat

import (
	"fmt"
	"slices"
	"strings"

	"github.com/onsi/ginkgo/v2"

	"github.com/hostup/api-conformance/fixtures/request"
	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/answers"
	"github.com/hostup/api-conformance/suites/env"
	"github.com/hostup/api-conformance/suites/rule"
)

const (
	// inARow is enough to meet what happens every tenth time.
	inARow = 12
	// atOnce is a few, as the pages of one dashboard would send; a load test is
	// another tool's business.
	atOnce = 6
)

// Register declares the specs.
func Register(e *env.Env) {
	ginkgo.Describe("repeat", func() {
		for _, o := range e.Contract.Operations() {
			if o.Effect != spec.Reads {
				continue
			}
			read := ReadRule(e.Contract, o)
			ginkgo.Describe(o.Name(), func() {
				rule.It(e, fmt.Sprintf("is answered %d times in a row", inARow), rule.Of(o.ID, read, "HTTP-REPEAT-001", "HTTP-ANSWER-001"), inSequence)
				rule.It(e, fmt.Sprintf("is answered %d times at once", atOnce), rule.Of(o.ID, read, "HTTP-REPEAT-001", "HTTP-ANSWER-001"), concurrently)
				rule.It(e, "is answered between wrong requests", rule.Of(o.ID, read, "HTTP-ROBUST-001"), betweenErrors)
				rule.It(e, "tells callers apart that ask at the same time", rule.Of(o.ID, "AUTH-NONE-001", "AUTH-KEY-001"), callersApart)
			})
		}
		rule.It(e, "all reads are answered in turns", rule.Of("", "HTTP-ANSWER-001"), inTurns)
	})
}

// ReadRule is the requirement that a valid request of a read is served: the
// catalogue has one for each operation, named …-READ-001. An operation that is
// new in the document has none yet; that it gets answers is then all there is.
func ReadRule(c *spec.Contract, o *spec.Operation) string {
	for _, r := range c.Requirements() {
		if strings.HasSuffix(r.ID, "-READ-001") && slices.Contains(r.Operations, o.ID) {
			return r.ID
		}
	}
	return "HTTP-ANSWER-001"
}

func inSequence(t *rule.T) {
	var answers []*rule.Answer
	for range inARow {
		a := t.Send(t.Valid())
		served(t, a)
		answers = append(answers, a)
	}
	steady(t, answers)
}

func concurrently(t *rule.T) {
	r := t.Valid()
	before := t.Send(r)
	answers := t.SendAll(slices.Repeat([]request.Request{r}, atOnce)...)
	for _, a := range answers {
		served(t, a)
	}
	untouched(t, before, answers, t.Send(r))
}

// betweenErrors: what a wrong request leaves behind must not meet the next one.
func betweenErrors(t *rule.T) {
	wrong := answers.WrongInput(t.Operation())
	for range 3 {
		t.Survives(t.Valid().WithAuth(request.Auth{}).WithNote("no credential"))
		served(t, t.Send(t.Valid()))
		if wrong != nil {
			t.Survives(wrong(t.Valid()))
			served(t, t.Send(t.Valid()))
		}
	}
}

// callersApart sends requests with and without a key at the same time.
func callersApart(t *rule.T) {
	good := t.Valid()
	bad := good.WithAuth(good.Auth.Made("no-such-key-of-this-customer")).WithNote("a key that was never issued")
	var requests []request.Request
	for range atOnce / 2 {
		requests = append(requests, good, bad)
	}
	for i, a := range t.SendAll(requests...) {
		switch {
		case a.Response == nil || a.Status() == 429:
		case i%2 == 0 && !a.Success():
			t.Violation(a, "AUTH-KEY-001", "status", "accepted", fmt.Sprintf("status %d for a valid key", t.Operation().Success()), fmt.Sprintf("status %d, while others ask with a wrong key", a.Status()))
		case i%2 == 1 && a.Success():
			t.Violation(a, "AUTH-NONE-001", "status", "refused", "status 401 for a wrong key", fmt.Sprintf("status %d, while others ask with a valid key", a.Status()))
		}
	}
}

// inTurns: one after the other, so that what one answer leaves behind meets the
// next operation.
func inTurns(t *rule.T) {
	for range 3 {
		for _, o := range t.Env.Contract.Operations() {
			if o.Effect != spec.Reads || t.Env.NotOffered(o.ID) != "" {
				continue
			}
			if r, err := request.For(o, t.Env.Data); err == nil {
				t.Send(r)
			}
		}
	}
}

func served(t *rule.T, a *rule.Answer) {
	if a.Response == nil || a.Success() || a.Status() == 429 {
		return
	}
	t.Violation(a, t.Requirement(), "status", "accepted", fmt.Sprintf("status %d, as before", t.Operation().Success()), fmt.Sprintf("status %d", a.Status()))
}
