package env

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/client"
	"github.com/hostup/api-conformance/suites/config"
	"github.com/hostup/api-conformance/suites/request"
)

// look repeats requests that were served before. It returns "" if the target is still the
// same, else a short text that says what became of it. A target that is not there is
// asked again for as long as a start takes; if it comes back, it was down.
func (e *Env) look(ctx context.Context, ex spec.Exchange) string {
	p := &e.presence
	p.mu.Lock()
	p.looks++
	p.mu.Unlock()
	since := time.Now()
	if !ex.Request.Sent.IsZero() {
		since = ex.Request.Sent
	}
	now, there := e.asked(ctx, ex)
	for !there && manner(now[0]) == nowLimiting && e.sitOut(ctx, now[0]) {
		now, there = e.asked(ctx, ex)
	}
	if there || ctx.Err() != nil {
		return ""
	}
	if manner(now[0]) == nowLimiting {
		return e.lose(ex, since, now)
	}
	limit := warmUp(e.Config)
	p.mu.Lock()
	p.outages++
	p.mu.Unlock()
	if e.unsteady() {
		limit = 0
	}
	for began := time.Now(); time.Since(began) < limit && sleep(ctx, limit/40); {
		one := e.askOne(ctx, ex, int(time.Since(began)/(limit/40)))
		if ctx.Err() != nil {
			return ""
		}
		if one {
			if manner(now[0]) != nowDown && e.another(ctx, p.reads()) {
				return "" // it was there all the time
			}
			return e.comeBack(ex, since, time.Now(), now)
		}
	}
	return e.lose(ex, since, now)
}

// unsteady reports whether the target was down too often to be waited for.
func (e *Env) unsteady() bool {
	e.presence.mu.Lock()
	defer e.presence.mu.Unlock()
	return e.presence.outages > mostOutages
}

// asked sends every known operation once. there is true as soon as one gets its former
// response; else answers are the responses of a target that no longer serves, if they are
// alike and of enough operations.
func (e *Env) asked(ctx context.Context, because spec.Exchange) (answers []spec.Exchange, there bool) {
	how := ""
	for _, k := range e.presence.worthAsking(manner(because) == nowRefusing) {
		ex, same := e.ask(ctx, k)
		m := manner(ex)
		switch {
		case same || ctx.Err() != nil:
			return nil, true
		case m == nowAbsent && names(e.Contract, k.Request):
			continue // the run itself may have deleted it
		case how != "" && (m != how || k.As.Kind == m && !alike(ex, answers[0])):
			return nil, true // unrelated failures
		}
		how = m
		answers = append(answers, ex)
		if ex.FailureKind.TimedOut() {
			return answers, false // the others would cost as much
		}
	}
	const enough = 2
	n := len(answers)
	if refused := how == nowRefusing || how == nowLimiting; refused && n == 1 && because.Operation != answers[0].Operation && formOf(because) == formOf(answers[0]) {
		n++ // look's own requests include the one that caused it
	}
	return answers, n == 0 || n < enough && how != nowDown
}

// ask sends a read that was served before, and reports whether it still is. A documented
// 429 counts as served: it only has to be waited for.
func (e *Env) ask(ctx context.Context, k Served) (ex spec.Exchange, same bool) {
	for i := range moreTries {
		if i > 0 {
			e.client.Close()
		}
		if ex = e.aside(ctx, k.Request.WithNote("is the target still there"), "presence"); !e.ofAnother(ex) {
			break
		}
	}
	if client.NotSent(ex) {
		return ex, true // no request may be sent any more
	}
	if status(ex) == 429 {
		return ex, e.documentedLimit(ex)
	}
	return ex, k.As.fits(ex) || k.As.Kind == anyAnswer && ex.Response != nil
}

// aside sends a request that belongs to no spec. It counts towards the requests of the
// run.
func (e *Env) aside(ctx context.Context, r request.Request, note string) spec.Exchange {
	if refusal := e.ledger.count(); refusal != "" {
		return client.Unsent(spec.Exchange{Operation: r.Operation}, refusal)
	}
	return e.client.Do(ctx, "", r, note)
}

// askOne asks one of the known operations, chosen by turn.
func (e *Env) askOne(ctx context.Context, because spec.Exchange, turn int) bool {
	known := e.presence.worthAsking(manner(because) == nowRefusing)
	_, same := e.ask(ctx, known[turn%len(known)])
	return same
}

// comeBack records that the target was down and is back. It returns the text for this.
func (e *Env) comeBack(ex spec.Exchange, since, until time.Time, now []spec.Exchange) string {
	p := &e.presence
	text := fmt.Sprintf("the target was down from %s to %s", since.Format("15:04:05"), until.Format("15:04:05"))
	p.mu.Lock()
	p.until, p.down = until, text
	p.mu.Unlock()
	culprit, what := e.cause(ex, now[0])
	e.tellOutage(culprit, spec.KeywordDown, fmt.Sprintf("%s, %s (%s)", text, what, shortly(now[0])))
	return text
}

// lose records that the target is gone, or is another one.
func (e *Env) lose(ex spec.Exchange, since time.Time, now []spec.Exchange) string {
	at, short := since.Format("15:04:05"), "the target changed"
	culprit, what := e.cause(ex, now[0])
	switch manner(now[0]) {
	case nowDown:
		if e.unsteady() {
			short = comesAndGoes
			e.tellOutage(culprit, spec.KeywordDown, fmt.Sprintf("%s: at %s it was down once more, %s (%s), and is not asked any more", short, at, what, shortly(down(ex, now[0]))))
			break
		}
		short = "the target went away"
		e.tellOutage(culprit, spec.KeywordGone, fmt.Sprintf("%s at %s, %s (%s, and no response for %v)", short, at, what, shortly(down(ex, now[0])), warmUp(e.Config)))
	case nowRefusing:
		keyword := spec.KeywordRefused
		if e.ends(culprit) == spec.EndsCredential {
			keyword = spec.KeywordChanged // and rightly so
		}
		e.tellOutage(culprit, keyword, fmt.Sprintf("%s at %s, %s: every operation that was served before refuses %s (%s)", short, at, what, e.keyNames(), shortly(now[0])))
	case nowLimiting:
		short = "the target limits the run"
		e.tellOutage(culprit, spec.KeywordChanged, fmt.Sprintf("%s since %s, %s: every operation that was served before is answered with %s, and no wait that --rate-limit-budget allows ends that: send fewer with --rps", short, at, what, shortly(now[0])))
	default:
		e.tellOutage(culprit, spec.KeywordChanged, fmt.Sprintf("%s at %s, %s: every operation that was served before is answered with %s", short, at, what, e.instead(now[0])))
	}
	p := &e.presence
	p.mu.Lock()
	defer p.mu.Unlock()
	p.gone = short
	return short
}

// ends returns what an exchange ends, as the path of its operation says.
func (e *Env) ends(ex spec.Exchange) string {
	if o := e.Contract.Operation(ex.Operation); o != nil {
		return o.Ends
	}
	return ""
}

// sawEnd records an exchange that by its nature ends something, unless it was refused or not
// received.
func (e *Env) sawEnd(ex spec.Exchange) {
	if e.ends(ex) == "" || client.NotSent(ex) || ex.FailureKind.Unreachable() || status(ex) >= 400 {
		return
	}
	e.presence.mu.Lock()
	defer e.presence.mu.Unlock()
	if ex.Response != nil || e.presence.ended.ID == "" { // without a response it may be one that met the end
		e.presence.ended = ex
	}
}

// cause returns the exchange that a finding names, and how it relates to the outage: the one
// that ended the target or its credential by its nature, which the user has named, else
// that of [Env.culprit].
func (e *Env) cause(ex, now spec.Exchange) (spec.Exchange, string) {
	e.presence.mu.Lock()
	last := e.presence.ended
	e.presence.mu.Unlock()
	want := map[string]string{nowDown: spec.EndsTarget, nowRefusing: spec.EndsCredential}[manner(now)]
	if ends := e.ends(last); ends != "" && ends == want {
		return last, fmt.Sprintf("because of this request, as %s ends %s and --operation asks for it", e.Contract.OperationName(last), ends)
	}
	return e.culprit(ex, now)
}

// culprit returns the exchange that a finding names, and how it relates to the outage: it
// is part of it, or the last one before it. now is a response since then.
func (e *Env) culprit(ex, now spec.Exchange) (spec.Exchange, string) {
	p := &e.presence
	p.mu.Lock()
	last := p.last
	p.mu.Unlock()
	switch {
	case ex.FailureKind.Unreachable() && last.Response != nil:
		return last, "after this request, the last one that it answered"
	case manner(ex) == manner(now):
		return ex, "during this request"
	}
	return ex, "after this request"
}

// down returns the first of the exchanges that shows a target that is down.
func down(ex, now spec.Exchange) spec.Exchange {
	if manner(ex) == nowDown {
		return ex
	}
	return now
}

// shortly describes a response in a few words.
func shortly(ex spec.Exchange) string {
	switch kind := kindOf(ex); {
	case ex.Response == nil:
		return ex.Failure
	case ex.Response.ReadFailure != "", ex.Response.Status/100 == 2:
		return kind
	}
	return fmt.Sprintf("status %d", ex.Response.Status)
}

// instead describes what a target that changed responds, to a read that was served before.
func (e *Env) instead(ex spec.Exchange) string {
	e.presence.mu.Lock()
	defer e.presence.mu.Unlock()
	if slices.ContainsFunc(e.presence.known, func(k Served) bool { return k.As.Kind == kindOf(ex) }) {
		return fmt.Sprintf("JSON that has nothing of what was there (%s)", kindOf(ex))
	}
	return shortly(ex)
}

// keyNames names the credentials of the known operations.
func (e *Env) keyNames() string {
	p := &e.presence
	p.mu.Lock()
	defer p.mu.Unlock()
	var list []string
	for _, k := range p.known {
		if s := k.Request.Auth.Secret; s != request.NoSecret {
			list = append(list, e.Config.Variable(string(s)))
		}
		for _, key := range k.Request.Keys {
			list = append(list, config.AuthVariable(key.Scheme.Name))
		}
	}
	slices.Sort(list)
	return cmp.Or(strings.Join(slices.Compact(list), ", "), "requests")
}

// tellOutage records the finding about the target as a whole. The next caller of
// [Env.Outages] gets it.
func (e *Env) tellOutage(culprit spec.Exchange, keyword, got string) {
	f := spec.Finding{
		Requirement: "HTTP-ANSWER-001", Level: spec.Must,
		Operation: cmp.Or(e.Contract.OperationName(culprit), culprit.Operation), Scope: spec.WholeTarget,
		Status: status(culprit), Where: "connection", Keyword: keyword,
		Want: "a target that goes on answering", Got: got, Exchange: culprit.ID,
	}
	switch {
	case keyword == spec.KeywordDown && culprit.Response != nil && culprit.Response.ReadCause == spec.CauseFraming:
		if _, ok := e.Contract.Requirement("HTTP-LENGTH-001"); ok {
			f.Requirement = "HTTP-LENGTH-001"
		}
	case keyword == spec.KeywordSporadic:
		f.Where, f.Want = "status", "what the same request gets when it is sent again"
		f.Requirement = "HTTP-REPEAT-001"
		if _, ok := e.Contract.Requirement("HTTP-SERVE-001"); ok {
			f.Requirement = "HTTP-SERVE-001"
		}
	case keyword == spec.KeywordOther:
		f.Where, f.Want = "response", "one of the API, whenever a request is sent"
	case keyword == spec.KeywordRefused:
		f.Where, f.Want = "status", "any status but those that refuse the credential"
		if _, ok := e.Contract.Requirement("AUTH-KEY-001"); ok {
			f.Requirement = "AUTH-KEY-001"
		}
	case keyword == spec.KeywordChanged:
		f.Want = "a target that goes on answering as it did"
	}
	if q, ok := e.Contract.Requirement(f.Requirement); ok {
		f.Level = q.Level
	}
	f = e.Redact(f)
	p := &e.presence
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.culprits == nil {
		p.culprits = map[string]spec.Exchange{}
	}
	if len(p.culprits) < mostCulprits {
		p.culprits[culprit.ID] = culprit
	}
	p.untold = append(p.untold, f)
}

// Outages returns the findings about the target as a whole that were not returned before.
func (e *Env) Outages() []spec.Finding {
	p := &e.presence
	p.mu.Lock()
	defer p.mu.Unlock()
	list := p.untold
	p.untold = nil
	return list
}

// Culprit returns the exchange that a finding about the whole target names: the one since
// which the target was another, or the last that it answered.
func (e *Env) Culprit(id string) (spec.Exchange, bool) {
	p := &e.presence
	p.mu.Lock()
	defer p.mu.Unlock()
	ex, ok := p.culprits[id]
	return ex, ok
}

// ShowAll returns, as [Env.Show] does, the exchange that the findings stem from, and
// those that they name instead, see [Env.Culprit].
func (e *Env) ShowAll(ex spec.Exchange, findings []spec.Finding, specName string) (list []reporters.Exchange) {
	ids := map[string]bool{}
	for _, f := range findings {
		one := ex
		if other, ok := e.Culprit(f.Exchange); ok {
			one = other
		}
		if !ids[one.ID] {
			ids[one.ID] = true
			list = append(list, e.Show(one, specName))
		}
	}
	return list
}
