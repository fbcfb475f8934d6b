package env

import (
	"context"
	"net/http"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/client"
	"github.com/hostup/api-conformance/suites/request"
)

const (
	// errorTries is how often a read is repeated that ended in a server error. The third
	// repetition fails by chance at a target of which most answers fail.
	errorTries = 3
	// often is the number of reads among which an operation that fails now and then fails
	// once more.
	often = 12
	// fewOperations is the number of operations that must have failed now and then for the
	// target to be what fails.
	fewOperations = 2
	// mostChances limits the server errors of one form and place that are put down to
	// chance because the request must not be repeated.
	mostChances = 3
)

// nowAndThen is the reason why an exchange says nothing about its operation.
const nowAndThen = "the target answers with a server error now and then"

// serverError reports whether the API failed, by its own account. With some statuses it
// says that it cannot do what was asked, which no repetition changes.
func serverError(ex spec.Exchange) bool {
	switch s := status(ex); s {
	case http.StatusNotImplemented, http.StatusHTTPVersionNotSupported, http.StatusNetworkAuthenticationRequired:
		return false
	default:
		return s >= http.StatusInternalServerError && !gateway(s)
	}
}

// MayPass reports whether an exchange may have failed by chance. Its request is repeated by
// Exchange, unless that is Decisive: then by its spec, see [Env.ByChance].
func MayPass(ex spec.Exchange) bool { return brokenOff(ex) || serverError(ex) }

// sporadic reports whether server errors that a repetition does not show have come from
// several operations. The caller holds the lock.
func (p *presence) sporadic() bool { return len(p.errors) >= fewOperations }

// errorTries is tries for a server error. The caller holds the lock.
func (p *presence) errorTries(repeatable bool, place string) (n int, why string) {
	switch {
	case repeatable && (!p.cleared[place] || p.sporadic() && p.vain < mostVain):
		return errorTries, ""
	case !repeatable && p.sporadic() && p.chances[place] < mostChances:
		if p.chances == nil {
			p.chances = map[string]int{}
		}
		p.chances[place]++
		return 0, nowAndThen
	}
	return 0, ""
}

// sporadically decides whose matter a server error is that a repetition did not show, and
// returns the exchange that counts. If one operation alone has such errors, and has them
// often enough to be met again, it is that operation's, which is judged by the error. Else
// it is one of the target, however often and wherever it happens, and the repetition is
// judged.
func (e *Env) sporadically(ctx context.Context, r request.Request, first, second spec.Exchange, send sender) spec.Exchange {
	p := &e.presence
	several := p.failedOnce(path(e.Contract, r))
	for i := 0; i < often && !several; i++ {
		if ctx.Err() != nil || e.Gone() != "" || e.ledger.count() != "" {
			break
		}
		again := send(ctx, e.numbers.next())
		if client.NotSent(again) || again.FailureKind == spec.FailureInterrupted {
			break
		}
		e.tell(ctx, second)
		if second = again; MayPass(again) {
			return again
		}
		p.mu.Lock()
		several = p.sporadic()
		p.mu.Unlock()
	}
	e.passed(first)
	return second
}

// failedOnce records that a path failed for once, and reports whether several have.
func (p *presence) failedOnce(path string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.errors == nil {
		p.errors = map[string]bool{}
	}
	p.errors[path] = true
	return p.sporadic()
}

// ByChance decides about an exchange that may have failed by chance, and whose spec has
// repeated it with success, together with what the request is about. If it reports true, a
// finding about the target tells the failure.
func (e *Env) ByChance(ctx context.Context, r request.Request, first spec.Exchange) bool {
	if !serverError(first) {
		e.passed(first)
		return true
	}
	send := func(ctx context.Context, id string) spec.Exchange { return e.client.Do(ctx, id, r, "again") }
	last := send(ctx, e.numbers.next())
	if !MayPass(last) {
		last = e.sporadically(ctx, r, first, last, send)
	}
	e.tell(ctx, last)
	return !MayPass(last)
}
