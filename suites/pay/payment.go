package pay

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/suites/env"
	"github.com/hostup/api-conformance/suites/flow"
	"github.com/hostup/api-conformance/suites/rule"
)

// forPaid are the ways to refuse a second payment: the page knows only 400 for a
// refusal, other pages of the API 404, 409 and 410 for what is not payable (any
// more), and 422.
var forPaid = []int{400, 402, 403, 404, 409, 410, 422}

func registerPayment(e *env.Env) {
	rule.It(e, "is paid with a usable card", rule.Of(flow.Pay, "PAY-OK-001"), func(t *rule.T) {
		a := flow.Paid(t).Answer
		if a.Status()/100 == 4 && flow.Cardless(t) {
			t.Skip(reporters.SkipNoData, "no card is saved that could pay: save one, or set HOSTUP_CARD_ID")
		}
		t.MustSucceed(a, "the unpaid invoice")
	})
	rule.It(e, "turns up in the activity once it is paid", rule.Of(flow.Pay, "PAY-ACTIVITY-001"), turnsUp)
	rule.It(e, "turns up with its amount", rule.Of(flow.Pay, "PAY-AMOUNT-001"), hasItsAmount)
	rule.It(e, "is not payable any more once it is paid", rule.Of(flow.Pay, "PAY-TWICE-002"), notTwice)
	rule.It(e, "stands in the activity once, however often it is paid", rule.Of(flow.Pay, "PAY-ACTIVITY-001", "PAY-TWICE-001"), onceOnly)
}

// paid is the payment, if it was accepted; the spec is skipped if not, for
// another rule reports that.
func paid(t *rule.T) *flow.Payment {
	p := flow.Paid(t)
	if !p.Answer.Success() {
		t.Skip(reporters.SkipNoData, "the payment was refused, of which PAY-OK-001 tells more")
	}
	return p
}

func turnsUp(t *rule.T) {
	p := paid(t)
	rows, page := p.Settled(t)
	if len(rows) == 0 && !p.Whole() {
		t.Skip(reporters.SkipNoData, "the payment is on none of the first %d pages, and there are more: read them all with --max-pages", t.Env.Config.MaxPages)
	}
	if len(rows) == 0 {
		t.Violation(page, "PAY-ACTIVITY-001", "$.entries", "present", fmt.Sprintf("a row for the payment of invoice %s within %s", p.Invoice, t.Env.Config.Settle), "no new row")
	}
}

// hasItsAmount compares with the invoice's own totals, whichever of them is the
// one that was charged: credit and tax are not explained by any page.
func hasItsAmount(t *rule.T) {
	p := paid(t)
	rows, page := p.Settled(t)
	if len(rows) == 0 {
		t.Skip(reporters.SkipNoData, "the payment did not turn up, which PAY-ACTIVITY-001 judges")
	}
	amount := flow.At(rows[0], "amount")
	if flow.Number(amount) == "" {
		return // its type is the schema's business
	}
	if !flow.Positive(amount) {
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
	// A part may have been paid with credit; more than the invoice was not.
	if p.Credit && flow.Less(flow.Number(amount), p.Total) {
		return
	}
	t.Violation(page, "PAY-AMOUNT-001", "$.entries[0].amount", "amount", "the amount of the invoice: "+strings.Join(flow.Plain(p.Total), " or "), fmt.Sprint(amount))
}

// notTwice: 200 says that a payment is scheduled, and the function that runs later
// may see that there is nothing to pay. That it must be refused at once, no page
// says; that it must not be booked is the business of onceOnly.
func notTwice(t *rule.T) {
	p := paid(t)
	p.Settled(t)
	t.MustRefuse(p.Again(t), "PAY-TWICE-002", "the second payment of invoice "+p.Invoice, forPaid...)
}

// onceOnly pays again, whatever the answer is, and counts what is booked. What
// was paid with account credit beside the card is a row of its own.
func onceOnly(t *rule.T) {
	p := paid(t)
	if rows, _ := p.Settled(t); len(rows) == 0 {
		t.Skip(reporters.SkipNoData, "the payment did not turn up, which PAY-ACTIVITY-001 judges")
	}
	p.Again(t)
	rows, page, _ := p.Rows(t)
	rows = slices.DeleteFunc(rows, func(row any) bool { return p.Credit && flow.At(row, "method") == "accountCredit" })
	if len(rows) > 1 {
		t.Violation(page, "PAY-TWICE-001", "$.entries", "once", "one row for the payment of invoice "+p.Invoice, strconv.Itoa(len(rows))+" rows: "+strings.Join(flow.IDs(rows), ", "))
	}
}
