package flow

import (
	"strings"
	"time"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/suites/request"
	"github.com/hostup/api-conformance/suites/rule"
)

// Pay and Invoice are the operations that pay and read an invoice.
const (
	Pay     = "payInvoice"
	Invoice = "getInvoice"
)

// cards is the operation that lists the saved cards, primary the alias of one.
const (
	cards   = "listCards"
	primary = "primary"
)

// poll is the pause between two checks whether a payment has appeared.
const poll = 200 * time.Millisecond

// A Payment is one valid payment of the configured invoice. It is made once per process.
type Payment struct {
	Invoice string   // as configured: the v1 number
	Total   []string // amounts due according to the invoice, if it could be read
	Credit  bool     // a part of it may have been paid with account credit
	Answer  *rule.Answer

	before []any         // rows of all pages that could be read
	whole  bool          // before has all rows there are
	steady bool          // the list did not change while it was read
	sent   time.Time     // when its response was received
	took   time.Duration // time until it appeared, once it has
}

// Paid pays the configured invoice on the first call, and returns that payment. It skips
// the spec if the invoice can no longer be paid.
func Paid(t *rule.T) *Payment {
	r := t.ValidFor(Pay)
	t.Permit(r)
	first := false
	p, _ := t.Env.Once("payment", func() any {
		first = true
		p, reason := prepare(t)
		if reason != "" {
			return reason
		}
		p.pay(t, r)
		return p
	}).(*Payment)
	if p == nil {
		t.Skip(reporters.SkipNoData, "%s", Unpayable(t))
	}
	if !first {
		t.Use(p.Answer)
	}
	return p
}

// Unusual sends a payment in an undocumented form that a target may understand. If it is
// accepted, it becomes the payment that Paid returns.
func Unusual(t *rule.T, r request.Request) *rule.Answer {
	p, reason := prepare(t)
	a := MakePayment(t, p.Invoice, func() *rule.Answer { return t.Send(r) })
	if a.Success() && reason == "" {
		p.Answer, p.sent = a, time.Now()
		t.Env.Once("payment", func() any { return p })
	}
	return a
}

// prepare reads the state before a payment; reason says why the invoice cannot be paid.
func prepare(t *rule.T) (p *Payment, reason string) {
	p = &Payment{Invoice: t.Datum("invoiceId")}
	if reason = p.unpayable(t); reason != "" {
		return p, reason
	}
	pages, whole, steady := Pages(t)
	for _, pg := range pages {
		p.before = append(p.before, pg.Rows...)
	}
	p.whole, p.steady = whole, steady
	return p, ""
}

// pay sends the payment twice concurrently, like a double click. One of them may be
// refused, or both be taken for the same payment; but they must not both be booked, which
// the activity shows later. If the two blocked each other and neither was accepted, one
// is sent alone, unless a response may hide a payment that was made.
func (p *Payment) pay(t *rule.T, r request.Request) {
	send := func(requests ...request.Request) {
		for _, a := range t.SendAll(requests...) {
			if a.Success() {
				t.Env.Note("paid " + p.Invoice)
			}
			if p.Answer == nil || a.Success() && !p.Answer.Success() {
				p.Answer = a
			}
		}
	}
	send(r, r)
	if s := p.Answer.Status(); s/100 == 4 && s != 429 {
		p.Answer = nil
		send(r)
	}
	if p.Answer.Response == nil {
		t.Stop()
	}
	p.sent = time.Now()
}

// Again returns the response to another payment of the paid invoice. It is sent once per
// process, as a target may accept it.
func (p *Payment) Again(t *rule.T) *rule.Answer {
	first := false
	a, _ := t.Env.Once("payment again", func() any {
		first = true
		return t.Send(t.ValidFor(Pay).WithNote("the same invoice again"))
	}).(*rule.Answer)
	if a == nil {
		t.Skip(reporters.SkipNoData, "the payment could not be sent again: another spec says why")
	}
	if !first {
		t.Use(a)
	}
	return a
}

// Due returns the amounts that a payment of an invoice may have: which of the two totals
// is charged if they differ is undocumented. The subtotal counts only if there is nothing
// else, as it excludes tax.
func Due(a *rule.Answer) (totals []string) {
	for _, member := range []string{"grandtotal", "total", "subtotal"} {
		v := a.At("data", "invoice", member)
		if v != nil && (member != "subtotal" || len(totals) == 0) {
			totals = append(totals, Number(v))
		}
	}
	return totals
}

// Open reports whether an invoice's status says that it is still to be paid. The words
// are undocumented: any other word counts as progress.
func Open(status string) bool { return strings.EqualFold(status, "unpaid") }

// MakePayment sends a payment and records that the invoice is spent if the target accepts
// it, valid or not.
func MakePayment(t *rule.T, invoice string, send func() *rule.Answer) *rule.Answer {
	a := send()
	if a.Success() {
		t.Env.Note("paid " + invoice)
	}
	return a
}
