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

// An Env is all that specs need: the contract, the configuration, the way to the
// target and what is known of it. It is built once, before the tree of specs,
// and is safe for concurrent use.
type Env struct {
	Contract *spec.Contract
	Config   config.Config
	Universe *spec.Universe      // what can be observed of the contract
	Pack     Pack                // set before anything else is done; the zero Pack is that of any document
	Data     request.Data        // discovered or given; not changed after Discover
	Lists    map[string][]string // what the pack has found besides, by names of its own

	// Only are the requirements that specs are declared for; all if it is empty.
	Only []string

	// OnDeclared, if not nil, is told of every spec while the tree is built.
	OnDeclared func(d Declared)

	// Plain has the tree of specs built without Ginkgo: OnDeclared alone is told.
	Plain bool

	// Host, if not nil, is the suite of somebody else that the tree is declared in.
	Host *Host

	// BurstKey may be exhausted by the rate limit specs; "" means the usual key. Only
	// a server that this process started has one.
	BurstKey string

	// Swapped says that a key which should be able to do less may do more, "" if not.
	Swapped string

	// Started is how long the target took to start, 0 if it was there at once.
	Started time.Duration

	// OnCreated, if not nil, is told at once of what the target was made to make, and
	// again, as deleted, of what the run took back. It may be called by several goroutines at once.
	OnCreated func(c reporters.Created)

	// OnExchange, if not nil, is told of every exchange that was sent, without its
	// secrets and with no more of its request's body than a recording holds, which had
	// so many bytes, but not of those that the end of the run broke off. Leaks are what
	// is found in the part of the answer that is not shown for that reason. It may
	// be called by several goroutines at once.
	OnExchange func(ex spec.Exchange, sent int, leaks []spec.Finding)

	profile  spec.Profile
	selects  func(labels []string) bool // nil selects all
	client   *client.Client
	reached  bool // the target talks HTTP
	numbers  numbers
	breaker  breaker
	presence presence
	ids      RequestIDs
	clock    clock
	ledger   *Ledger

	why        map[string]string // name of a datum -> why it is missing
	notOffered map[string]string // operationId -> why it cannot be used

	sequence   *Sequence    // that is being declared
	containers []string     // of what is being declared, in a tree without Ginkgo
	turns      int          // specs that were declared
	turn       sync.RWMutex // held to send, and alone by who has waited for a rate limit

	mu     sync.Mutex
	memos  map[string]*memo
	budget time.Duration // what is left for waiting on rate limits
	until  time.Time     // the waits so far end then
}

// New makes an Env. Nothing is sent, and nothing can be sent where client is nil:
// that serves to declare the specs. The process is the number, from 1, of this one
// of the cfg.Procs processes of the run.
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

// Use gives e the way to the target, where New got none: its tree of specs may be
// built before.
func (e *Env) Use(cfg config.Config, client *client.Client) {
	e.Config, e.client = cfg, client
	client.Redactor().Public(e.Contract.Word)
}

// reach finds out once whether the target talks HTTP.
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

// Share makes e count what it makes in a ledger that other processes use as well.
func (e *Env) Share(l *Ledger) { e.ledger = l }

// Exchange sends one request, gives the exchange its id, and tells OnExchange. A
// request that could make more than the run may is not sent. The result holds
// secrets: see [Env.Show].
func (e *Env) Exchange(ctx context.Context, r request.Request, requirements []string) spec.Exchange {
	return e.ExchangeAgain(ctx, r, requirements, &Waits{})
}

// ExchangeAgain is Exchange for a request that may have waited: see [Env.WaitOut].
func (e *Env) ExchangeAgain(ctx context.Context, r request.Request, requirements []string, w *Waits) spec.Exchange {
	defer e.takeTurn(w)()
	id := e.numbers.next()
	if why := e.Gone(); why != "" {
		return client.Unsent(spec.Exchange{ID: id, Operation: r.Operation}, why)
	}
	settle, refusal := e.ledger.reserve(ctx, r.Effect)
	if refusal != "" {
		return client.Unsent(spec.Exchange{ID: id, Operation: r.Operation}, refusal)
	}
	send := func(ctx context.Context, id string) spec.Exchange {
		return e.client.Do(ctx, id, r, strings.Join(requirements, " "))
	}
	ex := e.watch(ctx, r, send(ctx, id), send)
	settle(e.Made(r, ex) != No)
	if !client.NotSent(ex) && ctx.Err() == nil {
		e.breaker.note(e.operationAt(r.Method, r.Path), ex)
	}
	e.tell(ctx, ex)
	return ex
}

func (e *Env) tell(ctx context.Context, ex spec.Exchange) {
	whole := ex.Response != nil && ex.Response.ReadFailure == ""
	if e.OnExchange != nil && !client.NotSent(ex) && (whole || ctx.Err() == nil) {
		clean := e.client.Redactor().Recorded(ex, har.BodyLimit)
		e.OnExchange(clean, len(ex.Request.Body), e.hidden(ex, clean))
	}
}

// hidden finds the leaks of an answer of which the redaction took something away:
// nobody sees them in what is left.
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

// Judge is spec.Check and what needs the memory of the process: no two answers
// carry the same request id, and none has the timestamp of one long before. What
// the profile leaves out is left out; findings are redacted. The judgement is for who
// asks more of the same exchange.
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

// Redact takes secrets out of a finding.
func (e *Env) Redact(f spec.Finding) spec.Finding { return e.client.Redactor().Finding(f) }

// Text takes secrets out of a text.
func (e *Env) Text(s string) string { return e.client.Redactor().Text(s) }

// Record takes secrets out of all that a spec leaves behind, see [redact.Redactor.Clean].
func (e *Env) Record(r reporters.SpecRecord) reporters.SpecRecord {
	return redact.Clean(e.client.Redactor(), r)
}

// Show is the exchange as reports show it, without secrets: see [redact.Redactor.Report].
func (e *Env) Show(ex spec.Exchange, specName string) reporters.Exchange {
	return e.client.Redactor().Report(ex, specName, e.Config.CurlFlags()...)
}

// Disposable reports whether the target is a server that was started for this run
// and ends with it: nothing is lost with what is in it.
func (e *Env) Disposable() bool { return e.BurstKey != "" }

// Once runs f the first time that it is called with the key and returns its
// result every time: what is expensive or can be done only once is shared by the
// specs of a process. Specs that use it for writing have to be in a [Sequence], so
// that they all run in one process.
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

// NotOffered says why a support operation cannot be used: the target does not have
// it, or the key may not use it; "" when it can be.
func (e *Env) NotOffered(operation string) string { return e.notOffered[operation] }

// WhyMissing says why a datum is missing and which variable to set.
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

// Note remembers a fact about the run ("ordered"), Noted asks for it. Like
// [Env.Once] they hold within one process.
func (e *Env) Note(fact string) { e.Once("note "+fact, func() any { return nil }) }

// Noted reports whether the fact was noted.
func (e *Env) Noted(fact string) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.memos["note "+fact] != nil
}

// ExchangeRaw is Exchange by [client.Client.DoRaw], whose error it returns.
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
		if !client.NotSent(ex) && ctx.Err() == nil {
			e.breaker.note(e.operationAt(r.Method, r.Path), ex)
		}
		e.tell(ctx, ex)
	}
	return ex, err
}
