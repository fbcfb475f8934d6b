package env

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/client"
	"github.com/hostup/api-conformance/suites/request"
)

// A presence knows whether the target is still there. A target that goes away in
// the middle of a run is one cause, and not one for each request that follows.
type presence struct {
	mu    sync.Mutex
	known []request.Request // reads that were served, of different operations
	last  spec.Exchange     // the last one that was answered
	spare int               // how often the target was asked in vain whether it is there
	mock  string            // the name of a mock server that answers look like

	checking sync.Mutex // one request at a time asks whether the target is there
	gone     *spec.Finding
	culprit  spec.Exchange
	told     bool
}

const (
	// mostKnown is how many operations are asked: one may have failed for good.
	mostKnown = 3
	// mostSpare bounds what a target that fails often costs besides.
	mostSpare = 50
)

// serves notes that a valid read was served.
func (p *presence) serves(r request.Request) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.known) < mostKnown && !slices.ContainsFunc(p.known, func(k request.Request) bool { return k.Operation == r.Operation }) {
		p.known = append(p.known, r)
	}
}

// saw notes an answer.
func (p *presence) saw(ex spec.Exchange) {
	if ex.Response == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.last.Response == nil || ex.Response.Received.After(p.last.Response.Received) {
		p.last = ex
	}
	if p.mock == "" && mocked(ex.Response) {
		p.mock = "Prism"
	}
}

// mocked recognises Prism, which names itself in the type of its own errors and
// lists in a header what it did not like.
func mocked(r *spec.Response) bool {
	return r.Header.Get("Sl-Violations") != "" || r.Status >= 400 && len(r.Body) < 64<<10 && bytes.Contains(r.Body, []byte("stoplight.io/prism"))
}

// Mock is the name of a mock server that the target looks like, "" for none.
func (e *Env) Mock() string {
	e.presence.mu.Lock()
	defer e.presence.mu.Unlock()
	return e.presence.mock
}

// Gone says that the target has gone away, "" while it is there. Nothing is sent
// to it any more then.
func (e *Env) Gone() string {
	e.presence.mu.Lock()
	defer e.presence.mu.Unlock()
	if e.presence.gone == nil {
		return ""
	}
	return e.presence.gone.Got
}

// Culprit is the exchange after which the target was gone: the one that it broke
// off, or the last one that it answered.
func (e *Env) Culprit() spec.Exchange {
	e.presence.mu.Lock()
	defer e.presence.mu.Unlock()
	return e.presence.culprit
}

// vanished is the finding that the target has gone away, to whom asks first.
func (e *Env) vanished() (list []spec.Finding) {
	e.presence.mu.Lock()
	defer e.presence.mu.Unlock()
	if f := e.presence.gone; f != nil && !e.presence.told {
		e.presence.told = true
		list = append(list, *f)
	}
	return list
}

// watch looks at what came of a request. Where that may mean that the target is gone,
// it is asked for what it served before, for as long as a start takes. If it does not
// answer, the exchange is returned as one that failed for that reason: what it seems
// to say is nothing that the target says.
func (e *Env) watch(ctx context.Context, ex spec.Exchange) spec.Exchange {
	if ctx.Err() != nil || !e.suspicious(ex) {
		e.presence.saw(ex)
		return ex
	}
	e.presence.checking.Lock()
	defer e.presence.checking.Unlock()
	since := time.Now()
	if e.Gone() == "" && e.there(ctx) {
		e.presence.saw(ex)
		return ex
	}
	if ctx.Err() != nil {
		return ex
	}
	why := ex.Failure
	if ex.Response != nil {
		why = fmt.Sprintf("status %d", ex.Response.Status)
	}
	e.lose(ex, since, why)
	ex.Response, ex.Failure, ex.FailureKind = nil, why, spec.FailureGone
	return ex
}

// suspicious reports whether an exchange may be the last one of a target.
func (e *Env) suspicious(ex spec.Exchange) bool {
	p := &e.presence
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.known) == 0 || p.spare >= mostSpare || client.NotSent(ex) {
		return false
	}
	if r := ex.Response; r != nil {
		return gateway(r.Status)
	}
	k := ex.FailureKind
	return k.Unreachable() || k.BrokenOff() || k.TimedOut()
}

// gateway reports a status by which a server says that the one behind it is not
// there.
func gateway(status int) bool {
	return status == http.StatusBadGateway || status == http.StatusServiceUnavailable || status == http.StatusGatewayTimeout
}

// there asks for what was served before until one answers, or it is too late.
func (e *Env) there(ctx context.Context) bool {
	p := &e.presence
	p.mu.Lock()
	p.spare++
	known := slices.Clone(p.known)
	p.mu.Unlock()
	limit := warmUp(e.Config)
	for began := time.Now(); ; {
		for _, r := range known {
			ex := e.client.Do(ctx, "", r.WithNote("is the target still there"), "presence")
			if ex.Response != nil && !gateway(ex.Response.Status) {
				return true
			}
			if ctx.Err() != nil || ex.FailureKind.TimedOut() {
				break // the others would cost as much
			}
		}
		if time.Since(began) >= limit || !sleep(ctx, limit/5) {
			return false
		}
	}
}

// lose notes that the target is gone.
func (e *Env) lose(ex spec.Exchange, since time.Time, why string) {
	p := &e.presence
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.gone != nil {
		return
	}
	culprit, what := ex, "during this request"
	if ex.FailureKind.Unreachable() {
		culprit, what = p.last, "after this request, the last one that it answered"
	}
	p.culprit = culprit
	f := spec.Finding{
		Requirement: "HTTP-ANSWER-001", Level: spec.Must,
		Operation: cmp.Or(e.Contract.OperationName(culprit), culprit.Operation), Scope: spec.WholeTarget,
		Status: status(culprit), Where: "connection", Keyword: spec.KeywordGone,
		Want:     "a target that goes on answering",
		Got:      fmt.Sprintf("the target went away at %s, %s (%s, and no answer for %v)", since.Format("15:04:05"), what, why, warmUp(e.Config)),
		Exchange: culprit.ID,
	}
	if r, ok := e.Contract.Requirement(f.Requirement); ok {
		f.Level = r.Level
	}
	f = e.Redact(f)
	p.gone = &f
}
