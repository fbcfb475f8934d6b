package env

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/client"
	"github.com/hostup/api-conformance/suites/config"
	"github.com/hostup/api-conformance/suites/request"
)

// PreflightName is the name of the record of [Env.Preflight].
const PreflightName = "set-up / preflight"

// Preflight checks whether the target as a whole is worth testing. It returns a nil
// outage as soon as one operation responds as an API does, else the outage; and the
// record of what was sent.
//
// It sends the first valid request of each operation, reads first. Only while every
// response so far is one that no API gives, it continues with other requests that the
// safety tier allows, whose bodies name what does not exist. For a document without a
// pack it sends reads only, see [preflight.reads]. A target that fails with a server
// error may still be starting: it is retried for a while (see warmUp), and [Env.Started]
// tells how long it took.
//
// It says nothing about the contract: an operation that fails alone, however often, is
// left to the specs.
func (e *Env) Preflight(ctx context.Context) (*reporters.Outage, reporters.SpecRecord, error) {
	p := &preflight{env: e, data: e.given(), record: reporters.SpecRecord{Name: PreflightName, Area: "set-up", State: reporters.StatePassed}}
	if err := e.reach(ctx); err != nil {
		return nil, p.record, err
	}
	e.single(ctx)
	began := time.Now()
	p.round(ctx)
	for limit := warmUp(e.Config); p.starting() && time.Since(began) < limit && sleep(ctx, limit/5); {
		again := &preflight{env: e, data: p.data, record: p.record}
		again.ask(ctx, p.seen[0].asking)
		if again.starting() {
			continue
		}
		e.Started = time.Since(began)
		p = &preflight{env: e, data: p.data, record: p.record}
		p.round(ctx)
	}
	kind := p.verdict()
	if kind == "" || kind == tellsNothing || ctx.Err() != nil {
		p.judgeAll()
		return nil, p.record, nil
	}
	o := p.outage(kind)
	if kind == reporters.OutageAbsent || kind == reporters.OutagePage || kind == reporters.OutageSame {
		o.Hints = append(p.besides(ctx), o.Hints...)
	}
	return o, p.record, nil
}

// besides requests the first operation without the base path of the document, and returns
// a hint if it exists there: mocks and servers behind a gateway often have no base path.
func (p *preflight) besides(ctx context.Context) []string {
	r := p.seen[0].request
	o := p.env.Contract.Operation(r.Operation)
	if o == nil || !p.env.Config.Foreign || p.env.Config.BasePath != "" {
		return nil
	}
	base := p.env.Contract.BasePath(o)
	if u, err := url.Parse(p.env.Config.BaseURL); err != nil || u.Path != "" || base == "" {
		return nil
	}
	r.Path = strings.TrimPrefix(r.Path, base)
	ex := p.env.Exchange(ctx, r, []string{"preflight"})
	if ex.Response == nil || mediaType(ex) == "text/html" || alike(ex, p.seen[0].ex) || status(ex)/100 != 2 && !judges(ex) && status(ex) != http.StatusUnauthorized {
		return nil
	}
	return []string{p.clean(fmt.Sprintf("%s %s is answered with status %d: the target has no base path %s, give --base-path /", r.Method, p.address(r), status(ex), base))}
}

// warmUp returns how long a target that fails as a whole may take to start: as long as
// one request may, but no longer than a start behind a gateway takes.
func warmUp(c config.Config) time.Duration { return min(c.RequestTimeout, 5*time.Second) }

func sleep(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}

type preflight struct {
	env    *Env
	data   request.Data
	record reporters.SpecRecord
	seen   []probe
	heard  []spec.Exchange // to be judged, unless the target turns out not to be worth testing
}

// A probe is a request and its result.
type probe struct {
	asking
	ex   spec.Exchange
	kind string        // "" for a response that an API gives
	said func() string // see [digest]; every verdict compares all probes
}

// alike reports whether two probes were answered alike, see the function of that name.
func (s probe) alike(t probe) bool { return sameKind(s.ex, t.ex) && s.said() == t.said() }

// mostLate limits the operations that may time out, or take too long.
const mostLate = 4

// tellsNothing is the kind of a response that may come from an API or from anything else.
const tellsNothing = "nothing"

// round asks one operation after the other until one responds as an API does.
func (p *preflight) round(ctx context.Context) {
	list := p.requests()
	for i, a := range list {
		if !a.keyed() && p.verdict() == reporters.OutageKey {
			break // what is public may work all the same
		}
		p.ask(ctx, a)
		if i == 0 && p.faces(ctx, list) {
			p.seen, p.heard = nil, nil
			p.ask(ctx, a)
		}
		if ctx.Err() != nil || p.verdict() == "" && !p.slow() {
			return
		}
		if len(p.seen) >= mostLate && p.slow() {
			p.tooSlow(ctx)
			return
		}
		if len(p.seen) >= mostLate && p.verdict() == reporters.OutageSilent && late(p.seen[len(p.seen)-1].ex) {
			break
		}
	}
	if p.verdict() == tellsNothing {
		p.nothing(ctx)
		return
	}
	p.seen = slices.DeleteFunc(p.seen, func(s probe) bool { return s.kind == tellsNothing })
	// One or two failing operations may fail independently of the target.
	few := p.env.Config.Foreign && len(p.seen) < 3
	switch kind := p.verdict(); {
	case few && len(p.seen) < 2 && kind != reporters.OutageAbsent:
		p.seen = nil
	case kind == reporters.OutageSame, few && len(p.seen) < 2, few && (kind == reporters.OutageError || kind == reporters.OutageSilent):
		first := p.seen[0]
		if p.ask(ctx, p.nowhere()); p.verdict() != kind || p.seen[len(p.seen)-1].kind != kind || (kind == reporters.OutageSame || kind == reporters.OutageAbsent) && !first.alike(p.seen[len(p.seen)-1]) {
			p.seen = nil
		}
	}
}

func (p *preflight) ask(ctx context.Context, a asking) {
	r := a.request
	var ex spec.Exchange
	var waits Waits
	for {
		ex = p.env.ExchangeAgain(ctx, r, []string{"preflight"}, &waits)
		if ex.Response == nil || ex.Response.Status != http.StatusTooManyRequests || p.env.WaitOut(ctx, &waits, ex, r) != "" {
			break
		}
	}
	p.env.pace.note(ex, true, p.env.Config.RequestTimeout)
	p.seen = append(p.seen, probe{a, ex, p.kindOf(a, ex), sync.OnceValue(func() string { return digest(ex) })})
	tally := reporters.Tally{Operation: p.env.Contract.OperationName(ex), Exchanges: 1, Statuses: map[int]int{}}
	if s := p.seen[len(p.seen)-1]; ctx.Err() == nil && !client.NotSent(ex) && (s.kind == "" || s.kind == reporters.OutageSame) {
		p.heard = append(p.heard, ex)
	}
	if ex.Response != nil {
		tally.Statuses[ex.Response.Status]++
		tally.Durations = append(tally.Durations, ex.Duration)
	}
	p.record.Tally = append(p.record.Tally, tally)
}

// judgeAll judges what was heard of a target that is worth testing.
func (p *preflight) judgeAll() {
	for _, ex := range p.heard {
		p.judge(ex)
	}
	if told := p.env.Outages(); len(told) > 0 {
		p.record.Findings = append(p.record.Findings, told...)
		p.record.Exchanges = append(p.record.Exchanges, p.env.ShowAll(spec.Exchange{}, told, p.record.Name)...)
	}
}

// judge records what a response shows: it may be the only one of its kind, as the first
// one after a start.
func (p *preflight) judge(ex spec.Exchange) {
	if p.record.Observed == nil {
		p.record.Observed = map[string]int{}
	}
	for _, item := range p.env.Universe.Observe(ex) {
		p.record.Observed[item]++
	}
	if p.env.Config.LabelFilter != "" {
		return // the filter may exclude this operation
	}
	findings, _ := p.env.Judge(ex)
	if p.record.Findings = append(p.record.Findings, findings...); len(findings) > 0 {
		p.record.Exchanges = append(p.record.Exchanges, p.env.ShowAll(ex, findings, p.record.Name)...)
	}
}

// kindOf classifies a response: "" for one that an API gives to a valid request, right or
// wrong.
func (p *preflight) kindOf(a asking, ex spec.Exchange) string {
	switch {
	case ex.FailureKind == spec.FailureHead:
		return reporters.OutageHead
	case client.NotSent(ex), ex.FailureKind == spec.FailureInterrupted:
		return ""
	case ex.Response == nil, ex.Response.ReadCause == spec.CauseFraming, ex.Response.ReadCause == spec.CauseTime:
		return reporters.OutageSilent
	}
	keyed := a.keyed()
	o := p.env.Contract.Operation(ex.Operation)
	foreseen := p.env.Config.Foreign && o != nil && o.Documents(ex.Response.Status)
	page := mediaType(ex) == "text/html" || mediaType(ex) == "application/xhtml+xml"
	switch status := ex.Response.Status; {
	case status == http.StatusNotFound && (a.blind || foreseen):
		return tellsNothing
	case status/100 == 3 && foreseen:
		return ""
	case status == http.StatusNotFound, status == http.StatusMethodNotAllowed, status == http.StatusNotImplemented, status == http.StatusGone:
		return reporters.OutageAbsent
	case status == http.StatusTooManyRequests:
		return reporters.OutageLimited
	case status >= 500:
		return reporters.OutageError
	case status == http.StatusUnauthorized && keyed, status == http.StatusForbidden && keyed && !page:
		return reporters.OutageKey
	case status == http.StatusUnauthorized && p.public(o):
		return reporters.OutageClosed
	case status/100 == 3:
		return reporters.OutageRedirect
	case page && status != http.StatusUnauthorized && !p.documents(ex):
		return reporters.OutagePage
	case status/100 == 2 && len(ex.Response.Body) == 0 && foreseen && p.documents(ex):
		return tellsNothing
	case status/100 == 2, judges(ex) || status == http.StatusProxyAuthRequired || status == http.StatusTeapot:
		return reporters.OutageSame // perhaps: the other responses tell
	}
	return ""
}

// public reports whether an operation needs no credential according to the document.
func (p *preflight) public(o *spec.Operation) bool {
	return p.env.Config.Foreign && o != nil && p.env.Contract.Access(o).Public()
}

// documents reports whether the document has the media type of a response.
func (p *preflight) documents(ex spec.Exchange) bool {
	o := p.env.Contract.Operation(ex.Operation)
	return o != nil && o.Documents(ex.Response.Status) && !slices.ContainsFunc(p.env.Contract.Check(ex), func(f spec.Finding) bool { return f.Requirement == "MEDIA-TYPE-001" })
}

// starting reports whether the target may still be starting.
func (p *preflight) starting() bool {
	kind := p.verdict()
	return kind == reporters.OutageError || kind == reporters.OutageSilent && !late(p.seen[0].ex)
}

// nothing decides what responses of the kind tellsNothing mean. Each that equals the
// response for an undocumented path shows a target that has none of the operations.
func (p *preflight) nothing(ctx context.Context) {
	known := 0
	for _, s := range p.seen {
		if !s.blind {
			known++
		}
	}
	if known >= 2 {
		p.ask(ctx, p.nowhere())
	}
	nowhere := p.seen[len(p.seen)-1]
	for i, s := range p.seen {
		if known < 2 || !s.alike(nowhere) {
			p.seen = nil
			return
		}
		if p.seen[i].kind = reporters.OutageSame; status(s.ex) == http.StatusNotFound {
			p.seen[i].kind = reporters.OutageAbsent
		}
	}
}

// verdict returns the kind of outage that all responses so far share, "" if they share
// none. A page and a missing path are both no API.
func (p *preflight) verdict() string {
	if len(p.seen) == 0 {
		return ""
	}
	kind, errors := p.seen[0].kind, 0
	for _, s := range p.seen {
		if gateway(status(s.ex)) || s.kind == reporters.OutageSilent {
			errors++
		}
	}
	pages, same := []string{reporters.OutageAbsent, reporters.OutagePage}, []string{reporters.OutagePage, reporters.OutageSame}
	for _, s := range p.seen[1:] {
		switch {
		case s.kind == tellsNothing:
		case kind == tellsNothing:
			kind = s.kind
		case s.kind == kind && kind == reporters.OutageSame && !s.alike(p.seen[0]):
			return ""
		case s.kind == kind:
		case slices.Contains(same, s.kind) && slices.Contains(same, kind) && s.alike(p.seen[0]):
			kind = reporters.OutagePage // the document allows a page for some of them
		case slices.Contains(pages, s.kind) && slices.Contains(pages, kind):
			kind = reporters.OutageAbsent
		case failing(s.kind) && failing(kind) && 2*errors >= len(p.seen):
			kind = reporters.OutageError // and where it does not fail, it serves nothing
		default:
			return ""
		}
	}
	return kind
}

// failing reports whether responses of this kind serve nothing.
func failing(kind string) bool {
	return slices.Contains([]string{reporters.OutageError, reporters.OutageSilent, reporters.OutageAbsent, reporters.OutagePage}, kind)
}

func status(ex spec.Exchange) int {
	if ex.Response == nil {
		return 0
	}
	return ex.Response.Status
}
