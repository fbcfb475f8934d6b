package env

import (
	"bytes"
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/client"
	"github.com/hostup/api-conformance/suites/request"
)

// A presence knows whether the target is still the one that it was. A target that
// goes away in the middle of a run, or that answers everything in another way from
// some request on (the key is revoked, another version is deployed, a log-in page
// stands before it), is one cause, and not one for each request that follows.
//
// It is one mechanism for all of these. An answer of a kind that was not to be
// expected is a reason to ask some operations, which were served before, whether they
// still are: see [presence.startling]. Where one of them is answered as it was, the
// answer is the matter of its operation, and is judged. Where none is, and all are
// answered alike, what has happened is no matter of an operation.
type presence struct {
	mu       sync.Mutex
	known    []Served          // of different operations
	usual    map[string]string // request -> how it was served
	cleared  map[string]bool   // path, credential and form of an answer that is a matter of its operation
	paths    map[string]int    // credential and form -> how many paths it was cleared for
	last     spec.Exchange     // the last one that was answered
	looks    int               // how often the target was asked
	outages  int               // how often in vain
	flaws    int               // how often a request was answered only when it was sent again
	vain     int               // how often it was not, although others were
	answered int               // requests
	mock     string            // the name of a mock server that answers look like

	checking sync.Mutex // one request at a time asks whether the target is there
	gone     string     // what became of it, in a few words; "" while it is there
	until    time.Time  // what was sent before was sent to a target that was down; zero if none was
	down     string     // that, in a few words
	untold   []spec.Finding
	culprits map[string]spec.Exchange // by id
}

// A Served read is a request that was answered with success, and the kind of its answer.
type Served struct {
	Request request.Request
	Kind    string
}

const (
	// mostKnown is how many operations are asked: one may have failed for good.
	mostKnown = 4
	// mostLooks and mostOutages bound what a target that fails often costs besides.
	mostLooks, mostOutages = 200, 10
	// mostPaths is after how many paths a kind of answer is nothing new at any other.
	mostPaths = 12
	// mostUsual bounds what is remembered.
	mostUsual = 10_000
)

// saw notes an answer that is a matter of its operation.
func (e *Env) saw(r request.Request, ex spec.Exchange) {
	if ex.Response == nil {
		return
	}
	p := &e.presence
	p.mu.Lock()
	defer p.mu.Unlock()
	p.answered++
	if p.last.Response == nil || ex.Response.Received.After(p.last.Response.Received) {
		p.last = ex
	}
	if p.mock == "" && mocked(ex.Response) {
		p.mock = "Prism"
	}
	if r.Effect == spec.Reads && status(ex)/100 == 2 && ex.Response.ReadFailure == "" {
		p.serves(e.Contract, r, kindOf(ex))
	}
}

// serves notes that a read was served. Reads whose path names a thing are asked
// only while there are no others: the thing may be deleted.
func (p *presence) serves(c *spec.Contract, r request.Request, kind string) {
	if p.usual == nil {
		p.usual = map[string]string{}
	}
	if id := identity(r); len(p.usual) < mostUsual && p.usual[id] == "" {
		p.usual[id] = kind
	}
	if r.Operation == "" || made(r) || slices.ContainsFunc(p.known, func(k Served) bool { return k.Request.Operation == r.Operation }) {
		return
	}
	if len(p.known) < mostKnown {
		p.known = append(p.known, Served{r, kind})
		return
	}
	for i, k := range p.known {
		if names(c, k.Request) && !names(c, r) {
			p.known[i] = Served{r, kind}
			return
		}
	}
}

// names reports whether the path of a request names a thing of the target.
func names(c *spec.Contract, r request.Request) bool {
	return strings.Contains(c.Template(r.Path), "{")
}

// anyAnswer is the kind of what shows no more than that the target is there.
const anyAnswer = "any answer"

// worthAsking are requests whose answers show whether the target is the one that it
// was: where no read was served yet, one that any server has an answer to. Those that
// have a credential show whether it is still taken.
func (p *presence) worthAsking(keyed bool) []Served {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.known) == 0 {
		return []Served{{request.Request{Method: "GET", Path: "/", Effect: spec.Reads}, anyAnswer}}
	}
	open := func(k Served) bool { return stranger(k.Request) }
	if list := slices.DeleteFunc(slices.Clone(p.known), open); keyed && len(list) > 0 {
		return list
	}
	return slices.Clone(p.known)
}

// identity is the same for requests that a target cannot tell from one another. It is
// made for every read, and no printing of the whole request.
func identity(r request.Request) string {
	var b strings.Builder
	add := func(texts ...string) {
		for _, text := range texts {
			b.WriteString(text)
			b.WriteByte(0)
		}
	}
	add(r.Method, r.Path, r.Query, string(r.Auth.Place), string(r.Auth.Secret), r.Auth.Literal, string(r.Auth.Form))
	for _, name := range slices.Sorted(maps.Keys(r.Header)) {
		add(name)
		add(r.Header[name]...)
	}
	for _, k := range r.Keys {
		add(k.Identity, k.Scheme.Name, k.Literal)
	}
	b.Write(r.Body)
	return b.String()
}

// made reports a request with a credential that is made up.
func made(r request.Request) bool {
	return r.Auth.Place != request.Nowhere && r.Auth.Secret == request.NoSecret || slices.ContainsFunc(r.Keys, func(k request.Key) bool { return k.Made })
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

// Gone says that the target has gone away or is another one now, "" while it is the
// one that it was. Nothing is sent to it any more then.
func (e *Env) Gone() string {
	e.presence.mu.Lock()
	defer e.presence.mu.Unlock()
	return e.presence.gone
}

// watch looks at what came of a request. Where that may mean that the target is not
// the one that it was, it is asked for what it served before, for as long as a start
// takes. If it does not answer as it did, the exchange is returned as one that failed
// for that reason: what it seems to say is nothing that the target says. What may have
// been broken off by chance is sent again, see [Env.again].
func (e *Env) watch(ctx context.Context, r request.Request, ex spec.Exchange, send sender) spec.Exchange {
	p := &e.presence
	if ctx.Err() != nil || !e.startling(r, ex) {
		e.saw(r, ex)
		return ex
	}
	why, flaky := e.Gone(), p.flaky(ex)
	if why == "" && !flaky {
		why = e.became(ctx, ex)
	}
	if why == "" && BrokenOff(ex) && ctx.Err() == nil {
		var counts spec.Exchange
		if counts, why = e.again(ctx, r, ex, send); why == "" && !BrokenOff(counts) {
			return e.watch(ctx, r, counts, send)
		}
		if ex = counts; why == "" && flaky {
			why = e.became(ctx, ex)
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
	ex.Response, ex.Failure, ex.FailureKind = nil, why, spec.FailureGone
	return ex
}

// became says what became of the target, as far as an exchange is a reason to ask, ""
// if it is the one that it was.
func (e *Env) became(ctx context.Context, ex spec.Exchange) string {
	p := &e.presence
	p.checking.Lock()
	defer p.checking.Unlock()
	if why := cmp.Or(e.Gone(), p.wasDown(ex)); why != "" {
		return why
	}
	return e.look(ctx, ex)
}

// wasDown says that an exchange was one with a target that was down, "" if not.
func (p *presence) wasDown(ex spec.Exchange) string {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.until.IsZero() || ex.Request.Sent.After(p.until) {
		return ""
	}
	return p.down
}

// clear notes that an answer is a matter of its operation.
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

// place is the same for answers of one form to requests of one path, of whoever is
// known to the target, or of a stranger. The paths that the document does not have are
// one: what is not there is answered alike.
func place(c *spec.Contract, r request.Request, ex spec.Exchange) string {
	path := c.Template(r.Path)
	if !slices.ContainsFunc(c.Operations(), func(o *spec.Operation) bool { return o.Path == path }) {
		path = "nowhere"
	}
	return path + " " + whose(r) + formOf(ex)
}

// whose names who sends a request, as far as the target knows.
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

// stranger reports a request without a credential, or with one that is made up.
func stranger(r request.Request) bool {
	known := func(k request.Key) bool { return !k.Made }
	return r.Auth.Secret == request.NoSecret && !slices.ContainsFunc(r.Keys, known)
}

// startling reports whether an exchange may show that the target is not the one that
// it was: no answer, or a server error of a gateway; the request was served before and
// is not any more; or the answer is of a form that the path has not given before and
// does not judge the request.
func (e *Env) startling(r request.Request, ex spec.Exchange) bool {
	p := &e.presence
	p.mu.Lock()
	defer p.mu.Unlock()
	switch {
	case client.NotSent(ex), ex.FailureKind == spec.FailureInterrupted:
		return false
	case len(p.known) == 0: // as long as nothing was read, any answer shows that it is there
		return (ex.Response == nil || ex.Response.ReadCause == spec.CauseFraming) && p.last.Response != nil && p.looks < mostLooks
	case p.flaws > 0 && BrokenOff(ex):
		return true
	case p.looks >= mostLooks:
		return false
	}
	kind := kindOf(ex)
	switch {
	case ex.Response == nil, BrokenOff(ex):
		return true
	case ex.Response.Status == 429:
		return !p.cleared[place(e.Contract, r, ex)] && !e.documentedLimit(ex)
	}
	if r.Effect == spec.Reads { // others are not among what was served
		if usual := p.usual[identity(r)]; usual != "" {
			return usual != kind
		}
	}
	return !judges(ex) && !p.cleared[place(e.Contract, r, ex)] && p.paths[whose(r)+formOf(ex)] < mostPaths
}
