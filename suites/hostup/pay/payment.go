package pay

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/env"
	"github.com/hostup/api-conformance/suites/hostup/flow"
	"github.com/hostup/api-conformance/suites/rule"
)

// forPaid are the statuses that refuse a second payment: the page of the operation
// documents only 400 for a refusal, other pages of the API 404, 409 and 410 for what is
// not payable (any more), and 422.
var forPaid = []int{400, 402, 403, 404, 409, 410, 422}

// notCard are the documented methods of other payments. ACT-METHOD-001 judges
// undocumented words.
var notCard = []string{"accountCredit", "swish", "bankgiro", "sepa", "alipay", "paypal", "invoice", "other"}

func registerPayment(e *env.Env) {
	rule.It(e, "is paid with a usable card", rule.Of(flow.Pay, "PAY-OK-001"), func(t *rule.T) {
		a := flow.Paid(t).Answer
		if a.Status()/100 == 4 && flow.Cardless(t) {
			t.Skip(reporters.SkipNoData, "no card is saved that could pay: save one, or set HOSTUP_CARD_ID")
		}
		t.MustSucceed(a, "the unpaid invoice")
	})
	rule.It(e, "appears in the activity once it is paid", rule.Of(flow.Pay, "PAY-ACTIVITY-001"), turnsUp)
	rule.It(e, "appears with its amount", rule.Of(flow.Pay, "PAY-AMOUNT-001"), hasItsAmount)
	rule.It(e, "appears as a payment by card", rule.Of(flow.Pay, "PAY-METHOD-001"), isByCard)
	rule.It(e, "appears with the time at which it was paid", rule.Of(flow.Pay, "PAY-TIME-001"), hasItsTime)
	rule.It(e, "is no longer unpaid once it is paid", rule.Of(flow.Pay, "PAY-STATUS-001"), isClosed)
	rule.It(e, "cannot be paid a second time", rule.Of(flow.Pay, "PAY-TWICE-002", "HTTP-ROBUST-001"), notTwice)
	rule.It(e, "appears in the activity once, however often it is paid", rule.Of(flow.Pay, "PAY-ACTIVITY-001", "PAY-TWICE-001"), onceOnly)
	registerAftermath(e)
}

// paid returns the payment if it was accepted; otherwise it skips the spec, as another
// rule reports that.
func paid(t *rule.T) *flow.Payment {
	p := flow.Paid(t)
	if !p.Answer.Success() {
		t.Skip(reporters.SkipNoData, "the payment was refused: see PAY-OK-001")
	}
	return p
}

func turnsUp(t *rule.T) {
	p := paid(t)
	rows, page := p.Settled(t)
	if len(rows) == 0 && !p.Whole() {
		t.Skip(reporters.SkipNoData, "the payment is on none of the first %d pages, and there are more: read them all with --max-pages", t.Env.Config.MaxPages)
	}
	if page.Object() == nil || page.At("entries") != nil && page.List("entries") == nil {
		t.Skip(reporters.SkipNoData, "the activity has no list of rows to look at, which ACT-BODY-001 and others judge")
	}
	if len(rows) > 0 {
		return
	}
	if status := p.Underway(t); status != "" {
		t.Skip(reporters.SkipNoData, "the invoice still has the status %s after %s: wait longer with --settle", status, t.Env.Config.Settle)
	}
	t.Violation(page, "PAY-ACTIVITY-001", "$.entries", "present", fmt.Sprintf("a row for the payment of invoice %s within %s", p.Invoice, t.Env.Config.Settle), "no new row")
}

// booked returns the rows of the payment; it skips the spec if there are none.
func booked(t *rule.T, p *flow.Payment) ([]any, *rule.Answer) {
	rows, page := p.Settled(t)
	if len(rows) == 0 {
		t.Skip(reporters.SkipNoData, "the payment did not turn up: see PAY-ACTIVITY-001")
	}
	return rows, page
}

// hasItsAmount compares with the invoice's own totals, whichever of them was charged:
// credit and tax are undocumented.
func hasItsAmount(t *rule.T) {
	p := paid(t)
	rows, page := booked(t, p)
	amount := flow.At(rows[0], "amount")
	if flow.Number(amount) == "" {
		return // the schema checks its type
	}
	if !flow.Positive(amount) {
		uncertain(t, p)
		t.Violation(page, "PAY-AMOUNT-001", "$.entries[0].amount", "positive", "a positive amount, for the payment went into the account", fmt.Sprint(amount))
		return
	}
	if len(p.Total) == 0 {
		return // no invoice to compare with
	}
	for _, total := range p.Total {
		if total == flow.Number(amount) {
			return
		}
	}
	// A part may have been paid with credit, but not more than the invoice.
	if p.Credit && flow.Less(flow.Number(amount), p.Total) {
		return
	}
	uncertain(t, p)
	t.Violation(page, "PAY-AMOUNT-001", "$.entries[0].amount", "amount", "the amount of the invoice: "+spec.Or(flow.Plain(p.Total)), fmt.Sprint(amount))
}

// isByCard: whatever the gateway is called, a card payment has the method card. null is
// documented too. If credit paid a part of the invoice, the row may be that part.
func isByCard(t *rule.T) {
	p := paid(t)
	rows, page := booked(t, p)
	if method := rule.Member(rows[0], "method"); slices.Contains(notCard, method) && !p.Credit {
		uncertain(t, p)
		t.Violation(page, "PAY-METHOD-001", "$.entries[0].method", "card", "\"card\" for the payment with a card", strconv.Quote(method))
	}
}

// uncertain skips the spec if the row may belong to something else: if the list could not
// be read completely before, an unseen row need not be new, and if others write at the
// same time, it need not be that of the payment.
func uncertain(t *rule.T, p *flow.Payment) {
	if _, steady := p.Before(); !steady && p.Whole() {
		t.Skip(reporters.SkipNoData, "the row of the payment cannot be identified, because the activity grew while it was read: use an account that nobody else uses")
	}
	if !p.Whole() {
		t.Skip(reporters.SkipNoData, "the row of the payment cannot be identified, because the activity has more than %d pages: read them all with --max-pages", t.Env.Config.MaxPages)
	}
}

// hasItsTime compares two clocks of the target: that of the response to the payment and
// that of its row. A minute or two is clock skew, an hour is a time zone.
func hasItsTime(t *rule.T) {
	const slack = 10 * time.Minute
	p := paid(t)
	rows, page := booked(t, p)
	text, _ := p.Answer.Text("timestamp")
	answered, errAnswered := time.Parse(time.RFC3339, text)
	created, errCreated := time.Parse(time.RFC3339, rule.Member(rows[0], "createdAt"))
	if errAnswered != nil || errCreated != nil {
		return // null is documented, and the schema checks formats
	}
	if off := created.Sub(answered); off.Abs() > slack+t.Env.Config.Settle {
		t.Violation(page, "PAY-TIME-001", "$.entries[0].createdAt", "moment", "a time near "+text+", when the payment was answered", created.Format(time.RFC3339Nano))
	}
}

// isClosed: an invoice with a booked payment that still asks to be paid will be paid
// again.
func isClosed(t *rule.T) {
	p := paid(t)
	booked(t, p)
	if a, status, ok := p.Closed(t); ok && flow.Open(status) {
		t.Violation(a, "PAY-STATUS-001", "$.data.invoice.status", "closed", fmt.Sprintf("another status than before, within %s of the payment", t.Env.Config.Settle), strconv.Quote(status))
	}
}

// notTwice: 200 says that a payment is scheduled, and the function that runs later may
// find nothing to pay. It is undocumented whether it must be refused at once; onceOnly
// checks that it is not booked.
func notTwice(t *rule.T) {
	p := paid(t)
	p.Settled(t)
	a := p.Again(t)
	if a.Status() == 500 { // the documented 502 says that something behind the API failed
		t.Violation(a, "HTTP-ROBUST-001", "status", "refused", "a client error for the payment of what is paid", "status 500")
		return
	}
	t.MustRefuse(a, "PAY-TWICE-002", "the second payment of invoice "+p.Invoice, forPaid...)
}

// onceOnly pays again, whatever the response, and counts what is booked: the same amount
// twice is a fault. A part paid with account credit has its own row, and so may a fee.
func onceOnly(t *rule.T) {
	p := paid(t)
	booked(t, p)
	if _, ok := p.Before(); !ok && p.Whole() {
		t.Skip(reporters.SkipNoData, "the activity changed while it was read before the payment, so new rows cannot be recognized: see ACT-ORDER-001")
	}
	p.Again(t)
	rows, page := p.Later(t)
	rows = slices.DeleteFunc(slices.Clone(rows), func(row any) bool {
		return (p.Credit || len(p.Total) == 0) && flow.At(row, "method") == "accountCredit"
	})
	if rows = sameAmountTwice(rows); len(rows) > 1 {
		t.Violation(page, "PAY-TWICE-001", "$.entries", "once", "one row for the payment of invoice "+p.Invoice, strconv.Itoa(len(rows))+" rows: "+strings.Join(flow.IDs(rows), ", "))
	}
}

// sameAmountTwice returns the rows that share their amount with another one, in any
// order.
func sameAmountTwice(rows []any) (twice []any) {
	for i, row := range rows {
		others := slices.Concat(rows[:i], rows[i+1:])
		if slices.ContainsFunc(others, func(other any) bool { return flow.SameAmount(row, other) }) {
			twice = append(twice, row)
		}
	}
	return twice
}
