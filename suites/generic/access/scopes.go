package access

import (
	"slices"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/env"
	"github.com/hostup/api-conformance/suites/request"
	"github.com/hostup/api-conformance/suites/rule"
)

// scopes distinguishes 403 (known, but not allowed) from 401. Which scopes a wider one
// includes is not fully documented, so only keys are used whose missing scopes the
// configuration defines.
func scopes(e *env.Env, op *spec.Operation) {
	if len(op.Scopes) == 0 {
		return // any key may do anything here
	}
	readScope := e.Pack.ReadScope
	usual := request.Default(op)
	missing := slices.ContainsFunc(op.Scopes, func(s string) bool { return s != readScope })

	if e.Pack.Scoped != nil && slices.ContainsFunc(op.Scopes, e.Pack.Scoped) {
		rule.It(e, "is forbidden to a key without the scope", rule.Of(op.ID, "SCOPE-MISSING-001"), func(t *rule.T) {
			deniedWhatever(t, as(op, "SCOPE-MISSING-001", usual.With(request.UnscopedKey), "a key without a billing scope"), 403)
		})
	} else {
		// The unscoped key has no billing scope; the configuration does not say whether
		// it has this one. It is a valid key in any case.
		rule.It(e, "recognizes a key without billing scopes", rule.Of(op.ID, "SCOPE-MISSING-001"), func(t *rule.T) {
			t.OperationNamed(op.ID)
			r, _, err := request.Harmless(op, t.Env.Data)
			need(t, err)
			a := t.Send(r.WithAuth(usual.With(request.UnscopedKey)).WithNote("a key without billing scopes"))
			if a.Status() == 401 {
				t.Violation(a, "SCOPE-MISSING-001", "status", "known", "403, or a response: the key is a valid one", gotStatus(a))
			}
		})
	}

	switch {
	case op.Effect != spec.Reads:
		rule.It(e, "is forbidden to a read-only key", rule.Of(op.ID, "SCOPE-WRITE-001"), func(t *rule.T) {
			deniedWhatever(t, as(op, "SCOPE-WRITE-001", usual.With(request.ReadOnlyKey), "a read-only key"), 403)
		})
	case missing:
		rule.It(e, "is forbidden to a key that may only read billing", rule.Of(op.ID, "SCOPE-MISSING-001"), func(t *rule.T) {
			deniedWhatever(t, as(op, "SCOPE-MISSING-001", usual.With(request.ReadOnlyKey), "a key with only "+readScope), 403)
		})
	default:
		rule.It(e, "is open to a read-only key", rule.Of(op.ID, "SCOPE-READ-001"), func(t *rule.T) {
			t.Accepted(t.Valid().WithAuth(usual.With(request.ReadOnlyKey)).WithNote("a key with only " + readScope))
		})
		rule.It(e, "lists the same for a read-only key", rule.Of(op.ID, "SCOPE-READ-001"), func(t *rule.T) {
			sameRows(t, usual.With(request.ReadOnlyKey), "a key with only "+readScope)
		})
	}
}
