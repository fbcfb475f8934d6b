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

// poll is the pause between two looks at whether a payment has turned up.
const poll = 200 * time.Millisecond

// A Payment is one valid payment of the configured invoice. It is made once per
// process.
type Payment struct {
	Invoice string   // as configured: the v1 number
	Total   []string // what the invoice says is to be paid, as far as it could be read
	Credit  bool     // a part of it may have been paid with account credit
	Answer  *rule.Answer

	before []any         // rows of all pages that could be read
	whole  bool          // which are all there are
	steady bool          // and the list was at rest
	sent   time.Time     // when its answer was there
	took   time.Duration // how long after that it turned up, once it has
}

// Paid pays the configured invoice, the first time that it is called. The spec
// is skipped when the invoice is not there to be paid any more.
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

// Unusual sends a payment that is written in another way than the page has it, and
// that a target may take for what was meant. If it does, this is the payment that
// Paid returns.
func Unusual(t *rule.T, r request.Request) *rule.Answer {
	p, reason := prepare(t)
	a := MakePayment(t, p.Invoice, func() *rule.Answer { return t.Send(r) })
	if a.Success() && reason == "" {
		p.Answer, p.sent = a, time.Now()
		t.Env.Once("payment", func() any { return p })
	}
	return a
}

// prepare reads what there is before a payment; reason says why the invoice
// cannot be paid.
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

// pay sends the payment twice at the same time, as two clicks on one button do.
// One of them may be refused, or both be taken for the same payment; what must
// not be is that both are booked, which the activity shows later. If the two got
// into each other's way and neither was accepted, one is sent alone. An answer
// that may hide a payment that was made is no reason for another one.
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

// Again is the answer to the payment of the invoice when it has been paid. It is
// sent once per process: a target may take it for a payment.
func (p *Payment) Again(t *rule.T) *rule.Answer {
	first := false
	a, _ := t.Env.Once("payment again", func() any {
		first = true
		return t.Send(t.ValidFor(Pay).WithNote("the same invoice again"))
	}).(*rule.Answer)
	if a == nil {
		t.Skip(reporters.SkipNoData, "the payment could not be sent again, of which another spec tells more")
	}
	if !first {
		t.Use(a)
	}
	return a
}

// Due are the amounts of an invoice that a payment of it may have: which of the
// two totals is charged where they differ, no page says. The subtotal is one only
// where there is nothing else, for tax is not in it.
func Due(a *rule.Answer) (totals []string) {
	for _, member := range []string{"grandtotal", "total", "subtotal"} {
		v := a.At("data", "invoice", member)
		if v != nil && (member != "subtotal" || len(totals) == 0) {
			totals = append(totals, Number(v))
		}
	}
	return totals
}

// Open reports whether a status of an invoice says that it is still to be paid.
// No page lists the words: any other than this one is taken for progress.
func Open(status string) bool { return strings.EqualFold(status, "unpaid") }

// MakePayment sends a payment and notes that the invoice is spent if the target
// accepts it, whether it had to or not.
func MakePayment(t *rule.T, invoice string, send func() *rule.Answer) *rule.Answer {
	a := send()
	if a.Success() {
		t.Env.Note("paid " + invoice)
	}
	return a
}
