package rule

import (
	"net/http"
	"slices"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/request"
)

// known ends the spec if the target does not know the valid key in its documented
// place: that is no answer to what the spec asked.
func (t *T) known(a *Answer) {
	o := t.Env.Contract.Operation(a.Operation)
	if a.Status() != http.StatusUnauthorized || o == nil || !t.withFullKey(a, o) {
		return
	}
	t.Violation(a, "AUTH-KEY-001", "status", "accepted", "any status but those that refuse the credential", got(a))
	t.Skip(reporters.SkipNoData, "the target does not know the key, of which AUTH-KEY-001 tells more")
}

// control sends the plain request of a read whose other forms a spec is about. If
// that fails, too, the form has nothing to do with it, and what has is a finding
// of the requirement of the read.
func (t *T) control(a *Answer) {
	o := t.Env.Contract.Operation(a.Operation)
	if o == nil || o.Effect != spec.Reads || slices.Contains(t.about.Requirements, ReadRule(t.Env.Contract, o)) {
		return
	}
	if t.withFullKey(a, o) && (a.Status() == http.StatusUnauthorized || a.Status() == http.StatusForbidden) {
		return // the credential itself may be what the spec is about
	}
	t.Served(t.ValidFor(o.ID))
}

// withFullKey reports whether the request of an answer carries the valid key as
// the examples of its operation do, and nothing else.
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
