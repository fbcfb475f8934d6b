package env

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/spec/jsontext"
	"github.com/hostup/api-conformance/suites/client"
	"github.com/hostup/api-conformance/suites/request"
)

// Discover finds the input that valid requests need and the configuration does not give,
// through documented reads: see [Pack.Discover]. It also learns which support operations
// the target does not offer. What it sees is judged like everything else; it returns the
// record of the spec "set-up / discovery".
//
// Call it before the tree of specs is built. An error means that the target could not be
// reached.
func (e *Env) Discover(ctx context.Context) (reporters.SpecRecord, error) {
	d := &Search{Env: e, ctx: ctx, record: reporters.SpecRecord{Name: "set-up / discovery", Area: "set-up", State: reporters.StatePassed}}
	if err := e.reach(ctx); err != nil {
		return d.record, err
	}
	if e.Pack.Discover == nil {
		return d.record, nil // specs find what they need themselves
	}
	maps.Copy(e.Data, e.given())
	e.Pack.Discover(d)
	for name, why := range e.why {
		e.why[name] = e.Text(why) // it quotes ids of the target
	}
	for _, o := range e.Contract.Operations() {
		if o.Support && o.Effect == spec.Reads && !d.asked[o.ID] {
			d.Ask(o, e.Data)
		}
	}
	if told := e.Outages(); len(told) > 0 {
		d.record.Findings = append(d.record.Findings, told...)
		d.record.Exchanges = append(d.record.Exchanges, e.ShowAll(spec.Exchange{}, told, d.record.Name)...)
	}
	return e.Record(d.record), nil
}

// A Discovery is the result of Discover. It is passed between processes as JSON.
type Discovery struct {
	Data       request.Data
	Lists      map[string][]string
	Why        map[string]string // name of a datum -> why it is missing
	NotOffered map[string]string // operationId -> why it cannot be used
	Others     []Other           // what another application answers in place of the API
	Alone      time.Duration     // the longest that a request took while there was no other
	Served     []Served          // reads that the target served; they show whether it is still the same target
}

// Discovered returns the result of Discover.
func (e *Env) Discovered() Discovery {
	e.presence.mu.Lock()
	defer e.presence.mu.Unlock()
	return Discovery{e.Data, e.Lists, e.why, e.notOffered, slices.Clone(e.presence.others.known), e.pace.alone, slices.Clone(e.presence.known)}
}

// Adopt sets the result of Discover in processes that do not call it.
func (e *Env) Adopt(d Discovery) {
	e.Data, e.Lists, e.why, e.notOffered = d.Data, d.Lists, d.Why, d.NotOffered
	e.presence.mu.Lock()
	defer e.presence.mu.Unlock()
	e.presence.others.known, e.pace.alone = d.Others, d.Alone
	for _, s := range d.Served {
		e.presence.serves(e.Contract, s.Request, s.Kind)
	}
}

// A Search queries the target for what a pack needs to know before the first spec.
type Search struct {
	Env    *Env
	ctx    context.Context
	asked  map[string]bool
	failed map[string]string // operationId -> why its last read returned nothing
	record reporters.SpecRecord
}

// Ask sends the valid read of an operation and returns its decoded body, or nil if the
// response is no success: see [Search.Failure].
func (d *Search) Ask(o *spec.Operation, data request.Data) any {
	if d.asked == nil {
		d.asked, d.failed = map[string]bool{}, map[string]string{}
	}
	d.asked[o.ID] = true
	delete(d.failed, o.ID)
	fail := func(format string, args ...any) any {
		d.failed[o.ID] = o.Name() + " " + fmt.Sprintf(format, args...)
		return nil
	}
	r, err := request.For(o, data)
	if lacking := (*request.MissingDataError)(nil); errors.As(err, &lacking) {
		return fail("needs %s", lacking.Name)
	}
	if r.Auth.Secret != request.NoSecret && d.Env.Config.Secret(r.Auth.Secret) == "" {
		return fail("needs %s, which is not set", d.Env.Config.Variable(string(r.Auth.Secret)))
	}
	ex, refusal := d.send(r)
	if ex.FailureKind == spec.FailureInterrupted { // an interrupted request says nothing about the target
		return fail("got no response: %s", d.Env.Text(ex.Failure))
	}
	if client.NotSent(ex) {
		return fail("was not asked: %s", d.Env.Text(ex.Failure))
	}
	missing := o.Support && ex.Response != nil && slices.Contains([]int{404, 405, 501}, ex.Response.Status)
	d.keep(ex, missing)
	if ex.Response == nil {
		return fail("got no response: %s", d.Env.Text(ex.Failure))
	}
	if missing {
		d.Env.notOffered[o.ID] = fmt.Sprintf("the target does not offer it: a valid request was answered with status %d", ex.Response.Status)
		return fail("cannot be used, %s", d.Env.notOffered[o.ID])
	}
	if o.Support && ex.Response.Status == 403 && len(o.Scopes) > 0 {
		// Only its owner knows what the key may do. If a read that merely helps is
		// forbidden, the key more likely lacks a scope than the target is broken.
		d.compareKeys(o, r)
		d.Env.notOffered[o.ID] = fmt.Sprintf("the key may not use it: give %s the scope ", d.Env.Config.Variable(string(r.Auth.Secret))) + strings.Join(o.Scopes, ", ")
		return fail("cannot be used, %s", d.Env.notOffered[o.ID])
	}
	switch {
	case refusal != "":
		return fail("was answered with status 429: %s", refusal)
	case ex.Response.Status != 200:
		return fail("was answered with status %d", ex.Response.Status)
	}
	v, ok := jsontext.Value(ex.Response.Body)
	if !ok {
		return fail("was answered with what is not JSON")
	}
	return v
}

// send sends a read and repeats it while the target asks to wait. refusal says why the
// run stops waiting, "" if the response is no 429.
func (d *Search) send(r request.Request) (ex spec.Exchange, refusal string) {
	var waits Waits
	for {
		ex = d.Env.ExchangeAgain(d.ctx, r, []string{"discovery"}, &waits)
		if ex.Response == nil || ex.Response.Status != 429 {
			return ex, ""
		}
		if refusal = d.Env.WaitOut(d.ctx, &waits, ex, r); refusal != "" {
			return ex, refusal
		}
	}
}

// keep judges an exchange and adds it to the record. If the operation is missing it keeps
// only leaks: the response is then the target's own page for what it does not have.
func (d *Search) keep(ex spec.Exchange, missing bool) {
	if d.record.Observed == nil {
		d.record.Observed = map[string]int{}
	}
	for _, item := range d.Env.Universe.Observe(ex) {
		d.record.Observed[item]++
	}
	findings, _ := d.Env.Judge(ex)
	if missing {
		findings = slices.DeleteFunc(findings, func(f spec.Finding) bool { return !strings.HasPrefix(f.Requirement, "LEAK-") })
	}
	d.record.Findings = append(d.record.Findings, findings...)
	if len(findings) > 0 {
		d.record.Exchanges = append(d.record.Exchanges, d.Env.ShowAll(ex, findings, d.record.Name)...)
	}
	tally := reporters.Tally{Operation: d.Env.Contract.OperationName(ex), Exchanges: 1, Statuses: map[int]int{}}
	if ex.Response != nil {
		tally.Statuses[ex.Response.Status]++
		tally.Durations = append(tally.Durations, ex.Duration)
	}
	d.record.Tally = append(d.record.Tally, tally)
}

// compareKeys checks whether a key with fewer rights may do what the key of the run may
// not: then the two are probably swapped.
func (d *Search) compareKeys(o *spec.Operation, r request.Request) {
	if d.Env.Swapped != "" || r.Auth.Secret != request.FullKey {
		return
	}
	for _, lesser := range []request.Secret{request.ReadOnlyKey, request.UnscopedKey} {
		if d.Env.Config.Secret(lesser) == "" {
			continue
		}
		auth := r.Auth
		auth.Secret = lesser
		if ex := d.Env.aside(d.ctx, r.WithAuth(auth).WithNote("are the keys swapped"), "discovery"); status(ex) == 200 {
			d.Env.Swapped = fmt.Sprintf("%s may not use %s, and %s may: see first whether the two are swapped",
				d.Env.Config.Variable(string(r.Auth.Secret)), o.Name(), d.Env.Config.Variable(string(lesser)))
			return
		}
	}
}

// Failure returns why the last [Search.Ask] for the operation returned nil, "" if it did
// not.
func (d *Search) Failure(o *spec.Operation) string { return d.failed[o.ID] }

// Miss records why a datum is missing.
func (d *Search) Miss(name, why string) { d.Env.why[name] = why }

// Missing returns what [Search.Miss] recorded, "" if nothing.
func (d *Search) Missing(name string) string { return d.Env.why[name] }
