package pay

import (
	"slices"
	"strings"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/suites/env"
	"github.com/hostup/api-conformance/suites/hostup/flow"
	"github.com/hostup/api-conformance/suites/hostup/settings"
	"github.com/hostup/api-conformance/suites/request"
	"github.com/hostup/api-conformance/suites/rule"
)

func registerDecline(e *env.Env) {
	rule.It(e, "is not paid with a card that cannot pay it", rule.Of(flow.Pay, "PAY-DECLINE-001"), declined)
}

// A refusedPayment describes the invoice whose payment is declined.
type refusedPayment struct {
	known  map[string]bool // rows before
	totals []string
}

// declined: this refusal is documented, with status 400, and nothing is booked.
func declined(t *rule.T) {
	invoice := declinedInvoice(t)
	before := flow.ReadPage(t, 0)
	r := t.Valid().WithMember("invoiceId", invoice).WithNote("the invoice whose payment is declined")
	kept := &refusedPayment{known: map[string]bool{}}
	for _, id := range flow.IDs(before.Rows) {
		kept.known[id] = true
	}
	state := readInvoice(t, invoice)
	if state != nil {
		kept.totals = flow.Due(state)
	}
	t.Env.Once("declined", func() any { return kept })
	a := flow.MakePayment(t, invoice, func() *rule.Answer { return t.Send(r) })
	t.MustRefuse(a, "PAY-DECLINE-001", r.Note, 400)
	kept.notBooked(t, invoice)
	if state = readInvoice(t, invoice); state == nil {
		return
	}
	status, ok := state.Text("data", "invoice", "status")
	if ok && flow.Open(status) {
		t.Env.Note("open " + invoice) // paidAlone checks it again
	}
	if ok && strings.EqualFold(status, "paid") {
		t.Violation(state, "PAY-DECLINE-001", "$.data.invoice.status", "unpaid", "an invoice that is still unpaid", status)
	}
}

// notBookedLater: a declined payment may nevertheless be booked by a scheduled function.
// By now a payment that was made later has been booked.
func notBookedLater(t *rule.T) {
	invoice := declinedInvoice(t)
	p := paid(t)
	booked(t, p)
	kept, _ := t.Env.Once("declined", func() any { return (*refusedPayment)(nil) }).(*refusedPayment)
	if kept == nil || t.Env.Noted("paid "+invoice) {
		t.Skip(reporters.SkipNoData, "no payment was declined before: another spec says why")
	}
	kept.totals = slices.DeleteFunc(kept.totals, func(total string) bool { return slices.Contains(p.Total, total) })
	kept.notBooked(t, invoice)
}

// notBooked searches for a new row that names the invoice, or has exactly its amount.
func (k *refusedPayment) notBooked(t *rule.T, invoice string) {
	after := flow.ReadPage(t, 0)
	for _, row := range after.Rows {
		id, amount := rule.Member(row, "id"), flow.At(row, "amount")
		if id == "" || k.known[id] {
			continue
		}
		if rule.Member(row, "invoiceNumber") == invoice || flow.Positive(amount) && slices.Contains(k.totals, flow.Number(amount)) {
			t.Violation(after.Answer, "PAY-DECLINE-001", "$.entries", "absent", "no row for invoice "+invoice+", whose payment was declined", "row "+id)
			return
		}
	}
}

func declinedInvoice(t *rule.T) string {
	invoice := t.Env.Config.Get(settings.DeclinedInvoice)
	if invoice == "" {
		t.Skip(reporters.SkipConfiguration, "set HOSTUP_DECLINED_INVOICE_ID to an invoice whose payment is declined")
	}
	if flow.Cardless(t) {
		t.Skip(reporters.SkipNoData, "no card is saved that could be declined: save one, or set HOSTUP_CARD_ID")
	}
	return invoice
}

// readInvoice reads an invoice and returns nil if the target does not offer that.
func readInvoice(t *rule.T, invoice string) *rule.Answer {
	if !readable(t) {
		return nil
	}
	read, err := request.For(t.OperationNamed(flow.Invoice), request.Data{"invoiceId": invoice})
	if err != nil {
		panic(err) // its only datum is given
	}
	return t.Send(read)
}
