package pay

import (
	"strings"

	"github.com/hostup/api-conformance/fixtures/request"
	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/suites/env"
	"github.com/hostup/api-conformance/suites/flow"
	"github.com/hostup/api-conformance/suites/rule"
)

func registerDecline(e *env.Env) {
	rule.It(e, "is not paid with a card that cannot pay it", rule.Of(flow.Pay, "PAY-DECLINE-001"), declined)
}

// declined: the page shows this refusal, with status 400, and nothing is booked.
func declined(t *rule.T) {
	invoice := t.Env.Config.DeclinedInvoiceID
	if invoice == "" {
		t.Skip(reporters.SkipConfiguration, "set HOSTUP_DECLINED_INVOICE_ID to an invoice whose payment is declined")
	}
	before := flow.ReadPage(t, 0)
	r := t.Valid().WithMember("invoiceId", invoice).WithNote("the invoice whose payment is declined")
	a := flow.MakePayment(t, invoice, func() *rule.Answer { return t.Send(r) })
	t.MustRefuse(a, "PAY-DECLINE-001", r.Note, 400)
	after := flow.ReadPage(t, 0)
	known := map[string]bool{}
	for _, id := range flow.IDs(before.Rows) {
		known[id] = true
	}
	for _, row := range after.Rows {
		if id := rule.Member(row, "id"); !known[id] && rule.Member(row, "invoiceNumber") == invoice {
			t.Violation(after.Answer, "PAY-DECLINE-001", "$.entries", "absent", "no row for invoice "+invoice+", whose payment was declined", "row "+id)
		}
	}
	if t.Env.Contract.Operation(flow.Invoice) == nil || t.Env.NotOffered(flow.Invoice) != "" {
		return
	}
	read, err := request.For(t.OperationNamed(flow.Invoice), request.Data{"invoiceId": invoice})
	if err != nil {
		return
	}
	state := t.Send(read)
	status, ok := state.Text("data", "invoice", "status")
	if ok && flow.Open(status) {
		t.Env.Note("open " + invoice) // paidAlone looks at it again
	}
	if ok && strings.EqualFold(status, "paid") {
		t.Violation(state, "PAY-DECLINE-001", "$.data.invoice.status", "unpaid", "an invoice that is still unpaid", status)
	}
}
