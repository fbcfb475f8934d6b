// Package pay tests POST /api/billing/pay beyond single responses: what is refused, and
// the consequences of a payment.
//
// Everything here needs the safety tier pay, even what must be refused, as a broken
// target may execute it. One invoice is paid, once. Refusals come first, while that
// invoice is unpaid: a paid invoice refuses everything, and such a refusal would prove
// nothing.
package pay

import (
	"fmt"

	"github.com/hostup/api-conformance/suites/env"
	"github.com/hostup/api-conformance/suites/hostup/flow"
	"github.com/hostup/api-conformance/suites/rule"
)

// Register declares the specs.
func Register(e *env.Env) {
	rule.Describe(e, "pay", func() {
		rule.It(e, "can read the invoice", rule.Of(flow.Invoice, "INV-READ-001"), readsTheInvoice)
		rule.Sequence(e, "an invoice", env.After, func() {
			registerRefusals(e)
			registerDecline(e)
			registerPayment(e)
			if o := e.Contract.Operation(flow.Pay); o != nil {
				rule.Success(e, o, func(t *rule.T) *rule.Answer { return flow.Paid(t).Answer })
			}
		})
	})
}

// readsTheInvoice: the invoice that is served is the requested one.
func readsTheInvoice(t *rule.T) {
	a := t.Accepted(t.Valid())
	want := t.Datum("invoiceId")
	if id := a.At("data", "invoice", "id"); id != nil && fmt.Sprint(id) != want {
		t.Violation(a, "INV-READ-001", "$.data.invoice.id", "equal", want, fmt.Sprint(id))
	}
}
