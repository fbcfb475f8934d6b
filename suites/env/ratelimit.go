package env

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/request"
)

// Waits counts how often one request was repeated after a 429.
type Waits struct {
	n       int
	guessed bool // a response did not say how long to wait
	alone   bool // the next request is sent while no other is
}

// takeTurn blocks until a request may be sent; call end after its response. Requests run
// side by side, except one that has waited for a rate limit: while it waits, and until
// its response arrives, no other uses up the new window.
func (e *Env) takeTurn(w *Waits) (end func()) {
	if w.alone {
		w.alone = false
		return e.turn.Unlock
	}
	e.turn.RLock()
	return e.turn.RUnlock
}

// patience is how often a limited request is repeated. Other clients with the same key
// may use up a new window at once, but not five times in a row.
const patience = 5

// Kept reports whether a request was repeated as often as possible, each time after the
// wait that its response asked for. Another 429 then breaks a promise.
func (w *Waits) Kept() bool { return w.n >= patience && !w.guessed }

// WaitOut waits as long as a 429 response asks for, within the budget of the run. It
// returns "" when the request may be repeated, else why not.
//
// RFC 6585 does not say that a request answered with 429 was not carried out. The
// documentation of the order operation says to retry after the limit resets, so an order
// is repeated after a 429 as documented, and after no other; that of the payment has no
// 429, and a payment is never repeated. A PUT or DELETE of the document is: what it does
// is the same however often it is done (RFC 9110 section 9.2.2). Even if the request is not repeated, WaitOut
// waits, for the sake of those that follow.
//
// After "" send the request with [Env.ExchangeAgain]: until then no other request is
// sent, so that it is served however many wait.
func (e *Env) WaitOut(ctx context.Context, w *Waits, ex spec.Exchange, r request.Request) (refusal string) {
	switch {
	case r.Effect == spec.Charges:
		refusal = "a payment was answered with 429, and is not sent again as it may have been made: send fewer requests with --rps"
	case r.Effect != spec.Reads && !e.documentedLimit(ex) && !e.repeatable(ex):
		refusal = "a request that changes the target was answered with a 429 that is not the documented one, and is not sent again as it may have been carried out: send fewer requests with --rps"
	case w.n >= patience:
		return fmt.Sprintf("the target limited a request %d times in a row: send fewer with --rps", w.n+1)
	}
	wait, told := retryAfter(ex.Response)
	w.n++
	w.guessed = w.guessed || !told
	if !w.alone {
		e.turn.Lock()
	}
	defer func() {
		if w.alone = refusal == ""; !w.alone {
			e.turn.Unlock()
		}
	}()
	// The window of the target may end on a fraction of a second, of which "0" is the
	// truncated rest. Another request may have waited for it already.
	wait = max(wait, time.Second) + 100*time.Millisecond
	wait = max(wait-time.Since(ex.Response.Received), 0)
	if left, ok := e.spend(wait); !ok {
		return cmp.Or(refusal, fmt.Sprintf("the target limits the rate of requests and asks to wait %v, and of the budget for waiting %v are left: send fewer with --rps, or wait longer with --rate-limit-budget",
			wait.Truncate(time.Second), left.Truncate(100*time.Millisecond)))
	}
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-timer.C:
		return refusal
	case <-ctx.Done():
		return cmp.Or(refusal, "interrupted while waiting for the rate limit")
	}
}

// documentedLimit reports whether a response is a 429 as documented for its operation.
func (e *Env) documentedLimit(ex spec.Exchange) bool {
	o := e.Contract.Match(ex.Request.Method, ex.Request.Path())
	return o != nil && o.Method == ex.Request.Method && o.Documents(http.StatusTooManyRequests) &&
		!slices.ContainsFunc(e.Contract.Check(ex), func(f spec.Finding) bool { return f.Level == spec.Must })
}

// repeatable reports whether a request is of a documented operation whose method is
// idempotent.
func (e *Env) repeatable(ex spec.Exchange) bool {
	o := e.Contract.Match(ex.Request.Method, ex.Request.Path())
	return o != nil && o.Method == ex.Request.Method && (o.Method == http.MethodPut || o.Method == http.MethodDelete)
}

// sitOut waits out a 429 of a target that limits every operation, and reports whether the
// budget of the run sufficed.
func (e *Env) sitOut(ctx context.Context, ex spec.Exchange) bool {
	wait, _ := retryAfter(ex.Response)
	wait = max(wait, time.Second) + 100*time.Millisecond
	_, ok := e.spend(wait)
	return ok && sleep(ctx, wait)
}

// spend takes a wait out of the budget. Requests that wait at the same time spend it
// once.
func (e *Env) spend(wait time.Duration) (left time.Duration, ok bool) {
	e.mu.Lock()
	defer e.mu.Unlock()
	now := time.Now()
	begin := now
	if e.until.After(now) {
		begin = e.until
	}
	cost := max(now.Add(wait).Sub(begin), 0)
	if cost > e.budget {
		return e.budget, false
	}
	e.budget -= cost
	e.until = begin.Add(cost)
	return e.budget, true
}

// retryAfter returns the wait that a response asks for: Retry-After in seconds or as a
// date (RFC 9110 section 10.2.3), else X-RateLimit-Reset, else the property retryAfter of
// the body. told is false if it gives none, or a moment in the past.
func retryAfter(r *spec.Response) (wait time.Duration, told bool) {
	const most = 100_000 * time.Hour // longer waits would overflow a Duration
	seconds := func(text string) (time.Duration, bool) {
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil || n < 0 {
			return 0, false
		}
		return time.Duration(min(n, int64(most/time.Second))) * time.Second, true
	}
	text := r.Header.Get("Retry-After")
	if wait, ok := seconds(text); ok {
		return wait, true
	}
	// The moment is by the target's clock, which the Date header shows.
	now := r.Received
	if date, err := http.ParseTime(r.Header.Get("Date")); err == nil {
		now = date
	}
	moment, err := http.ParseTime(text)
	if err != nil {
		moment, err = time.Parse(time.RFC3339Nano, r.Header.Get("X-RateLimit-Reset"))
	}
	if err == nil {
		wait := moment.Sub(now)
		return max(wait, 0), wait > 0
	}
	var body struct {
		RetryAfter json.RawMessage `json:"retryAfter"`
	}
	if json.Unmarshal(r.Body, &body) == nil {
		if unquoted, err := strconv.Unquote(string(body.RetryAfter)); err == nil {
			return seconds(unquoted)
		}
		return seconds(string(body.RetryAfter))
	}
	return 0, false
}
