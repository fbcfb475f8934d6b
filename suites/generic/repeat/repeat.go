// Package repeat looks for intermittent faults: in every tenth response, after an error,
// with concurrent requests, or for only one of the credentials.
//
// It is driven by the document: every read is repeated, interleaved with others and with
// wrong requests, and sent concurrently. Each response is judged like any other; in
// addition they must be the same.
package repeat

import (
	"fmt"
	"slices"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/config"
	"github.com/hostup/api-conformance/suites/env"
	"github.com/hostup/api-conformance/suites/request"
	"github.com/hostup/api-conformance/suites/rule"
	"github.com/hostup/api-conformance/suites/rule/steady"
)

// Register declares the specs.
func Register(e *env.Env) {
	rule.Describe(e, "repeat", func() {
		for _, o := range e.Contract.Operations() {
			if o.Effect != spec.Reads {
				continue
			}
			read := rule.ReadRule(e.Contract, o)
			rule.Describe(e, o.Name(), func() {
				rule.It(e, fmt.Sprintf("is answered %d times in a row", steady.InARow), rule.Of(o.ID, read, "HTTP-ANSWER-001"), inSequence)
				rule.It(e, fmt.Sprintf("is answered %d times at once", steady.AtOnce), rule.Of(o.ID, read, "HTTP-ANSWER-001"), concurrently)
				rule.It(e, fmt.Sprintf("shows the same %d times in a row", steady.InARow), rule.Of(o.ID, "HTTP-REPEAT-001"), func(t *rule.T) { steady.Compare(t, steady.Row(t, o.ID, t.Valid())) })
				rule.It(e, fmt.Sprintf("shows the same %d times at once", steady.AtOnce), rule.Of(o.ID, "HTTP-REPEAT-001"), func(t *rule.T) { steady.Concurrently(t, steady.AtSameTime(t, o.ID, t.Valid())) })
				rule.It(e, "is answered between wrong requests", rule.Of(o.ID, read, "HTTP-ROBUST-001"), betweenErrors)
				rule.It(e, "tells apart callers that ask at the same time", rule.Of(o.ID, "AUTH-NONE-001", "AUTH-KEY-001"), callersApart)
			})
		}
		rule.It(e, "all reads are answered in turns", rule.Of("", "HTTP-ANSWER-001").Long(), inTurns)
		if e.Config.Safety < config.Write {
			return // there is nothing created
		}
		rule.Sequence(e, "after what was made", env.Alone, func() {
			rule.It(e, "all reads show the same again", rule.Of("", "HTTP-REPEAT-001"), sameAfterwards)
		})
	})
}

// inSequence shares small responses with the specs that compare them; large ones it only
// judges.
func inSequence(t *rule.T) {
	first := t.Send(t.Valid())
	served(t, first)
	if steady.Small(slices.Repeat([]*rule.Answer{first}, steady.InARow)) {
		for _, a := range steady.Row(t, t.Operation().ID, t.Valid()) {
			served(t, a)
		}
		return
	}
	for range steady.InARow - 1 {
		served(t, t.Send(t.Valid()))
	}
}

func concurrently(t *rule.T) {
	for _, a := range steady.AtSameTime(t, t.Operation().ID, t.Valid()).During {
		served(t, t.Use(a))
	}
}

// betweenErrors: a wrong request must not affect the next one.
func betweenErrors(t *rule.T) {
	wrong := request.WrongInput(t.Operation())
	for range 3 {
		t.Survives(t.Valid().WithAuth(request.Auth{}).WithNote("no credential"))
		served(t, t.Send(t.Valid()))
		if wrong != nil {
			t.Survives(wrong(t.Valid()))
			served(t, t.Send(t.Valid()))
		}
	}
}

// callersApart sends requests with and without a valid key concurrently.
func callersApart(t *rule.T) {
	good := t.Valid()
	bad := good.WithAuth(good.Auth.Made("no-such-key-of-this-customer")).WithNote("a key that was never issued")
	var requests []request.Request
	for range steady.AtOnce / 2 {
		requests = append(requests, good, bad)
	}
	known := false
	for i, a := range t.SendAll(requests...) {
		known = known || i%2 == 0 && (a.Success() || a.Status() == 401 || a.Status() == 403)
		switch {
		case a.Response == nil || a.Status() == 429:
		case i%2 == 0 && a.Status() != 401 && a.Status() != 403:
			served(t, a)
		case i%2 == 0:
			t.Violation(a, "AUTH-KEY-001", "status", "accepted", fmt.Sprintf("status %d for a valid key", t.Operation().Success()), fmt.Sprintf("status %d, while others ask with a wrong key", a.Status()))
		case i%2 == 1 && a.Success():
			t.Violation(a, "AUTH-NONE-001", "status", "refused", "status 401 for a wrong key", fmt.Sprintf("status %d, while others ask with a valid key", a.Status()))
		}
	}
	if !known {
		t.Skip(reporters.SkipNoData, "no response to the valid key shows whether it is known")
	}
}

// inTurns sends the reads one after the other, so that side effects of one response
// affect the next operation.
func inTurns(t *rule.T) {
	for range 3 {
		for _, o := range t.Env.Contract.Operations() {
			if o.Effect != spec.Reads || t.Env.NotOffered(o.ID) != "" || !t.Has(o) {
				continue
			}
			if r, err := request.For(o, t.Env.Data); err == nil {
				t.Send(r)
			}
		}
	}
}

// sameAfterwards: the other reads here run before the orders and payments of the run.
// This spec checks their consequences, in rounds of one request for each read
// concurrently.
func sameAfterwards(t *rule.T) {
	var reads []request.Request
	for _, o := range t.Env.Contract.Operations() {
		if o.Effect != spec.Reads || t.Env.NotOffered(o.ID) != "" || !t.Has(o) {
			continue
		}
		if r, err := request.For(o, t.Env.Data); err == nil {
			reads = append(reads, r)
		}
	}
	first, compared := t.SendAll(reads...), false
	if steady.Small(first) {
		compared = sameInRounds(t, reads, first)
	} else { // do not hold megabytes for all reads at the same time
		for _, r := range reads {
			compared = sameInRounds(t, []request.Request{r}, t.SendAll(r)) || compared
		}
	}
	if !compared {
		steady.NothingToCompare(t)
	}
}

// sameInRounds compares repeated reads, beginning with the given responses. It reports
// whether any read showed rows each time.
func sameInRounds(t *rule.T, reads []request.Request, answers []*rule.Answer) (compared bool) {
	shown := make([][]*rule.Answer, len(reads))
	for n := range steady.InARow {
		if n > 0 {
			answers = t.SendAll(reads...)
		}
		for i, a := range answers {
			if t.Whole(reads[i], a); a.Success() && rule.RowsOf(t, a).Shown() {
				shown[i] = append(shown[i], a)
			}
		}
	}
	for _, list := range shown {
		if len(list) == steady.InARow {
			compared = true
			steady.Compare(t, list)
		}
	}
	return compared
}

func served(t *rule.T, a *rule.Answer) {
	if a.Response == nil || a.Success() || a.Status() == 429 {
		return
	}
	id := rule.ReadRule(t.Env.Contract, t.Operation())
	if a.Status() == 401 {
		id = "AUTH-KEY-001"
	}
	t.Violation(a, id, "status", "accepted", fmt.Sprintf("status %d, as before", t.Operation().Success()), fmt.Sprintf("status %d", a.Status()))
}
