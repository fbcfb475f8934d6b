package env

import (
	"bytes"
	"cmp"
	"context"
	"slices"
	"sync"
	"time"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/client"
	"github.com/hostup/api-conformance/suites/request"
)

// A presence knows whether the target is still the same. A target that goes away in the
// middle of a run, or answers everything differently from some request on (the key is
// revoked, another version is deployed, a log-in page is put before it), is one cause,
// not one for each following request.
//
// One mechanism covers all of these. After a response of an unexpected kind, see
// [presence.startling], some operations that were served before are requested again. If one
// of them responds as before, the unexpected response is a matter of its own operation,
// and is judged. If none does, and all responses are alike, the cause lies outside of any
// operation.
type presence struct {
	mu       sync.Mutex
	known    []Served            // of different operations
	usual    map[string]likeness // request, or path -> how it was served
	cleared  map[string]bool     // path, credential and form of a response that is a matter of its operation
	paths    map[string]int      // credential and form -> number of paths it was cleared for
	last     spec.Exchange       // the last exchange with a response
	ended    spec.Exchange       // the last one that by its nature ends something, see [spec.Operation]
	looks    int                 // how often the target was looked for
	outages  int                 // how often it was not there
	flaws    int                 // requests that succeeded only when repeated
	vain     int                 // requests that failed even when repeated, while others succeeded
	answered int                 // requests with a response
	errors   map[string]bool     // paths with a server error that a repetition did not show
	chances  map[string]int      // place -> server errors put down to chance without a repetition
	mock     string              // name of the mock server that the responses look like
	others   others              // what another application answers in place of the API
	searches int                 // how often another application was looked for since the preflight

	checking sync.Mutex // one request at a time checks whether the target is there
	gone     string     // what became of the target, in a few words; "" while it is there
	until    time.Time  // requests sent before met a target that was down; zero if none did
	down     string     // describes that outage in a few words
	untold   []spec.Finding
	culprits map[string]spec.Exchange // by id
}

const (
	// mostKnown limits the operations that are requested: more than one, because one may
	// have failed for good.
	mostKnown = 4
	// mostLooks and mostOutages bound the extra cost of a target that fails often.
	mostLooks, mostOutages = 200, 10
	// mostPaths is the number of paths after which a kind of response is not new at any
	// other.
	mostPaths = 12
	// mostUsual bounds what is remembered.
	mostUsual = 10_000
)

// mocked recognizes Prism, which names itself in the type of its own errors and lists in
// a header what it objects to.
func mocked(r *spec.Response) bool {
	return r.Header.Get("Sl-Violations") != "" || r.Status >= 400 && len(r.Body) < 64<<10 && bytes.Contains(r.Body, []byte("stoplight.io/prism"))
}

// Mock returns the name of the mock server that the target looks like, "" for none.
func (e *Env) Mock() string {
	e.presence.mu.Lock()
	defer e.presence.mu.Unlock()
	return e.presence.mock
}

// Gone returns why nothing is sent any more: the target has gone away or is another one;
// "" while it is the same.
func (e *Env) Gone() string {
	e.presence.mu.Lock()
	defer e.presence.mu.Unlock()
	return e.presence.gone
}

// watch inspects the result of a request. If it may mean that the target is no longer the
// same, watch repeats requests that were served before, for as long as a start takes. If
// the target does not respond as before, the exchange is returned as failed for that reason:
// it says nothing about the operation. An exchange that may have failed by chance is
// repeated, see [Env.again].
func (e *Env) watch(ctx context.Context, r request.Request, ex spec.Exchange, send sender) spec.Exchange {
	p := &e.presence
	e.sawEnd(ex)
	ex, other := e.fromAPI(ctx, r, ex, send)
	if other != "" && ctx.Err() == nil {
		return gone(ex, other)
	}
	if ctx.Err() != nil || !e.startling(r, ex) {
		e.saw(r, ex)
		return ex
	}
	why, flaky := e.Gone(), p.flaky(ex)
	if why == "" && !flaky {
		known := e.ofAnother(ex)
		if why = e.became(ctx, r, ex); why == "" && !known && e.ofAnother(ex) {
			return e.watch(ctx, r, ex, send) // found meanwhile
		}
	}
	if why == "" && MayPass(ex) && ctx.Err() == nil {
		var counts spec.Exchange
		if counts, why = e.again(ctx, r, ex, send); why == "" && !MayPass(counts) {
			return e.watch(ctx, r, counts, send)
		}
		if ex = counts; why == "" && flaky {
			why = e.became(ctx, r, ex)
		}
	}
	if ctx.Err() != nil {
		return ex
	}
	if why == "" {
		if !r.Decisive {
			p.clear(e.Contract, r, ex)
		}
		e.saw(r, ex)
		return ex
	}
	return gone(ex, why)
}

// gone returns an exchange that for this reason says nothing about its operation.
func gone(ex spec.Exchange, why string) spec.Exchange {
	ex.Response, ex.Failure, ex.FailureKind = nil, why, spec.FailureGone
	return ex
}

// became returns what became of the target, if an exchange is a reason to ask; "" if it
// is still the same.
func (e *Env) became(ctx context.Context, r request.Request, ex spec.Exchange) string {
	p := &e.presence
	p.checking.Lock()
	defer p.checking.Unlock()
	if why := cmp.Or(e.Gone(), p.wasDown(ex)); why != "" {
		return why
	}
	if !e.startling(r, ex) {
		return "" // another request that got the same has looked meanwhile
	}
	why := e.look(ctx, ex)
	if why != "" || MayPass(ex) || ctx.Err() != nil || e.ofAnother(ex) || e.appeared(ctx, r, ex) {
		return why
	}
	if p.varies(e.Contract, r, ex); !r.Decisive {
		p.clear(e.Contract, r, ex)
	}
	return ""
}

// wasDown returns the outage that an exchange fell into, "" if none.
func (p *presence) wasDown(ex spec.Exchange) string {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.until.IsZero() || ex.Request.Sent.After(p.until) {
		return ""
	}
	return p.down
}

// clear records that a response is a matter of its operation.
func (p *presence) clear(c *spec.Contract, r request.Request, ex spec.Exchange) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.cleared == nil {
		p.cleared, p.paths = map[string]bool{}, map[string]int{}
	}
	if key := place(c, r, ex); !p.cleared[key] {
		p.cleared[key] = true
		p.paths[whose(r)+formOf(ex)]++
	}
}

// place returns the same key for responses of one form to requests of one path by the
// same client, where all strangers are one. All undocumented paths are one as well:
// servers answer them alike.
func place(c *spec.Contract, r request.Request, ex spec.Exchange) string {
	return path(c, r) + " " + whose(r) + formOf(ex)
}

// path returns the documented path of a request, or the same word for all others.
func path(c *spec.Contract, r request.Request) string {
	template := c.Template(r.Path)
	if !c.HasPath(template) {
		return "nowhere"
	}
	return template
}

// whose names the sender of a request, as far as the target knows it.
func whose(r request.Request) string {
	if stranger(r) {
		return "stranger "
	}
	who := string(r.Auth.Secret) + " "
	for _, k := range r.Keys {
		who += k.Identity + " "
	}
	return who
}

// stranger reports whether a request has no credential, or a made-up one.
func stranger(r request.Request) bool {
	known := func(k request.Key) bool { return !k.Made }
	return r.Auth.Secret == request.NoSecret && !slices.ContainsFunc(r.Keys, known)
}

// startling reports whether an exchange may show that the target is no longer the same:
// there is no response, or a gateway's server error; the request was served before and is
// not any more; or the response has a form that is new for the path and does not find
// fault with the request.
func (e *Env) startling(r request.Request, ex spec.Exchange) bool {
	p := &e.presence
	p.mu.Lock()
	defer p.mu.Unlock()
	switch {
	case client.NotSent(ex), ex.FailureKind == spec.FailureInterrupted:
		return false
	case len(p.known) == 0: // as long as nothing was read, any response shows that the target is there
		there := p.last.Response != nil || p.ended.ID != ""
		return (ex.Response == nil || ex.Response.ReadCause == spec.CauseFraming) && there && p.looks < mostLooks
	case p.chance(ex):
		return true
	case p.looks >= mostLooks:
		return false
	}
	switch {
	case ex.Response == nil, brokenOff(ex):
		return true
	case ex.Response.Status == 429:
		return !p.cleared[place(e.Contract, r, ex)] && !e.documentedLimit(ex)
	}
	if r.Effect == spec.Reads { // only reads are among what was served
		if usual := p.usual[identity(r)]; usual.Kind != "" {
			return !usual.fits(ex)
		}
		if !p.usual[path(e.Contract, r)].begins(ex) {
			return true
		}
	}
	return !judges(ex) && !p.cleared[place(e.Contract, r, ex)] && p.paths[whose(r)+formOf(ex)] < mostPaths && !e.expected(r, ex)
}
