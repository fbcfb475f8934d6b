package env

import (
	"context"
	"fmt"
	"time"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/client"
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
