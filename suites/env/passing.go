package env

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/client"
	"github.com/hostup/api-conformance/suites/request"
)

// An exchange that breaks off, or that a gateway answers in place of the API, while the
// target is there, is repeated. If the repetition succeeds, the operation was not at
// fault: the target comes and goes, which is one cause however often it happens, and the
// second response is judged. If not, the operation may be at fault, and the exchange is
// judged. Server errors of the API itself are repeated as well: see [Env.sporadically].

// A sender sends one request as the exchange with this id.
type sender func(ctx context.Context, id string) spec.Exchange

const (
	// someTries and moreTries limit the repetitions of a request; moreTries is for a
	// target that is known to come and go.
	someTries, moreTries = 6, 10
	// mostVain limits the requests whose repetitions all fail.
	mostVain = 30
	// mostCulprits limits the exchanges that are kept to be shown.
	mostCulprits = 20
)

// brokenOff reports whether an exchange may be repeated: the connection failed or ended
// too early, or a gateway responds in place of the API. A time-out costs too much to
// wait for it again.
func brokenOff(ex spec.Exchange) bool {
	if ex.Response == nil {
		return !ex.FailureKind.TimedOut() && (ex.FailureKind.BrokenOff() || ex.FailureKind.Unreachable())
	}
	return ex.Response.ReadCause == spec.CauseFraming || gateway(ex.Response.Status) || limitPage(ex)
}

// limitPage reports whether a rate limiter in front of the API refused the request: it
// sends a page, and no Retry-After that could be waited for.
func limitPage(ex spec.Exchange) bool {
	return status(ex) == http.StatusTooManyRequests && mediaType(ex) == "text/html" && ex.Response.Header.Get("Retry-After") == ""
}

// again repeats a request that was broken off. It returns the exchange that counts, and
// why that says nothing about its operation, "" if it does.
func (e *Env) again(ctx context.Context, r request.Request, ex spec.Exchange, send sender) (counts spec.Exchange, why string) {
	tries, why := e.presence.tries(r, ex, place(e.Contract, r, ex))
	first := ex
	for i := range tries {
		switch {
		case !sleep(ctx, pause(first, i)):
			return ex, ""
		case e.Gone() != "":
			return ex, e.Gone()
		case e.ledger.count() != "":
			return ex, ""
		}
		e.tell(ctx, ex)
		ex = send(ctx, e.numbers.next())
		switch {
		case client.NotSent(ex), ex.FailureKind == spec.FailureInterrupted:
			return first, ""
		case MayPass(ex):
		case serverError(first):
			return e.sporadically(ctx, r, first, ex, send), ""
		default:
			e.passed(first)
			return ex, ""
		}
	}
	if tries > 0 && (tries == moreTries || serverError(first)) {
		why = e.presence.vainly(first)
	}
	return ex, why
}

// pause returns how long to wait before a repetition: a target that is not there may need
// a moment, one that fails answers at once.
func pause(first spec.Exchange, i int) time.Duration {
	if serverError(first) {
		return 5 * time.Millisecond << i
	}
	return min(25*time.Millisecond<<i, 300*time.Millisecond)
}

// comesAndGoes is the reason why an exchange says nothing about its operation.
const comesAndGoes = "the target comes and goes"

// tries returns how often to repeat a request that was broken off or, for 0, why its
// exchange still says nothing, "" if it does. place is the result of [place].
func (p *presence) tries(r request.Request, ex spec.Exchange, place string) (n int, why string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	repeatable := r.Effect == spec.Reads
	switch {
	case r.Decisive: // its spec repeats it, after what it is about
		return 0, ""
	case serverError(ex):
		return p.errorTries(repeatable, place)
	case p.flaws > 0 && repeatable && p.vain < mostVain:
		return moreTries, ""
	case p.flaws > 0:
		return 0, comesAndGoes
	case repeatable && !p.cleared[place]:
		return someTries, ""
	}
	return 0, ""
}

// Repetitions returns how often a spec repeats a [request.Request.Decisive] request that
// may have failed by chance, with what it is decisive for: once, and more often at a target
// that fails now and then.
func (e *Env) Repetitions() int {
	e.presence.mu.Lock()
	defer e.presence.mu.Unlock()
	if e.presence.flaws > 0 || e.presence.sporadic() {
		return moreTries
	}
	return 1
}

// vainly records that all repetitions of a request to a target that comes and goes have
// failed as the first one did. If this may be chance, it returns why the exchange says
// nothing.
func (p *presence) vainly(first spec.Exchange) string {
	p.mu.Lock()
	defer p.mu.Unlock()
	if serverError(first) {
		if p.sporadic() {
			p.vain++
		}
		return ""
	}
	if p.vain++; p.vain >= mostVain || 5*p.flaws > p.answered {
		return comesAndGoes
	}
	return ""
}

// flaky reports whether an exchange failed at a target that comes and goes, or that
// answers with a server error now and then.
func (p *presence) flaky(ex spec.Exchange) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.chance(ex)
}

// chance is flaky for a caller that holds the lock.
func (p *presence) chance(ex spec.Exchange) bool {
	return p.flaws > 0 && brokenOff(ex) || p.sporadic() && serverError(ex)
}

// passed records the finding of an exchange that failed by chance: the same request
// succeeded when repeated.
func (e *Env) passed(ex spec.Exchange) {
	if serverError(ex) {
		e.tellOutage(ex, spec.KeywordSporadic, fmt.Sprintf("a server error now and then: status %d at %s, and none for the same request a moment later",
			status(ex), ex.Request.Sent.Format("15:04:05")))
		return
	}
	p := &e.presence
	p.mu.Lock()
	p.flaws++
	p.mu.Unlock()
	e.tellOutage(ex, spec.KeywordDown, fmt.Sprintf("the target was not there for this request at %s (%s), and was for the same request a moment later",
		ex.Request.Sent.Format("15:04:05"), shortly(ex)))
}
