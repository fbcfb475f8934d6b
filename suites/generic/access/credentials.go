package access

import (
	"fmt"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/env"
	"github.com/hostup/api-conformance/suites/request"
	"github.com/hostup/api-conformance/suites/rule"
)

// missingCredentials tests no credential, one in an undocumented location, and an empty
// one.
func missingCredentials(e *env.Env, op *spec.Operation) {
	rule.It(e, "is refused without a credential", rule.Of(op.ID, "AUTH-NONE-001"), func(t *rule.T) {
		deniedWhatever(t, as(op, "AUTH-NONE-001", request.Auth{}, "no credential"), unauthenticated(e, op)...)
	})

	// HEAD is answered as GET would be (RFC 9110 section 9.3.2), here with a refusal; a
	// target may also refuse HEAD altogether.
	if op.Effect == spec.Reads && op.Method == "GET" {
		rule.It(e, "answers HEAD without a credential with no success", rule.Of(op.ID, "AUTH-NONE-001"), func(t *rule.T) {
			a := t.Send(t.Valid().WithMethod("HEAD").WithAuth(request.Auth{}).WithNote("HEAD without a credential"))
			if a.Success() {
				t.Violation(a, "AUTH-NONE-001", "status", "refused", "status 401 for HEAD without a credential", fmt.Sprintf("status %d", a.Status()))
			}
		})
	}

	// Check reports this on every 401; this spec ensures that the rule is tested whatever
	// else is selected. A 403 needs no challenge.
	rule.It(e, "says how to authenticate", rule.Of(op.ID, "AUTH-CHALLENGE-001", "AUTH-NONE-001"), func(t *rule.T) {
		denied(t, as(op, "AUTH-NONE-001", request.Auth{}, "no credential"), unauthenticated(e, op)...)
	})

	// An unknown parameter may be refused as such, before anything else is checked: 400
	// is accepted as well.
	rule.It(e, "is refused with the key in the query", rule.Of(op.ID, "AUTH-NONE-001"), func(t *rule.T) {
		auth := request.Auth{Place: request.Query, Secret: request.FullKey}
		denied(t, as(op, "AUTH-NONE-001", auth, "the key only in the query"), append(unauthenticated(e, op), 400)...)
	})

	// RFC 6750 section 3.1 lets a server answer an unparsable Authorization header with
	// 400; an empty header of another name counts as missing.
	rule.It(e, "treats an empty credential as none", rule.Of(op.ID, "AUTH-EMPTY-001"), func(t *rule.T) {
		for _, place := range keyPlaces(op) {
			statuses, note := unauthenticated(e, op), "an empty "+e.Config.Names.Header
			if place == request.Bearer {
				statuses, note = append(statuses, 400), "Bearer without a key"
			}
			denied(t, as(op, "AUTH-EMPTY-001", request.Auth{Place: place}, note), statuses...)
		}
		denied(t, as(op, "AUTH-EMPTY-001", request.Auth{Place: request.Bare}, "an empty Authorization"), append(unauthenticated(e, op), 400)...)
		if takesSession(op) {
			denied(t, as(op, "AUTH-EMPTY-001", request.Auth{Place: request.Cookie}, "an empty session"), withoutSession(e, op)...)
		}
	})
}

// neverIssued are keys that no target can have issued: some in the form of a key, what
// programs send for a missing key, and an unsigned token.
var neverIssued = []struct{ note, value string }{
	{"a made-up key", "hostup-conformance-0f8b1d6c2e9a4735"},
	{"a made-up key in hexadecimal", "00c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00c0ffee"},
	{"the key \"null\"", "null"},
	{"the key \"undefined\"", "undefined"},
	{"an unsigned token", "eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIiwic2NvcGUiOiJ3cml0ZTphbGwifQ."},
}

func wrongKeys(e *env.Env, op *spec.Operation) {
	rule.It(e, "refuses a key that was never issued", rule.Of(op.ID, "AUTH-UNKNOWN-001"), func(t *rule.T) {
		for _, place := range keyPlaces(op) {
			for _, key := range neverIssued {
				denied(t, as(op, "AUTH-UNKNOWN-001", request.Auth{Place: place, Literal: key.value}, key.note), unauthenticated(e, op)...)
			}
		}
	})

	rule.It(e, "refuses a key that resembles a valid one", rule.Of(op.ID, "AUTH-UNKNOWN-001"), func(t *rule.T) {
		t.Need(request.FullKey)
		for _, place := range keyPlaces(op) {
			for _, near := range resembling(t.Env.Config.Secret(request.FullKey)) {
				denied(t, as(op, "AUTH-UNKNOWN-001", request.Auth{Place: place, Literal: near.value}, near.note), unauthenticated(e, op)...)
			}
		}
	})

	// Basic with the key as user name, "Token" and the bare key are what other APIs
	// accept; the documentation promises none of them and defines a single form in
	// section Authentication.
	rule.It(e, "refuses a valid key under another scheme", rule.Of(op.ID, "AUTH-SCHEME-001"), func(t *rule.T) {
		for _, other := range []struct {
			note  string
			place request.Place
		}{
			{"the key as user name of Basic", request.Basic},
			{"the key after Token", request.OtherToken},
			{"the key without a scheme", request.Bare},
		} {
			auth := request.Auth{Place: other.place, Secret: request.FullKey}
			denied(t, as(op, "AUTH-SCHEME-001", auth, other.note), unauthenticated(e, op)...)
		}
	})
}

// A nearby is a credential that differs little from a valid one. It contains most of a
// secret: the redactor recognizes it by its beginning.
type nearby struct{ note, value string }

// resembling returns credentials that a server accepts if it compares only a part. It
// skips secrets too short to be recognized by their beginning.
func resembling(secret string) []nearby {
	const redactable = 12
	if len(secret) < redactable {
		return nil
	}
	last := byte('0')
	if secret[len(secret)-1] == last {
		last = '1'
	}
	return []nearby{
		{"a valid credential with another last character", secret[:len(secret)-1] + string(last)},
		{"a valid credential without its last character", secret[:len(secret)-1]},
		{"a valid credential with one character more", secret + "0"},
	}
}

func validKey(e *env.Env, op *spec.Operation) {
	rule.It(e, "accepts a valid key", rule.Of(op.ID, "AUTH-KEY-001"), func(t *rule.T) {
		if op.Effect == spec.Reads {
			t.Accepted(t.Valid())
			return
		}
		authenticated(t, op, "AUTH-KEY-001", request.Default(op))
	})

	// For some locations the documentation of the operation is silent, or only that of
	// other operations mentions them. A target may accept the key there or not.
	rule.It(e, "answers a key in another place without a server error", rule.Of(op.ID, "HTTP-ROBUST-001"), func(t *rule.T) {
		t.Need(request.FullKey)
		t.OperationNamed(op.ID)
		r, _, err := request.Harmless(op, t.Env.Data)
		need(t, err)
		usual := request.Default(op).Place
		for _, place := range []request.Place{request.Bearer, request.APIKey} {
			if place != usual {
				t.Survives(r.WithAuth(request.Auth{Place: place, Secret: request.FullKey}).WithNote("the key as " + string(place)))
			}
		}
		two := r.WithAuth(request.Auth{Place: usual, Secret: request.FullKey})
		t.Survives(two.WithHeader("Authorization", "Bearer "+neverIssued[0].value).WithNote("two credentials, one of them made up"))
	})
}

// authenticated sends a request that cannot be carried out, with a credential that must
// be accepted. The response must not refuse the credential.
//
// 401 always does. 403 does where it is documented for a missing scope or a resource of
// another customer, as neither is the case; see env.Promises. A session may meet an
// undocumented CSRF protection, which also answers 403.
func authenticated(t *rule.T, op *spec.Operation, requirement string, auth request.Auth) {
	t.OperationNamed(op.ID)
	r, harmless, err := request.Harmless(op, t.Env.Data)
	need(t, err)
	if !harmless {
		return // it would be carried out; the specs of the operation itself do that
	}
	a := t.Send(r.WithAuth(auth).WithNote("an order of nothing"))
	if made := t.Send(r.WithAuth(auth.Made(neverIssued[0].value)).WithNote("an order of nothing with " + neverIssued[0].note)); made.Status() == a.Status() && a.Status()/100 != 2 && a.Status() != 401 {
		t.Limited(a)
		t.Skip(reporters.SkipNoData, "a credential that was never issued is answered with the same status %d, so nothing shows whether this one is known", a.Status())
	}
	for _, status := range t.Env.Promises(op).Doubted {
		if a.Status() == status && (status == 401 || auth.Place != request.Cookie) {
			t.Violation(a, requirement, "status", "accepted", "any status but those that refuse the credential", gotStatus(a))
		}
	}
}
