package flow

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/hostup/api-conformance/fixtures/request"
	"github.com/hostup/api-conformance/reporters"
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
		p := &Payment{Invoice: t.Datum("invoiceId")}
		if reason := p.unpayable(t); reason != "" {
			return reason
		}
		pages, whole, steady := Pages(t)
		for _, pg := range pages {
			p.before = append(p.before, pg.Rows...)
		}
		p.whole, p.steady = whole, steady
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

// Unpayable says why the configured invoice cannot be paid; "" if it was or
// nobody has tried.
func Unpayable(t *rule.T) string {
	reason, ok := t.Env.Once("payment", func() any { return "" }).(string)
	if !ok || reason == "" {
		return "the payment could not be made, which other rules judge"
	}
	return reason
}

// unpayable asks whether the invoice can be paid at all.
func (p *Payment) unpayable(t *rule.T) string {
	if t.Env.Noted("paid " + p.Invoice) {
		return "a request that the target had to refuse has paid invoice " + p.Invoice + ": set HOSTUP_INVOICE_ID to another unpaid one"
	}
	if t.Env.Contract.Operation(Invoice) == nil || t.Env.NotOffered(Invoice) != "" {
		return "" // nothing but the payment itself can tell
	}
	a := t.Send(t.ValidFor(Invoice))
	p.Total = Due(a)
	p.Credit = Positive(a.At("data", "invoice", "credit"))
	if status, ok := a.Text("data", "invoice", "status"); ok && !Open(status) {
		return "invoice " + p.Invoice + " has the status " + status + ": set HOSTUP_INVOICE_ID to an unpaid one"
	}
	return ""
}

// Cardless reports that no card could pay: the configured one is an alias of one
// of the saved cards, and none is saved.
func Cardless(t *rule.T) bool {
	return t.Env.Config.CardID == primary && NoCard(t)
}

// NoCard reports that the list of saved cards is there and empty. It is read once
// per process: nothing that the suite sends saves a card or removes one.
func NoCard(t *rule.T) bool {
	if t.Env.Contract.Operation(cards) == nil || t.Env.NotOffered(cards) != "" {
		return false
	}
	none, _ := t.Env.Once("no card", func() any {
		saved, ok := t.Send(t.ValidFor(cards)).Value().([]any)
		return ok && len(saved) == 0
	}).(bool)
	return none
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

// Whole reports whether every page could be read before the payment. If not, a
// payment may turn up where nobody has looked.
func (p *Payment) Whole() bool { return p.whole }

// Before are the ids of the rows that were there before the payment, in their
// order; ok is false where they could not all be read, or the list was not at rest.
func (p *Payment) Before() (ids []string, ok bool) { return IDs(p.before), p.whole && p.steady }

// RowsBefore are the rows that were there before the payment, as far as they were read.
func (p *Payment) RowsBefore() []any { return p.before }

// Rows are the transactions that were not there before the payment and are about
// its invoice; sure is false if they are only what is new.
//
// No page says how a row names the invoice of a v1 payment: the examples have
// three names for an invoice, 49332 in v1, 202664056 as printed number and inv_…
// in v2. A row with the v1 name is certainly about it; else one with its amount,
// that names no invoice of which a row was there before, is taken for it; else
// whatever is new. Others may write at the same time, so of such rows only those
// are taken that name the same invoice as the first one does.
//
// Most lists begin with what is new, but no page states an order: what is not on
// the first page is looked for on all of them.
func (p *Payment) Rows(t *rule.T) (rows []any, page *rule.Answer, sure bool) {
	if rows, page, sure = p.newest(t); len(rows) == 0 {
		rows, page, sure = p.anywhere(t)
	}
	return rows, page, sure
}

// newest are the rows on the first page.
func (p *Payment) newest(t *rule.T) ([]any, *rule.Answer, bool) {
	pages := []Page{ReadPage(t, 0)}
	if more, _ := pages[0].More(); more && len(pages[0].Rows) < 5 {
		pages = append(pages, ReadPage(t, 1)) // tiny pages: a double payment may stand on the next one
	}
	return p.among(pages)
}

func (p *Payment) anywhere(t *rule.T) ([]any, *rule.Answer, bool) {
	pages, _, _ := Pages(t)
	return p.among(pages)
}

func (p *Payment) among(pages []Page) (rows []any, page *rule.Answer, sure bool) {
	known, listed := map[string]bool{}, map[string]bool{}
	for _, row := range p.before {
		known[rule.Member(row, "id")] = true
		if number := rule.Member(row, "invoiceNumber"); number != "" {
			listed[number] = true
		}
	}
	var named, priced, others []any
	for _, pg := range pages {
		for _, row := range pg.Rows {
			id := rule.Member(row, "id")
			switch {
			case id == "" || known[id]:
			case rule.Member(row, "invoiceNumber") == p.Invoice:
				named = append(named, row)
			case p.hasPrice(row) && !listed[rule.Member(row, "invoiceNumber")]:
				priced = append(priced, row)
			default:
				others = append(others, row)
			}
		}
	}
	if len(named) > 0 {
		return named, pages[0].Answer, true
	}
	if len(priced) > 0 {
		return ofOneInvoice(priced), pages[0].Answer, true
	}
	return ofOneInvoice(others), pages[0].Answer, len(p.Total) == 0
}

// ofOneInvoice keeps the rows that name the same invoice as the first one.
func ofOneInvoice(rows []any) []any {
	invoice := func(row any) string { return fmt.Sprint(At(row, "invoiceNumber"), " ", At(row, "invoiceId")) }
	return slices.DeleteFunc(rows, func(row any) bool { return invoice(row) != invoice(rows[0]) })
}

// hasPrice reports whether the amount of a row is what the invoice says, or the
// part that credit has left of it.
func (p *Payment) hasPrice(row any) bool {
	amount := Number(At(row, "amount"))
	return slices.Contains(p.Total, amount) || p.Credit && Positive(At(row, "amount")) && Less(amount, p.Total)
}

// Settled waits until the payment has turned up in the activity, as long as the
// configuration allows: a payment is scheduled, not made, when it is answered. A
// row that is only new may be about something else, so a better one is waited for.
func (p *Payment) Settled(t *rule.T) (rows []any, page *rule.Answer) {
	const rarely = 5 // looks at the first page for each look at all of them
	deadline := p.sent.Add(t.Env.Config.Settle)
	for n := 0; ; n++ {
		var sure bool
		if n%rarely == 0 || time.Now().After(deadline) {
			rows, page, sure = p.Rows(t)
		} else {
			rows, page, sure = p.newest(t)
		}
		if len(rows) > 0 && sure && p.took == 0 {
			p.took = time.Since(p.sent)
		}
		if len(rows) > 0 && sure || time.Now().After(deadline) || !t.Wait(poll) {
			return rows, page
		}
	}
}

// Later waits as long as a payment made now would take to turn up, going by how
// long the first one took, and reads the rows anew.
func (p *Payment) Later(t *rule.T) (rows []any, page *rule.Answer) {
	t.Wait(min(p.took+poll, t.Env.Config.Settle))
	rows, page, _ = p.Rows(t)
	return rows, page
}

// Closed waits until the invoice says that it is no longer to be paid, as long as
// the configuration allows. It returns the last answer and its status; ok is
// false where the invoice cannot be read or says nothing.
func (p *Payment) Closed(t *rule.T) (a *rule.Answer, status string, ok bool) {
	if t.Env.Contract.Operation(Invoice) == nil || t.Env.NotOffered(Invoice) != "" {
		return nil, "", false
	}
	deadline := time.Now().Add(t.Env.Config.Settle)
	for {
		a = t.Send(t.ValidFor(Invoice))
		status, ok = a.Text("data", "invoice", "status")
		if !ok || !Open(status) || time.Now().After(deadline) || !t.Wait(poll) {
			return a, status, ok
		}
	}
}

// Underway is the status of an invoice whose payment has been taken and is not
// through, "" if it says anything else: how long that may take, no page says.
func (p *Payment) Underway(t *rule.T) string {
	if t.Env.Contract.Operation(Invoice) == nil || t.Env.NotOffered(Invoice) != "" {
		return ""
	}
	status, ok := t.Send(t.ValidFor(Invoice)).Text("data", "invoice", "status")
	if !ok || Open(status) || strings.EqualFold(status, "paid") {
		return ""
	}
	return strconv.Quote(status)
}

// At is a member of a row.
func At(row any, name string) any {
	o, _ := row.(map[string]any)
	return o[name]
}

// Number is a JSON number, or text that holds one, in a form that can be
// compared: without trailing zeros. "" if it is neither.
func Number(v any) string {
	return decimal(v)
}
