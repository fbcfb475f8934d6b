package rule

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/hostup/api-conformance/fixtures/request"
	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/env"
)

// A T is one spec's view of the target.
type T struct {
	context.Context
	Env *env.Env

	name  string
	about About

	mu       sync.Mutex // guards what follows: SendAll writes from several goroutines
	findings []spec.Finding
	kept     map[string]spec.Exchange // by id; they hold secrets until shown
	observed map[string]int           // items of the contract's universe
	order    []string                 // ids in the order of sending
	tally    map[string]*reporters.Tally
	drift    map[reporters.Drift]int
	created  []reporters.Created
	skip     *reporters.Skip
}

// Stop ends the spec. What was found so far decides its outcome.
func (t *T) Stop() { panic(stopped{}) }

// Skip ends the spec and says why it tests nothing: a code of reporters
// (reporters.SkipConfiguration, …) and one sentence that says what to do.
// Findings that were made before still count.
func (t *T) Skip(code, reason string, args ...any) {
	t.skip = &reporters.Skip{Code: code, Reason: fmt.Sprintf(reason, args...)}
	t.Stop()
}

// Operation is the operation that the spec is about; the spec is skipped when
// the document has no such operation, or the target does not offer it.
func (t *T) Operation() *spec.Operation { return t.OperationNamed(t.about.Operation) }

// OperationNamed is Operation for another one.
func (t *T) OperationNamed(id string) *spec.Operation {
	o := t.Env.Contract.Operation(id)
	if o == nil {
		t.Skip(reporters.SkipNotOffered, "the document %s has no operation %s", t.Env.Contract.Name(), id)
	}
	if reason := t.Env.NotOffered(id); reason != "" {
		t.Skip(reporters.SkipNotOffered, "%s: %s", o.Name(), reason)
	}
	return o
}

// Valid is a valid request of the spec's operation. The spec is skipped when a
// datum that it needs was neither given nor found, or when no key was given.
func (t *T) Valid() request.Request { return t.ValidFor(t.about.Operation) }

// ValidFor is Valid for another operation.
func (t *T) ValidFor(id string) request.Request {
	o := t.OperationNamed(id)
	r, err := request.For(o, t.Env.Data)
	if missing := (*request.MissingDataError)(nil); errors.As(err, &missing) {
		t.Skip(reporters.SkipConfiguration, "%s", t.Env.WhyMissing(missing.Name))
	} else if err != nil {
		panic(err)
	}
	return r
}

// Harmless is Valid for a request that has to be refused anyway: where the
// operation writes, what the body names does not exist, so that a target that
// accepts it all the same has nothing to carry out, and nothing that other specs
// need is used up.
func (t *T) Harmless() request.Request {
	r, _, err := request.Harmless(t.Operation(), t.Env.Data)
	if missing := (*request.MissingDataError)(nil); errors.As(err, &missing) {
		t.Skip(reporters.SkipConfiguration, "%s", t.Env.WhyMissing(missing.Name))
	} else if err != nil {
		panic(err)
	}
	return r
}

// Need skips the spec unless the secret was given.
func (t *T) Need(s request.Secret) {
	if t.Env.Config.Secret(s) == "" {
		t.Skip(reporters.SkipConfiguration, "set %s", s)
	}
}

// Datum is a datum of the target, by its name in the document; the spec is
// skipped when it is neither given nor found.
func (t *T) Datum(name string) string {
	v := t.Env.Data[name]
	if v == "" {
		t.Skip(reporters.SkipConfiguration, "%s", t.Env.WhyMissing(name))
	}
	return v
}

// Send sends a request and judges the exchange. The spec is skipped when the
// safety tier forbids the request or the credential that it names was not given,
// and, with a finding, when no whole answer came.
func (t *T) Send(r request.Request) *Answer {
	t.Permit(r)
	a := t.send(r)
	switch {
	case t.Err() != nil:
		t.Skip(reporters.SkipInterrupted, "interrupted before the answer came")
	case env.NotSent(a.Exchange):
		t.Permit(r)      // other requests may have used up what the run may make
		panic(a.Failure) // a fault of the suite
	case a.Response == nil:
		t.Skip(reporters.SkipNoAnswer, "no answer came: see HTTP-ANSWER-001")
	case a.Response.ReadFailure != "":
		t.Skip(reporters.SkipNoAnswer, "the answer broke off: see HTTP-LENGTH-001 and HTTP-ANSWER-001")
	}
	return a
}

// SendRaw is Send over a connection of its own that is read to its end, so that
// bytes after an answer are seen. The spec is skipped where that cannot be done.
func (t *T) SendRaw(r request.Request) *Answer {
	t.Permit(r)
	ex, err := t.Env.ExchangeRaw(t.Context, r, t.about.Requirements)
	if err != nil {
		t.Skip(reporters.SkipNoData, "bytes after an answer cannot be seen: %v", err)
	}
	a := t.take(r, ex)
	if env.NotSent(ex) {
		t.Permit(r)
	}
	if a.Response == nil {
		t.Stop()
	}
	return a
}

// Exchange is Send for a spec that judges the exchange itself: no finding is made
// of it, and no answer is no reason to stop. The target is told the requirements.
func (t *T) Exchange(r request.Request, requirements ...string) spec.Exchange {
	t.Permit(r)
	var waits env.Waits
	for {
		ex := t.Env.Exchange(t.Context, r, requirements)
		if env.NotSent(ex) && t.Err() == nil {
			t.Permit(r)
			panic(ex.Failure) // a fault of the suite
		}
		a := newAnswer(t, ex)
		t.noteCreated(r, a)
		if a.Status() != 429 || t.Env.WaitOut(t.Context, &waits, ex, r) != "" {
			return ex
		}
	}
}

// SendAll sends requests at the same time and returns the answers in their
// order. Answers that did not come have a nil Response.
func (t *T) SendAll(requests ...request.Request) []*Answer {
	for _, r := range requests {
		t.Permit(r)
	}
	answers := make([]*Answer, len(requests))
	var wg sync.WaitGroup
	for i, r := range requests {
		wg.Go(func() { answers[i] = t.send(r) })
	}
	wg.Wait()
	return answers
}

// Permit skips the spec unless the safety tier allows the request and the
// credential that it names was given. Send does it too; what is shared by several
// specs asks before.
func (t *T) Permit(r request.Request) {
	if !t.Env.Config.Safety.Allows(r.Effect) {
		t.Skip(reporters.SkipSafety, "sends a request that %s if it is accepted: allow it with --safety %s", effectWords[r.Effect], tierOf(r.Effect))
	}
	if why := t.Env.Spent(r.Effect); why != "" {
		t.Skip(reporters.SkipSafety, "%s", why)
	}
	if why := t.Env.GivenUp(r.Method, r.Path); why != "" {
		t.Skip(reporters.SkipNoAnswer, "%s: see HTTP-ANSWER-001", why)
	}
	if r.Auth.Place != request.Nowhere && r.Auth.Secret != request.NoSecret {
		t.Need(r.Auth.Secret)
	}
}

var effectWords = map[spec.Effect]string{spec.Writes: "changes the target", spec.Charges: "charges a card"}

func tierOf(e spec.Effect) env.Safety {
	if e == spec.Charges {
		return env.Pay
	}
	return env.Write
}

// Burst sends requests at the same time and waits out no rate limit.
func (t *T) Burst(requests ...request.Request) []*Answer {
	answers := make([]*Answer, len(requests))
	var wg sync.WaitGroup
	for i, r := range requests {
		t.Permit(r)
		wg.Go(func() { answers[i] = t.take(r, t.Env.Exchange(t.Context, r, t.about.Requirements)) })
	}
	wg.Wait()
	return answers
}

// send sends, judges and records, waiting out rate limits where that is safe.
func (t *T) send(r request.Request) *Answer {
	var waits env.Waits
	for {
		a := t.take(r, t.Env.Exchange(t.Context, r, t.about.Requirements))
		if a.Status() != 429 {
			return a
		}
		if a.unserved = t.Env.WaitOut(t.Context, &waits, a.Exchange, r); a.unserved == "" {
			continue
		}
		if o := t.Env.Contract.Operation(r.Operation); waits.Kept() && o != nil && o.Version == "v2" {
			t.Violation(a, "RATE-RECOVER-001", "status", "recovered", "the request served after one of several waits, each as long as the answer asked for", "status 429")
		}
		return a
	}
}

// Limited skips the spec if the answer is a 429 that could not be waited out: it
// says nothing about what the spec asks. That it is a sound 429 was judged.
func (t *T) Limited(a *Answer) {
	if a.Status() == 429 {
		t.Skip(reporters.SkipNoData, "%s", cmp.Or(a.unserved, "the target limits the rate of requests: send fewer with --rps"))
	}
}

// take judges an exchange and adds it to what the spec saw.
func (t *T) take(r request.Request, ex spec.Exchange) *Answer {
	defer t.Env.Alone(ex)()
	a := newAnswer(t, ex)
	t.noteCreated(r, a)
	if t.Err() != nil || env.NotSent(ex) {
		return a // what the run broke off says nothing of the target
	}
	a.Findings = t.Env.Judge(ex)
	t.add(a)
	return a
}

// Use adds an answer that another spec of the run received to what this one saw:
// expensive requests are sent once and looked at by several specs.
func (t *T) Use(a *Answer) *Answer {
	t.add(a)
	return a
}

func (t *T) add(a *Answer) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.kept == nil {
		t.kept = map[string]spec.Exchange{}
		t.observed = map[string]int{}
		t.tally = map[string]*reporters.Tally{}
		t.drift = map[reporters.Drift]int{}
	}
	ex := a.Exchange
	if _, twice := t.kept[ex.ID]; twice {
		return
	}
	t.kept[ex.ID] = ex
	t.order = append(t.order, ex.ID)
	t.findings = append(t.findings, a.Findings...)
	if a.owner != t {
		return // counted where it was sent
	}
	operation := t.Env.Contract.OperationName(ex)
	n := t.tally[operation]
	if n == nil {
		n = &reporters.Tally{Operation: operation, Statuses: map[int]int{}}
		t.tally[operation] = n
	}
	n.Exchanges++
	if ex.Response != nil {
		n.Statuses[ex.Response.Status]++
		n.Durations = append(n.Durations, ex.Duration)
	}
	for _, item := range t.Env.Universe.Observe(ex) {
		t.observed[item]++
	}
	for _, where := range t.Env.Contract.Drift(ex) {
		t.drift[reporters.Drift{Operation: operation, Where: where}]++
	}
}

// noteCreated notes what an answer says that the run made at the target, whether
// the request had to be accepted or not, and what may have been made although no
// answer came, be it because the run was interrupted: who cleans up wants to know
// it all.
func (t *T) noteCreated(r request.Request, a *Answer) {
	made := t.Env.Made(r, a.Exchange)
	if made == env.No {
		return
	}
	note := func(what, id string) {
		c := reporters.Created{What: what, ID: id, Spec: t.name}
		if made == env.Perhaps {
			c.Unsure = a.Failure
		}
		t.mu.Lock()
		t.created = append(t.created, c)
		t.mu.Unlock()
		if t.Env.OnCreated != nil {
			t.Env.OnCreated(c)
		}
	}
	o := t.Env.Contract.Match(a.Request.Method, a.Request.Path())
	switch {
	case r.Effect == spec.Charges:
		var sent struct{ InvoiceID any }
		_ = json.Unmarshal(a.Request.Body, &sent)
		note("payment", fmt.Sprint(cmp.Or(sent.InvoiceID, any("(no invoice)"))))
		// Whatever the spec is about: what it names and was not given is made up.
		if id, ok := sent.InvoiceID.(string); ok && a.Success() && id != t.Env.Config.InvoiceID && id != t.Env.Config.DeclinedInvoiceID {
			t.Violation(a, "PAY-INVOICE-001", "status", "refused", "a refusal: the run has made up the invoice "+strconv.Quote(id), got(a))
		}
	case o == nil || o.Method != r.Method:
		note("change by "+r.Method, r.Path) // what, the target knows
	default:
		order, _ := a.Text("orderId")
		note("order", cmp.Or(order, "(no id)"))
		if id, ok := a.Text("invoiceId"); ok {
			note("invoice", id)
		}
	}
}

// shown are the recorded exchanges that findings name, in the order of sending.
// A report explains violations; what was fine is only counted.
func (t *T) shown() []reporters.Exchange {
	var list []reporters.Exchange
	for _, id := range t.order {
		if slices.ContainsFunc(t.findings, func(f spec.Finding) bool { return f.Exchange == id }) {
			list = append(list, t.Env.Show(t.kept[id], t.name))
		}
	}
	return list
}

func (t *T) tallies() []reporters.Tally {
	var list []reporters.Tally
	for _, name := range slices.Sorted(maps.Keys(t.tally)) {
		list = append(list, *t.tally[name])
	}
	return list
}

func (t *T) drifts() []reporters.Drift {
	var list []reporters.Drift
	for d, n := range t.drift {
		d.Count = n
		list = append(list, d)
	}
	slices.SortFunc(list, func(a, b reporters.Drift) int {
		return cmp.Or(cmp.Compare(a.Operation, b.Operation), cmp.Compare(a.Where, b.Where))
	})
	return list
}

// Wait waits for d or until the spec is interrupted; it reports whether it may
// go on.
func (t *T) Wait(d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-t.Done():
		return false
	}
}

// Requirement is the first requirement of the spec.
func (t *T) Requirement() string { return t.about.Requirements[0] }
