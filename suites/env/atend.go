package env

import (
	"context"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/request"
)

// AtEnd registers what [Env.End] calls.
func (e *Env) AtEnd(f func(ctx context.Context)) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.atEnd = append(e.atEnd, f)
}

// Ends promises that [Env.End] will be called. Call it before the first spec. Ginkgo by itself
// keeps no such promise: its specs make everything for themselves.
func (e *Env) Ends() { e.ending = true }

// End takes back what specs have made for each other, the last first. Call it after the last
// spec of the process.
func (e *Env) End(ctx context.Context) {
	for {
		e.mu.Lock()
		last := len(e.atEnd) - 1
		if last < 0 || ctx.Err() != nil {
			e.mu.Unlock()
			return
		}
		f := e.atEnd[last]
		e.atEnd = e.atEnd[:last]
		e.mu.Unlock()
		f(ctx)
	}
}

// A reserver is [Ledger.reserve].
type reserver func(ctx context.Context, effect spec.Effect) (settle func(made bool), refusal string)

// SetAside counts a request that is sent with [Env.ExchangeSetAside] at the end, whatever
// the limits of the run leave until then. It reports whether there is an end, and whether
// they leave that one.
func (e *Env) SetAside(ctx context.Context, effect spec.Effect) bool {
	if !e.ending {
		return false
	}
	settle, refusal := e.ledger.reserve(ctx, effect)
	if refusal != "" {
		return false
	}
	settle(true)
	return true
}

// ExchangeSetAside is [Env.Exchange] for a request that [Env.SetAside] has counted.
func (e *Env) ExchangeSetAside(ctx context.Context, r request.Request, requirements []string) spec.Exchange {
	counted := func(context.Context, spec.Effect) (func(bool), string) { return func(bool) {}, "" }
	return e.exchange(ctx, r, requirements, &Waits{}, counted)
}
