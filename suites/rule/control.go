package rule

import (
	"net/http"
	"slices"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/request"
)

// known ends the spec if the target rejects the valid key in its documented place: the
// response then says nothing about the spec's question.
func (t *T) known(a *Answer) {
	o := t.Env.Contract.Operation(a.Operation)
	if a.Status() != http.StatusUnauthorized || o == nil || !t.withFullKey(a, o) {
		return
	}
	t.Violation(a, "AUTH-KEY-001", "status", "accepted", "any status but those that refuse the credential", got(a))
	t.Skip(reporters.SkipNoData, "the target does not know the key: see AUTH-KEY-001")
}

// control sends the plain request of a read when a spec is about other forms of it. If
// that fails too, the form is not the cause, and the finding belongs to the requirement
// of the read.
func (t *T) control(a *Answer) {
	o := t.Env.Contract.Operation(a.Operation)
	if o == nil || o.Effect != spec.Reads || slices.Contains(t.about.Requirements, ReadRule(t.Env.Contract, o)) {
		return
	}
	if t.withFullKey(a, o) && (a.Status() == http.StatusUnauthorized || a.Status() == http.StatusForbidden) {
		return // the spec may be about the credential itself
	}
	t.Served(t.ValidFor(o.ID))
}

// withFullKey reports whether a request carries the valid key where the examples of its
// operation do, and no other credential.
func (t *T) withFullKey(a *Answer, o *spec.Operation) bool {
	key, h := t.Env.Config.Secret(request.FullKey), a.Request.Header
	if key == "" || h.Get("Cookie") != "" {
		return false
	}
	header := h.Get(t.Env.Config.Names.Header)
	if request.Default(o).Place == request.APIKey {
		return header == key && h.Get("Authorization") == ""
	}
	return h.Get("Authorization") == "Bearer "+key && header == ""
}
