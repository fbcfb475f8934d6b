package env

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/client"
	"github.com/hostup/api-conformance/suites/config"
	"github.com/hostup/api-conformance/suites/request"
)

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
