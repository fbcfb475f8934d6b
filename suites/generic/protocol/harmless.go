package protocol

import (
	"github.com/hostup/api-conformance/suites/rule"
)

// notCarriedOut: a harmless request names what does not exist, whatever else is
// strange about it, so that a target which accepts it has carried out nothing that
// is there.
func notCarriedOut(t *rule.T, a *rule.Answer) {
	if !a.Success() || t.Env.Pack.CarriedOut == nil {
		return
	}
	body := a.Request.Body
	if b, ok := t.Env.Pack.CarriedOut(t.Env, a.Operation, body, len(body) <= plainSize); ok {
		t.Violation(a, b.Requirement, "status", "refused", b.Want, status(a))
	}
}
