package rule

import (
	"cmp"
	"net/http"
	"sync"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/client"
	"github.com/hostup/api-conformance/suites/config"
	"github.com/hostup/api-conformance/suites/env"
	"github.com/hostup/api-conformance/suites/request"
)

// Send sends a request, judges the exchange and returns the response. It skips the spec
// if the safety tier forbids the request, if its credential was not given and, with a
// finding, if there was no complete response.
func (t *T) Send(r request.Request) *Answer {
	t.Permit(r)
	return t.Whole(r, t.send(r))
}

// SendOrHear is Send for a read that the preflight may have sent before any spec: then its
// exchange is judged now, and nothing is sent.
func (t *T) SendOrHear(r request.Request) *Answer {
	t.Permit(r)
	if ex, ok := t.Env.Heard(t.Context, r, t.about.Requirements); ok {
		return t.Whole(r, t.take(r, ex))
	}
	return t.Send(r)
}

// Whole checks a received response as Send does.
func (t *T) Whole(r request.Request, a *Answer) *Answer {
	switch {
	case t.Err() != nil:
		t.Skip(reporters.SkipInterrupted, "interrupted before the response came")
	case client.NotSent(a.Exchange):
		t.Permit(r)      // other requests may have exhausted the limits of the run
		panic(a.Failure) // a bug of the suite
	case a.FailureKind == spec.FailureGone:
		t.Skip(reporters.SkipDown, "%s", seeAnswer(a.Failure))
	case a.Response == nil:
		t.Skip(reporters.SkipNoAnswer, "no response came: see HTTP-ANSWER-001")
	case a.Response.ReadFailure != "":
		t.Skip(reporters.SkipNoAnswer, "the response broke off: see HTTP-LENGTH-001 and HTTP-ANSWER-001")
	}
	return a
}

// seeAnswer says why a spec is not judged and where to find more.
func seeAnswer(down string) string { return down + ": see the finding about the whole target" }

// SendRaw is Send over a connection of its own, read to its end, so that bytes after the
// response are seen. It skips the spec where that is impossible.
func (t *T) SendRaw(r request.Request) *Answer {
	t.Permit(r)
	ex, err := t.Env.ExchangeRaw(t.Context, r, t.about.Requirements)
	if err != nil {
		t.Skip(reporters.SkipNoData, "bytes after a response cannot be seen: %v", err)
	}
	return t.takeRaw(r, ex)
}

// SendAlone is SendRaw where that is possible, and Send elsewhere.
func (t *T) SendAlone(r request.Request) *Answer {
	t.Permit(r)
	ex, err := t.Env.ExchangeRaw(t.Context, r, t.about.Requirements)
	if err != nil {
		return t.Send(r)
	}
	a := t.takeRaw(r, ex)
	if a.Status() == http.StatusTooManyRequests {
		return t.Send(r) // it waits
	}
	return a
}

func (t *T) takeRaw(r request.Request, ex spec.Exchange) *Answer {
	a := t.take(r, ex)
	if client.NotSent(ex) {
		t.Permit(r)
	}
	if a.Response == nil {
		t.Stop()
	}
	return a
}

// Exchange sends a request for a spec that judges the exchange itself: it makes no
// finding, and a missing response does not end the spec. The request names the given
// requirements.
func (t *T) Exchange(r request.Request, requirements ...string) spec.Exchange {
	t.Permit(r)
	var waits env.Waits
	for {
		ex := t.Env.ExchangeAgain(t.Context, r, requirements, &waits)
		if client.NotSent(ex) && t.Err() == nil {
			t.Permit(r)
			panic(ex.Failure) // a bug of the suite
		}
		t.sent(ex)
		a := newAnswer(t, ex)
		t.noteCreated(r, a)
		if a.Status() != 429 || t.Env.WaitOut(t.Context, &waits, ex, r) != "" {
			return ex
		}
	}
}

// SendAll sends requests concurrently and returns the responses in their order. Response
// is nil where there was none.
func (t *T) SendAll(requests ...request.Request) []*Answer { return t.together(requests, t.send) }

// together checks permissions first: a refusal ends the spec, which must not happen while
// goroutines still send for it.
func (t *T) together(requests []request.Request, send func(request.Request) *Answer) []*Answer {
	for _, r := range requests {
		t.Permit(r)
	}
	answers := make([]*Answer, len(requests))
	var wg sync.WaitGroup
	for i, r := range requests {
		wg.Go(func() { answers[i] = send(r) })
	}
	wg.Wait()
	return answers
}

// Permit skips the spec unless the safety tier allows the request and its credential was
// given. Send calls it; call it before requests that several specs share.
func (t *T) Permit(r request.Request) {
	if !t.Env.Config.Safety.Allows(r.Effect) {
		t.Skip(reporters.SkipSafety, "sends a request that %s if it is accepted: allow it with --safety %s", effectWords[r.Effect], tierOf(r.Effect))
	}
	if why := t.Env.Spent(r.Effect); why != "" {
		t.Skip(reporters.SkipSafety, "%s", why)
	}
	if why := t.Env.Config.Ends(t.Env.Contract.Operation(r.Operation)); why != "" {
		t.Skip(reporters.SkipSafety, "%s", why)
	}
	if gone := t.Env.Gone(); gone != "" {
		t.Skip(reporters.SkipDown, "%s", seeAnswer(gone))
	}
	if why := t.Env.GivenUp(r.Method, r.Path); why != "" {
		t.Skip(reporters.SkipNoAnswer, "%s", why)
	}
	for _, k := range r.Keys {
		if !k.Made && k.Scheme.Place() != "" && t.Env.Config.Credential(k.Identity, k.Scheme.Name) == "" {
			t.Skip(reporters.SkipConfiguration, "set %s", config.AuthVariable(k.Scheme.Name))
		}
	}
	if r.Auth.Place != request.Nowhere && r.Auth.Secret != request.NoSecret {
		t.Need(r.Auth.Secret)
	}
}

var effectWords = map[spec.Effect]string{spec.Writes: "changes the target", spec.Deletes: "deletes something that the run has not created", spec.Charges: "charges a card"}

func tierOf(e spec.Effect) config.Safety {
	switch e {
	case spec.Charges:
		return config.Pay
	case spec.Deletes:
		return config.Delete
	}
	return config.Write
}

// Burst is SendAll without waiting out rate limits.
func (t *T) Burst(requests ...request.Request) []*Answer {
	return t.together(requests, func(r request.Request) *Answer {
		return t.take(r, t.Env.Exchange(t.Context, r, t.about.Requirements))
	})
}

// send sends, judges and records a request, and waits out rate limits where that is safe.
func (t *T) send(r request.Request) *Answer {
	var waits env.Waits
	for {
		a := t.take(r, t.Env.ExchangeAgain(t.Context, r, t.about.Requirements, &waits))
		if a.Status() != 429 {
			return a
		}
		if a.unserved = t.Env.WaitOut(t.Context, &waits, a.Exchange, r); a.unserved == "" {
			continue
		}
		if o := t.Env.Contract.Operation(r.Operation); waits.Kept() && o != nil && t.Env.Promises(o).Limits {
			t.Violation(a, "RATE-RECOVER-001", "status", "recovered", "the request served after one of several waits, each as long as the response asked for", "status 429")
		}
		return a
	}
}

// Limited skips the spec if the response is a 429 that could not be waited out, as it
// says nothing about the spec's question. Whether it is a valid 429 was judged before.
func (t *T) Limited(a *Answer) {
	if a.Status() == 429 {
		t.Skip(reporters.SkipNoData, "%s", cmp.Or(a.unserved, "the target limits the rate of requests: send fewer with --rps"))
	}
}
