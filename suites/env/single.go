package env

import (
	"context"
	"net/http"
	"time"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/request"
)

const (
	// muchSlower is how many times as long as a request over a kept connection one over a
	// second connection takes, at least a second, if the target does not serve that.
	muchSlower = 20
	leastWait  = time.Second
)

// single finds out whether the target serves one connection at a time, until that is
// closed, as simple servers do that keep connections and have one thread. A second one
// waits for ever beside a kept one, although nothing is wrong with what it asks. Then no
// connection is kept, and specs run one after the other.
func (e *Env) single(ctx context.Context) {
	r := request.Request{Method: http.MethodGet, Path: "/", Effect: spec.Reads}
	kept := e.aside(ctx, r, "preflight") // over the connection that the first request has left
	limit := min(max(leastWait, muchSlower*kept.Duration), e.Config.RequestTimeout/2)
	if kept.Response == nil || kept.Duration > limit/muchLonger {
		return
	}
	served := func() bool {
		if e.ledger.count() != "" {
			return true // no request may be sent any more
		}
		own, cancel := context.WithTimeout(ctx, limit)
		defer cancel()
		ex := e.client.Beside(own, "", r, "preflight")
		return ex.Response != nil || own.Err() == nil || ctx.Err() != nil
	}
	if served() {
		return
	}
	e.client.Close()
	if served() && ctx.Err() == nil {
		e.singly()
	}
}

// singly goes on with one connection at a time.
func (e *Env) singly() {
	e.client.KeepNone()
	e.pace.mu.Lock()
	defer e.pace.mu.Unlock()
	e.pace.single = true
}
