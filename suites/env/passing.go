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
// judged.

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

// BrokenOff reports whether an exchange may be repeated: the connection failed or ended
// too early, or a gateway responds in place of the API. A time-out costs too much to
// wait for it again.
func BrokenOff(ex spec.Exchange) bool {
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
	tries, why := e.presence.tries(r, place(e.Contract, r, ex))
	first := ex
	for i := range tries {
		switch {
		case !sleep(ctx, min(25*time.Millisecond<<i, 300*time.Millisecond)):
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
		case !BrokenOff(ex):
			e.Passed(first)
			return ex, ""
		}
	}
	if tries == moreTries {
		why = e.presence.vainly()
	}
	return ex, why
}

// comesAndGoes is the reason why an exchange says nothing about its operation.
const comesAndGoes = "the target comes and goes"

// tries returns how often to repeat a request that was broken off or, for 0, why its
// exchange still says nothing, "" if it does. place is the result of [place].
func (p *presence) tries(r request.Request, place string) (n int, why string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	repeatable := r.Effect == spec.Reads
	switch {
	case r.Decisive: // its spec repeats it, after what it is about
		return 0, ""
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
// was broken off, with what it is decisive for: once, because it may be chance, and more
// often at a target that comes and goes.
func (e *Env) Repetitions() int {
	e.presence.mu.Lock()
	defer e.presence.mu.Unlock()
	if e.presence.flaws > 0 {
		return moreTries
	}
	return 1
}

// vainly records that all repetitions of a request to a target that comes and goes have
// failed. If this may be chance, it returns why the exchange says nothing.
func (p *presence) vainly() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.vain++; p.vain >= mostVain || 5*p.flaws > p.answered {
		return comesAndGoes
	}
	return ""
}

// flaky reports whether an exchange was broken off by a target that comes and goes.
func (p *presence) flaky(ex spec.Exchange) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.flaws > 0 && BrokenOff(ex)
}

// Passed records the finding of an exchange that was broken off by chance: the same
// request succeeded when repeated.
func (e *Env) Passed(ex spec.Exchange) {
	p := &e.presence
	p.mu.Lock()
	p.flaws++
	p.mu.Unlock()
	e.tellOutage(ex, spec.KeywordDown, fmt.Sprintf("the target was not there for this request at %s (%s), and was for the same request a moment later",
		ex.Request.Sent.Format("15:04:05"), shortly(ex)))
}
