package access

import (
	"strconv"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/env"
	"github.com/hostup/api-conformance/suites/request"
	"github.com/hostup/api-conformance/suites/rule"
)

// credentialForms: a credential is accepted however its header is written. Some parsers
// know only one form: one spelling of the scheme, one case of the name, the first cookie.
func credentialForms(e *env.Env, op *spec.Operation) {
	place := request.Default(op).Place
	keys := []request.Form{request.LowerName}
	if place == request.Bearer {
		keys = append(keys, request.LowerScheme, request.UpperScheme, request.WideScheme)
	}
	rule.It(e, "accepts a valid key in every form of its header", rule.Of(op.ID, "AUTH-KEY-002"), func(t *rule.T) {
		t.Need(request.FullKey)
		for _, form := range keys {
			sameAs(t, op, "AUTH-KEY-002", request.Auth{Place: place, Secret: request.FullKey}, form)
		}
	})
	if !takesSession(op) {
		return
	}
	rule.It(e, "finds a session anywhere in its header", rule.Of(op.ID, "AUTH-SESSION-003"), func(t *rule.T) {
		t.Need(request.Session)
		for _, form := range []request.Form{request.CookieLast, request.CookieFirst, request.CookieMiddle} {
			sameAs(t, op, "AUTH-SESSION-003", session, form)
		}
	})
}

// sameAs sends a request with a credential in a form. If the usual form is not accepted
// either, other rules apply.
func sameAs(t *rule.T, op *spec.Operation, requirement string, auth request.Auth, form request.Form) {
	r, _, err := request.Harmless(op, t.Env.Data)
	need(t, err)
	t.OperationNamed(op.ID)
	refused := func(a *rule.Answer) bool { return a.Status() == 401 || a.Status() == 403 }
	usual := t.Send(r.WithAuth(auth).WithNote("the credential in its usual form"))
	t.Limited(usual)
	switch {
	case refused(usual):
		t.Skip(reporters.SkipNoData, "the credential is refused in its usual form, too, with status %d", usual.Status())
	case usual.Response == nil || usual.Status() >= 500:
		t.Skip(reporters.SkipNoData, "the response to the credential in its usual form does not show whether it is known (status %d)", usual.Status())
	}
	other := auth
	other.Form = form
	a := t.Send(r.WithAuth(other).WithNote("the credential, " + string(form)))
	t.Limited(a)
	if refused(a) {
		t.Violation(a, requirement, "status", "accepted", "status "+strconv.Itoa(usual.Status())+", which the same credential gets in its usual form; here: "+string(form), gotStatus(a))
	}
}
