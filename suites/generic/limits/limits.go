// Package limits tests what a target says when it limits the rate of requests.
//
// A 429 is judged in any spec that gets one. Provoking one needs a burst, which is opt-in
// (--burst N), because it exhausts the allowance of a key. Against the embedded server
// the burst has its own key.
package limits

import (
	"fmt"
	"strconv"
	"time"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/env"
	"github.com/hostup/api-conformance/suites/request"
	"github.com/hostup/api-conformance/suites/rule"
)

// Register declares the specs for the first read that needs no input and whose limit is
// documented.
func Register(e *env.Env) {
	o := cheapest(e)
	if o == nil {
		return
	}
	about := func(ids ...string) rule.About { return rule.Of(o.ID, ids...) }
	when := env.Alone // the allowance of the key is shared by all requests
	if e.BurstKey != "" {
		when = env.Beside
	}
	rule.Sequence(e, "limits", when, func() {
		rule.It(e, "a limited response says how many seconds to wait", about("RATE-RETRY-001"), func(t *rule.T) { limited(t) })
		rule.It(e, "a limited response has its three headers", about("RATE-HEADERS-001"), func(t *rule.T) { limited(t) })
		rule.It(e, "the headers of a limited response agree", about("RATE-COHERENT-001"), func(t *rule.T) { limited(t) })
		rule.It(e, "a limited response is an error document", about("PROB-BODY-001", "PROB-STATUS-001"), func(t *rule.T) { limited(t) })
		rule.It(e, "a limited request is served after the wait", about("RATE-RECOVER-001"), recovers)
	})
}

func cheapest(e *env.Env) *spec.Operation {
	for _, o := range e.Contract.Operations() {
		if e.Promises(o).Limits && o.Effect == spec.Reads && !o.Support && o.Body == nil && o.Documents(429) && len(pathParameters(o)) == 0 {
			return o
		}
	}
	return nil
}

func pathParameters(o *spec.Operation) (list []string) {
	for _, p := range o.Parameters {
		if p.In == "path" {
			list = append(list, p.Name)
		}
	}
	return list
}

// limited returns a 429 response, provoked once per process.
func limited(t *rule.T) *rule.Answer {
	n := t.Env.Config.Burst
	if n == 0 {
		t.Skip(reporters.SkipConfiguration, "a 429 is provoked by a burst of requests: allow it with --burst N")
	}
	r := probe(t)
	t.Permit(r)
	first := false
	a, _ := t.Env.Once("limited", func() any {
		first = true
		burst := make([]request.Request, n)
		for i := range burst {
			burst[i] = r
		}
		var limited *rule.Answer
		for _, a := range t.Burst(burst...) {
			judgeBurst(t, a)
			if a.Status() == 429 && limited == nil {
				limited = a
			}
		}
		if limited == nil {
			return nil // not the typed nil
		}
		return limited
	}).(*rule.Answer)
	if a == nil {
		t.Skip(reporters.SkipNoData, "a burst of %d requests provoked no 429: allow a larger one with --burst N", n)
	}
	if !first {
		t.Use(a)
	}
	return a
}

// judgeBurst: a limit is signalled by 429, or by 503 in front of the API, not by
// rejecting the key or failing.
func judgeBurst(t *rule.T, a *rule.Answer) {
	switch {
	case a.Status() == 401 || a.Status() == 403:
		t.Violation(a, "AUTH-KEY-001", "status", "accepted", "status 200 or 429 for a valid key", fmt.Sprintf("status %d in a burst of requests", a.Status()))
	case a.Status() >= 500 && a.Status() != 503:
		t.Violation(a, rule.ReadRule(t.Env.Contract, t.Operation()), "status", "accepted", "status 200 or 429", fmt.Sprintf("status %d in a burst of requests", a.Status()))
	}
}

func probe(t *rule.T) request.Request {
	r := t.Valid()
	if key := t.Env.BurstKey; key != "" {
		r = r.WithAuth(r.Auth.Made(key))
	}
	return r
}

// recovers: after the wait that the last limited response names, requests are served
// again. Other clients of the same key may use up the new window at once, so three tries
// are allowed.
func recovers(t *rule.T) {
	a := limited(t)
	const tries = 3
	for range tries {
		seconds, err := strconv.Atoi(a.Response.Header.Get("Retry-After"))
		if err != nil || seconds < 0 {
			t.Skip(reporters.SkipNoData, "the 429 answer does not say how long to wait, which RATE-RETRY-001 judges")
		}
		wait := time.Duration(seconds)*time.Second + 50*time.Millisecond // windows end on fractions of a second
		if wait > t.Env.Config.RateLimitBudget {
			t.Skip(reporters.SkipConfiguration, "the target asks to wait %d seconds: allow it with --rate-limit-budget", seconds)
		}
		if !t.Wait(wait) {
			t.Skip(reporters.SkipInterrupted, "interrupted while waiting")
		}
		if a = t.Burst(probe(t))[0]; a.Status() != 429 {
			break
		}
	}
	if a.Status() != 200 {
		t.Violation(a, "RATE-RECOVER-001", "status", "recovered", "status 200 after the wait that Retry-After named", fmt.Sprintf("status %d", a.Status()))
	}
}
