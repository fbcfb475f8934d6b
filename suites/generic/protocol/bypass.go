package protocol

import (
	"maps"
	"slices"
	"strings"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/env"
	"github.com/hostup/api-conformance/suites/request"
	"github.com/hostup/api-conformance/suites/rule"
)

// trusting are headers by which a client claims that a proxy has authenticated it, or
// that it is local.
var trusting = []struct {
	note, name, value string
}{
	{"an address of the target's own machine", "X-Forwarded-For", "127.0.0.1"},
	{"an address of the target's own machine", "X-Real-IP", "127.0.0.1"},
	{"a name of the target's own machine", "X-Forwarded-Host", "localhost"},
	{"a user whom a proxy would name", "X-Forwarded-User", "admin"},
	{"a number of a customer", "X-User-Id", "1"},
	{"another path for the router", "X-Original-URL", "/"},
	{"a script of a browser as client", "X-Requested-With", "XMLHttpRequest"},
}

// bypasses: what a filter in front inspects need not be what the router behind it sees.
// Only the response for a known client is a violation.
func bypasses(e *env.Env, op *spec.Operation) {
	if len(op.Security) == 0 || op.Anonymous || op.Effect != spec.Reads || op.Method != "GET" {
		return
	}
	rule.It(e, "takes no other header as a credential", rule.Of(op.ID, "AUTH-NONE-001"), func(t *rule.T) {
		known := t.Served(t.Valid())
		r := usable(t, op).WithAuth(request.Auth{})
		for _, h := range trusting {
			a := t.Use(&rule.Answer{Exchange: t.Exchange(r.WithHeader(h.name, h.value).WithNote(h.note+" and no credential"), "AUTH-NONE-001")})
			if a.Success() && alike(known, a) {
				t.Violation(a, "AUTH-NONE-001", "status", "refused", "status 401 for "+h.name+": "+h.value+" without a credential", status(a))
			}
		}
	})
	if strings.Contains(op.Path, "{") {
		return
	}
	rule.It(e, "is not served without a credential under another spelling of its path", rule.Of(op.ID, "AUTH-NONE-001"), func(t *rule.T) {
		known := t.Served(t.Valid())
		for _, s := range spellings(e, op.Path) {
			r := read(s.Path, request.Auth{}).WithNote(s.Note + " and no credential")
			a := t.Use(&rule.Answer{Exchange: t.Exchange(r, "AUTH-NONE-001")})
			if a.Success() && alike(known, a) {
				t.Violation(a, "AUTH-NONE-001", "status", "refused", "no success without a credential for "+s.Note, status(a)+" with the response of "+op.Name())
			}
		}
	})
}

// alike reports whether two responses have the same form: a list with rows, or objects
// with the same properties.
func alike(a, b *rule.Answer) bool {
	if rows := a.List(); rows != nil {
		return len(b.List()) > 0
	}
	return len(a.Object()) > 0 && slices.Equal(slices.Sorted(maps.Keys(a.Object())), slices.Sorted(maps.Keys(b.Object())))
}
