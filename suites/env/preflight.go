package env

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/client"
	"github.com/hostup/api-conformance/suites/config"
	"github.com/hostup/api-conformance/suites/request"
)

// PreflightName is the name of the record of [Env.Preflight].
const PreflightName = "set-up / preflight"

// Preflight asks whether the target as a whole is worth testing. It returns nil as
// soon as one operation answers as an API does; else an outage, with the record of
// what was asked.
//
// The operations are those of the document: each gets its first valid request, the
// reads first, and, only while every answer so far is one that no API gives, those
// that the safety tier allows, with a body that names what does not exist. A target
// that fails with a server error may still be starting: it is asked again for a
// while (see warmUp) before that is taken for its answer, and [Env.Started] tells
// how long that took.
//
// It says nothing of the contract. An operation that fails alone, however often, is
// the matter of the specs.
func (e *Env) Preflight(ctx context.Context) (*reporters.Outage, reporters.SpecRecord, error) {
	p := &preflight{env: e, data: e.given(), record: reporters.SpecRecord{Name: PreflightName, Area: "set-up", State: reporters.StatePassed}}
	if err := e.client.Ping(ctx); err != nil {
		return nil, p.record, err
	}
	began := time.Now()
	p.round(ctx)
	for limit := warmUp(e.Config); p.starting() && time.Since(began) < limit && sleep(ctx, limit/5); {
		again := &preflight{env: e, data: p.data, record: p.record}
		again.ask(ctx, p.seen[0].request)
		if again.verdict() == reporters.OutageError {
			continue
		}
		e.Started = time.Since(began)
		p = &preflight{env: e, data: p.data, record: p.record}
		p.round(ctx)
	}
	kind := p.verdict()
	if kind == "" || ctx.Err() != nil {
		return nil, p.record, nil
	}
	return p.outage(kind), p.record, nil
}

// warmUp is how long a target that fails as a whole may take to start: as long as
// one request may, but no longer than what starting takes behind a gateway.
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
}

// A probe is a request and what came of it.
type probe struct {
	request request.Request
	ex      spec.Exchange
	kind    string // "" for an answer that an API gives
}

// round asks one operation after the other until one answers as an API does.
func (p *preflight) round(ctx context.Context) {
	for _, r := range p.requests() {
		if p.ask(ctx, r); ctx.Err() != nil || p.verdict() == "" {
			return
		}
	}
	if p.verdict() == reporters.OutageSame { // what does it say where nothing is?
		r := p.seen[0].request
		r.Operation, r.Path, r.Query = "", r.Path[:strings.LastIndex(r.Path, "/")+1]+"hostup-conformance-no-such-path", ""
		if p.ask(ctx, r); !alike(p.seen[0].ex, p.seen[len(p.seen)-1].ex) {
			p.seen = nil
		}
	}
}

// requests are the first valid requests of the operations: reads of the contract
// proper, other reads, and what the tier allows besides.
func (p *preflight) requests() (list []request.Request) {
	var reads, support, others []request.Request
	c := p.env.Config
	for _, o := range p.env.Contract.Operations() {
		r, harmless, err := request.Harmless(o, p.data)
		switch {
		case err != nil || !c.Safety.Allows(o.Effect) || o.Effect != spec.Reads && !harmless:
			continue
		case r.Auth.Secret != request.NoSecret && c.Secret(r.Auth.Secret) == "":
			r = r.WithAuth(request.Auth{})
		}
		r = r.WithNote("preflight")
		switch {
		case o.Effect != spec.Reads:
			others = append(others, r)
		case o.Support:
			support = append(support, r)
		default:
			reads = append(reads, r)
		}
	}
	return slices.Concat(reads, support, others)
}

func (p *preflight) ask(ctx context.Context, r request.Request) {
	var ex spec.Exchange
	var waits Waits
	for {
		ex = p.env.ExchangeAgain(ctx, r, []string{"preflight"}, &waits)
		if ex.Response == nil || ex.Response.Status != http.StatusTooManyRequests || p.env.WaitOut(ctx, &waits, ex, r) != "" {
			break
		}
	}
	p.seen = append(p.seen, probe{r, ex, p.kindOf(r, ex)})
	tally := reporters.Tally{Operation: p.env.Contract.OperationName(ex), Exchanges: 1, Statuses: map[int]int{}}
	if s := p.seen[len(p.seen)-1]; s.kind == "" || s.kind == reporters.OutageSame {
		p.judge(ex)
	}
	if ex.Response != nil {
		tally.Statuses[ex.Response.Status]++
		tally.Durations = append(tally.Durations, ex.Duration)
	}
	p.record.Tally = append(p.record.Tally, tally)
}

// judge notes what an answer shows: it may be the only one of its kind, as the first
// one after a start.
func (p *preflight) judge(ex spec.Exchange) {
	if p.record.Observed == nil {
		p.record.Observed = map[string]int{}
	}
	for _, item := range p.env.Universe.Observe(ex) {
		p.record.Observed[item]++
	}
	if p.env.Config.LabelFilter != "" {
		return // the operation may be one that nobody asked for
	}
	findings, _ := p.env.Judge(ex)
	if p.record.Findings = append(p.record.Findings, findings...); len(findings) > 0 {
		p.record.Exchanges = append(p.record.Exchanges, p.env.ShowAll(ex, findings, p.record.Name)...)
	}
}

// kindOf sorts an answer: "" for one that an API gives to a valid request, be it
// right or wrong.
func (p *preflight) kindOf(r request.Request, ex spec.Exchange) string {
	if ex.Response == nil {
		if ex.FailureKind == spec.FailureHead {
			return reporters.OutageHead
		}
		return ""
	}
	keyed := r.Auth.Place != request.Nowhere
	page := mediaType(ex) == "text/html" || mediaType(ex) == "application/xhtml+xml"
	switch status := ex.Response.Status; {
	case status == http.StatusNotFound, status == http.StatusMethodNotAllowed, status == http.StatusNotImplemented:
		return reporters.OutageAbsent
	case status == http.StatusTooManyRequests:
		return reporters.OutageLimited
	case status >= 500:
		return reporters.OutageError
	case status == http.StatusUnauthorized && keyed, status == http.StatusForbidden && keyed && !page:
		return reporters.OutageKey
	case status/100 == 3:
		return reporters.OutageRedirect
	case page && status != http.StatusUnauthorized && !p.documents(ex):
		return reporters.OutagePage
	case status/100 == 2 && len(ex.Response.Body) > 0:
		return reporters.OutageSame // perhaps: the other answers tell
	}
	return ""
}

// documents reports whether the document has the media type of an answer.
func (p *preflight) documents(ex spec.Exchange) bool {
	o := p.env.Contract.Operation(ex.Operation)
	return o != nil && o.Documents(ex.Response.Status) && !slices.ContainsFunc(p.env.Contract.Check(ex), func(f spec.Finding) bool { return f.Requirement == "MEDIA-TYPE-001" })
}

func mediaType(ex spec.Exchange) string {
	name, _, _ := strings.Cut(ex.Response.Header.Get("Content-Type"), ";")
	return strings.ToLower(strings.TrimSpace(name))
}

// starting reports whether a target may still be starting.
func (p *preflight) starting() bool { return p.verdict() == reporters.OutageError }

// verdict is the kind of outage that all answers so far have in common, "" if they
// have none. A page and a path that is not there are both no API.
func (p *preflight) verdict() string {
	if len(p.seen) == 0 {
		return ""
	}
	kind := p.seen[0].kind
	for _, s := range p.seen[1:] {
		pages := []string{reporters.OutageAbsent, reporters.OutagePage}
		switch {
		case s.kind == kind && kind == reporters.OutageSame && !alike(s.ex, p.seen[0].ex):
			return ""
		case s.kind == kind:
		case slices.Contains(pages, s.kind) && slices.Contains(pages, kind):
			kind = reporters.OutageAbsent
		default:
			return ""
		}
	}
	return kind
}

// alike reports whether two answers say the same to different questions.
func alike(a, b spec.Exchange) bool {
	return a.Response != nil && b.Response != nil && a.Response.Status == b.Response.Status &&
		mediaType(a) == mediaType(b) && string(a.Response.Body) == string(b.Response.Body)
}

// outage tells what was found. Where it is the key, or an answer that cannot be
// read, that is a finding of the contract; else there is none.
func (p *preflight) outage(kind string) *reporters.Outage {
	o := &reporters.Outage{Kind: kind, Text: p.clean(p.text(kind)), Hints: p.hints(kind)}
	first := p.seen[0].ex
	p.record.State = reporters.StateFailed
	p.record.Problem = o.Text
	p.record.Findings, p.record.Exchanges, p.record.Observed = nil, nil, nil
	id, where, want, got := "", "status", "", ""
	switch kind {
	case reporters.OutageKey:
		id, want, got = "AUTH-KEY-001", "any status but those that refuse the credential", o.Text
	case reporters.OutageHead:
		id, where, want, got = "HTTP-ANSWER-001", "connection", "an HTTP response", o.Text
	}
	q, ok := p.env.Contract.Requirement(id)
	if !ok {
		return o
	}
	p.record.Findings = []spec.Finding{p.env.Redact(spec.Finding{
		Requirement: id, Level: q.Level, Operation: p.env.Contract.OperationName(first), Status: status(first),
		Where: where, Keyword: map[string]string{"status": "accepted", "connection": "answer"}[where],
		Want: want, Got: got, Exchange: first.ID,
	})}
	p.record.Exchanges = []reporters.Exchange{p.env.Show(first, p.record.Name)}
	return o
}

func status(ex spec.Exchange) int {
	if ex.Response == nil {
		return 0
	}
	return ex.Response.Status
}

// text is the outage in one sentence.
func (p *preflight) text(kind string) string {
	var statuses []string
	for _, s := range p.seen {
		if text := fmt.Sprint(status(s.ex)); !slices.Contains(statuses, text) {
			statuses = append(statuses, text)
		}
	}
	n, with := len(p.seen), strings.Join(statuses, " or ")
	asked := "every operation that was asked"
	if n == 1 {
		asked = "the operation that was asked"
	}
	switch kind {
	case reporters.OutageKey:
		return fmt.Sprintf("%s refuses %s (status %s, %d of %d)", asked, p.env.Config.Variable(string(request.FullKey)), with, n, n)
	case reporters.OutageAbsent:
		return fmt.Sprintf("no operation is there (status %s, %d of %d): this is not that API", with, n, n)
	case reporters.OutagePage:
		return fmt.Sprintf("the target answers %s with a page for people (status %s, text/html, %d of %d): this is not that API", asked, with, n, n)
	case reporters.OutageRedirect:
		return fmt.Sprintf("the target answers %s with a redirect (status %s, %d of %d)", asked, with, n, n)
	case reporters.OutageSame:
		return fmt.Sprintf("the target answers everything alike, also a path that is nowhere documented (status %s, %s, the same %d bytes): this is not that API", with, mediaType(p.seen[0].ex), len(p.seen[0].ex.Response.Body))
	case reporters.OutageLimited:
		return fmt.Sprintf("the target answers %s with 429 and goes on after waiting as it asks (%d of %d)", asked, n, n)
	case reporters.OutageHead:
		return fmt.Sprintf("no answer of %s can be read: %s (%d of %d)", asked, p.seen[0].ex.Failure, n, n)
	}
	return fmt.Sprintf("the target answers %s with a server error (status %s, %d of %d)", asked, with, n, n)
}

// clean is a text that quotes the target as reports show it.
func (p *preflight) clean(s string) string { return p.env.client.Redactor().Text(client.Brief(s)) }

// hints say what to look at. What the target sent stands in them quoted, and is cut.
func (p *preflight) hints(kind string) (list []string) {
	r := p.seen[0].ex.Response
	clean := p.clean
	switch kind {
	case reporters.OutageError:
		return []string{"the target, or what stands before it, fails as a whole: see whether it is up"}
	case reporters.OutageLimited:
		return []string{"another client uses up the limit of the key: send fewer requests with --rps, or wait longer with --rate-limit-budget"}
	case reporters.OutageRedirect:
		to := clean(r.Header.Get("Location"))
		if strings.HasPrefix(to, "https:") && strings.HasPrefix(p.env.Config.BaseURL, "http:") {
			return []string{fmt.Sprintf("it leads to %q: give the base URL with https", to)}
		}
		return []string{fmt.Sprintf("it leads to %q, and redirects are not followed: see whether the base URL is the API's own, and whether something before it asks for a log-in", to)}
	case reporters.OutageKey:
		if c := r.Header.Get("WWW-Authenticate"); len(c) > 5 && strings.EqualFold(c[:6], "basic ") {
			return []string{fmt.Sprintf("the target asks for %s: something before the API wants a user name and a password, which this suite does not send", clean(c))}
		}
		return []string{"see whether the key is valid at this target, and has not expired"}
	case reporters.OutageHead:
		return nil
	}
	return []string{"see whether the base URL is the API's own: it has no path, and " + clean(p.seen[0].request.Method+" "+p.env.Config.BaseURL+p.seen[0].request.Path) + " has to be there"}
}
