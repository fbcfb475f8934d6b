package env

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/reporters/har"
	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/spec/packs"
	"github.com/hostup/api-conformance/suites/client"
	"github.com/hostup/api-conformance/suites/config"
	"github.com/hostup/api-conformance/suites/redact"
	"github.com/hostup/api-conformance/suites/request"
)

// An Env is all that specs need: the contract, the configuration, the connection to the
// target and what is known about it. Build it once, before the tree of specs. It is safe
// for concurrent use.
type Env struct {
	Contract *spec.Contract
	Config   config.Config
	Universe *spec.Universe      // what can be observed of the contract
	Pack     Pack                // set it before anything else is done; the zero Pack fits any document
	Data     request.Data        // discovered or given; not changed after Discover
	Lists    map[string][]string // what else the pack has found, by names of its own

	// Only lists the requirements that specs are declared for; empty means all.
	Only []string

	// OnDeclared, if not nil, is called for every spec while the tree is built.
	OnDeclared func(d Declared)

	// Plain builds the tree of specs without Ginkgo: only OnDeclared is called.
	Plain bool

	// Host, if not nil, is the foreign suite that the tree is declared in.
	Host *Host

	// BurstKey is a key that the rate limit specs may exhaust; "" means the usual key.
	// Only a server that this process started has one.
	BurstKey string

	// Swapped says that a key meant to have fewer rights has more, "" if not.
	Swapped string

	// Started is the time that the target took to start, 0 if it was up at once.
	Started time.Duration

	// OnCreated, if not nil, is called as soon as the target has created something, and
	// again, as deleted, when the run has removed it. Calls may be concurrent.
	OnCreated func(c reporters.Created)

	// OnExchange, if not nil, is called with every exchange, without secrets. ex holds no
	// more of the request body than a recording keeps; sent is its full size in bytes.
	// leaks are the findings in the part of the response that is hidden for that reason.
	// Exchanges that the end of the run interrupted are left out. Calls may be
	// concurrent.
	OnExchange func(ex spec.Exchange, sent int, leaks []spec.Finding)

	profile  spec.Profile
	selects  func(labels []string) bool // nil selects all
	client   *client.Client
	reached  bool // the target talks HTTP
	numbers  numbers
	breaker  breaker
	pace     pace
	presence presence
	heard    heard
	ids      RequestIDs
	clock    clock
	ledger   *Ledger

	why        map[string]string // name of a datum -> why it is missing
	notOffered map[string]string // operationId -> why it cannot be used

	sequence   *Sequence    // the one that is being declared
	containers []string     // those that are open, in a tree without Ginkgo
	turns      int          // number of specs declared
	turn       sync.RWMutex // read-locked to send; locked by a request that has waited for a rate limit

	mu     sync.Mutex
	memos  map[string]*memo
	atEnd  []func(ctx context.Context)
	ending bool          // see Ends
	budget time.Duration // time left for waiting on rate limits
	until  time.Time     // when the current waits end
}

// New returns an Env and sends nothing. With a nil client it can only declare specs.
// process is the number of this process, from 1 to cfg.Procs.
func New(contract *spec.Contract, cfg config.Config, client *client.Client, process int) *Env {
	profile, _ := packs.ProfileNamed(cfg.Profile) // Load refuses an unknown name
	prefix := ""
	if cfg.Procs > 1 {
		prefix = fmt.Sprintf("p%d-", process)
	}
	e := &Env{
		Contract:   contract,
		Universe:   contract.Universe(),
		Config:     cfg,
		Data:       request.Data{},
		profile:    profile,
		selects:    filter(cfg),
		numbers:    numbers{prefix: prefix},
		why:        map[string]string{},
		notOffered: map[string]string{},
		memos:      map[string]*memo{},
		budget:     cfg.RateLimitBudget,
		ledger:     NewLedger(cfg),
	}
	if client != nil {
		e.Use(cfg, client)
	}
	return e
}

// Use sets the client of an Env that New built without one, so that its tree can be
// declared earlier.
func (e *Env) Use(cfg config.Config, client *client.Client) {
	e.Config, e.client = cfg, client
	client.Redactor().Public(e.Contract.Word)
}

// reach checks, until it succeeds once, that the target talks HTTP.
func (e *Env) reach(ctx context.Context) error {
	if e.reached {
		return nil
	}
	if refusal := e.ledger.count(); refusal != "" {
		return errors.New(refusal)
	}
	err := e.client.Ping(ctx)
	e.reached = err == nil
	return err
}

// Share makes e count in a ledger that other processes use as well. Call it before the
// first request.
func (e *Env) Share(l *Ledger) { e.ledger = l }

// Exchange sends one request, gives the exchange its id, and calls OnExchange. A request
// that could exceed the limits of the run is not sent; the exchange says why. The result
// holds secrets: see [Env.Show].
func (e *Env) Exchange(ctx context.Context, r request.Request, requirements []string) spec.Exchange {
	return e.ExchangeAgain(ctx, r, requirements, &Waits{})
}

// ExchangeAgain is Exchange for a request that may have waited: see [Env.WaitOut].
func (e *Env) ExchangeAgain(ctx context.Context, r request.Request, requirements []string, w *Waits) spec.Exchange {
	return e.exchange(ctx, r, requirements, w, e.ledger.reserve)
}

func (e *Env) exchange(ctx context.Context, r request.Request, requirements []string, w *Waits, reserve reserver) spec.Exchange {
	defer e.takeTurn(w)()
	id := e.numbers.next()
	if why := e.Gone(); why != "" {
		return client.Unsent(spec.Exchange{ID: id, Operation: r.Operation}, why)
	}
	settle, refusal := reserve(ctx, r.Effect)
	if refusal != "" {
		return client.Unsent(spec.Exchange{ID: id, Operation: r.Operation}, refusal)
	}
	send := func(ctx context.Context, id string) spec.Exchange {
		return e.client.Do(ctx, id, r, strings.Join(requirements, " "))
	}
	ex := e.watch(ctx, r, send(ctx, id), send)
	settle(e.Made(r, ex) != No)
	e.note(ctx, r, ex)
	e.tell(ctx, ex)
	return ex
}

// note counts a request that was sent.
func (e *Env) note(ctx context.Context, r request.Request, ex spec.Exchange) {
	if !client.NotSent(ex) && ctx.Err() == nil {
		e.breaker.note(e.operationAt(r.Method, r.Path), ex)
		e.pace.note(ex, false, e.Config.RequestTimeout)
	}
}

func (e *Env) tell(ctx context.Context, ex spec.Exchange) {
	whole := ex.Response != nil && ex.Response.ReadFailure == ""
	if e.OnExchange != nil && !client.NotSent(ex) && (whole || ctx.Err() == nil) {
		clean := e.client.Redactor().Recorded(ex, har.RequestLimit)
		e.OnExchange(clean, len(ex.Request.Body), e.hidden(ex, clean))
	}
}

// hidden returns the leaks in a response that redaction has changed: what is left does
// not show them.
func (e *Env) hidden(ex, clean spec.Exchange) (leaks []spec.Finding) {
	if ex.Response == nil || bytes.Equal(ex.Response.Body, clean.Response.Body) && maps.EqualFunc(ex.Response.Header, clean.Response.Header, slices.Equal) {
		return nil
	}
	for _, f := range e.Contract.Check(ex) {
		if spec.IsLeak(f.Requirement) {
			leaks = append(leaks, e.Redact(f))
		}
	}
	return leaks
}

// Judge returns the findings of spec.Check and of the rules that need memory across
// exchanges: request ids are unique, and timestamps do not stand still. Findings that the
// profile excludes are dropped, the others redacted. Use judged to ask more about the
// same exchange.
func (e *Env) Judge(ex spec.Exchange) (findings []spec.Finding, judged *spec.Judgement) {
	judged = e.Contract.Judge(ex)
	if ex.FailureKind == spec.FailureGone {
		return e.Outages(), judged
	}
	findings = judged.Findings()
	if f, ok := e.ids.Repeated(e.Contract, e.Pack.UniqueIDs, judged); ok {
		findings = append(findings, f)
	}
	if f, ok := e.clock.Stopped(e.Contract, judged); ok {
		findings = append(findings, f)
	}
	findings = slices.DeleteFunc(findings, func(f spec.Finding) bool { return !e.Counts(f) })
	for i := range findings {
		findings[i] = e.Redact(findings[i])
	}
	return findings, judged
}

// Counts reports whether a finding counts in the profile of the run.
func (e *Env) Counts(f spec.Finding) bool { return e.Contract.Counts(e.profile, f) }

// Redact returns the finding without secrets.
func (e *Env) Redact(f spec.Finding) spec.Finding { return e.client.Redactor().Finding(f) }

// Text returns s without secrets.
func (e *Env) Text(s string) string { return e.client.Redactor().Text(s) }

// Place returns a place in responses without secrets and of limited length.
func (e *Env) Place(where string) string { return e.client.Redactor().Place(where) }

// Record returns the record without secrets, see [redact.Redactor.Clean].
func (e *Env) Record(r reporters.SpecRecord) reporters.SpecRecord {
	return redact.Clean(e.client.Redactor(), r)
}

// Show returns the exchange as reports show it, without secrets: see
// [redact.Redactor.Report].
func (e *Env) Show(ex spec.Exchange, specName string) reporters.Exchange {
	return e.client.Redactor().Report(ex, specName, e.Config.CurlFlags()...)
}

// Disposable reports whether the target was started for this run and ends with it, so
// that its data does not matter.
func (e *Env) Disposable() bool { return e.BurstKey != "" }

// Once calls f the first time it is called with key and returns that result every time.
// It lets the specs of a process share what is expensive or can be done only once. Specs
// that use it for writing must be in a [Sequence], so that they all run in one process.
func (e *Env) Once(key string, f func() any) any {
	e.mu.Lock()
	m := e.memos[key]
	if m == nil {
		m = &memo{}
		e.memos[key] = m
	}
	e.mu.Unlock()
	m.once.Do(func() { m.value = f() })
	return m.value
}

type memo struct {
	once  sync.Once
	value any
}

// NotOffered returns why a support operation cannot be used: the target does not have it,
// or the key may not use it; "" if it can.
func (e *Env) NotOffered(operation string) string { return e.notOffered[operation] }

// WhyMissing returns why a datum is missing and which variable to set.
func (e *Env) WhyMissing(name string) string {
	variable := e.Pack.Variables[name]
	if variable == "" {
		return fmt.Sprintf("the document needs the datum %s, which this suite cannot find", name)
	}
	if why := e.why[name]; why != "" {
		return fmt.Sprintf("set %s: %s", variable, why)
	}
	return "set " + variable
}

// Note records a fact about the run ("ordered") for [Env.Noted], within one process.
func (e *Env) Note(fact string) { e.Once("note "+fact, func() any { return nil }) }

// Noted reports whether the fact was recorded.
func (e *Env) Noted(fact string) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.memos["note "+fact] != nil
}

// ExchangeRaw is Exchange through [client.Client.DoRaw], whose error it returns.
func (e *Env) ExchangeRaw(ctx context.Context, r request.Request, requirements []string) (spec.Exchange, error) {
	defer e.takeTurn(&Waits{})()
	id := e.numbers.next()
	if why := e.Gone(); why != "" {
		return client.Unsent(spec.Exchange{ID: id, Operation: r.Operation}, why), nil
	}
	settle, refusal := e.ledger.reserve(ctx, r.Effect)
	if refusal != "" {
		return client.Unsent(spec.Exchange{ID: id, Operation: r.Operation}, refusal), nil
	}
	send := func(ctx context.Context, id string) spec.Exchange {
		ex, _ := e.client.DoRaw(ctx, id, r, strings.Join(requirements, " ")) // it could be sent before
		return ex
	}
	ex, err := e.client.DoRaw(ctx, id, r, strings.Join(requirements, " "))
	if err == nil {
		ex = e.watch(ctx, r, ex, send)
	}
	settle(err == nil && e.Made(r, ex) != No)
	if err == nil {
		e.note(ctx, r, ex)
		e.tell(ctx, ex)
	}
	return ex, err
}
