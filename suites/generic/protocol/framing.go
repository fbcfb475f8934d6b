package protocol

import (
	"net/http"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/env"
	"github.com/hostup/api-conformance/suites/request"
	"github.com/hostup/api-conformance/suites/rule"
)

// framing tests where a response ends. HTTP libraries hide trailing bytes, and the next
// response on the connection begins with them.
func framing(e *env.Env, o *spec.Operation) {
	if o.Effect == spec.Reads {
		rule.It(e, "ends where its framing says", rule.Of(o.ID, "HTTP-LENGTH-001"), func(t *rule.T) {
			t.SendRaw(t.Valid())
		})
		rule.It(e, "sends no body after a response to HEAD", rule.Of(o.ID, "HTTP-EMPTY-001"), func(t *rule.T) {
			t.SendRaw(t.Valid().WithMethod(http.MethodHead))
		})
	}
	rule.It(e, "ends a refusal where its framing says", rule.Of(o.ID, "HTTP-LENGTH-001"), func(t *rule.T) {
		t.SendRaw(t.Harmless().WithAuth(request.Auth{}).WithNote("no credential"))
	})
}
