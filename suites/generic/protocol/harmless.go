package protocol

import (
	"github.com/hostup/api-conformance/suites/rule"
)

// notCarriedOut checks a success of a harmless request. The request names what does not
// exist, so a target that accepts it has not carried out anything real.
func notCarriedOut(t *rule.T, a *rule.Answer) {
	if !a.Success() || t.Env.Pack.CarriedOut == nil {
		return
	}
	body := a.Request.Body
	if b, ok := t.Env.Pack.CarriedOut(t.Env, a.Operation, body, len(body) <= plainSize); ok {
		t.Violation(a, b.Requirement, "status", "refused", b.Want, status(a))
	}
}
