package flow

import (
	"slices"
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

// poll is the pause between two looks at whether a payment has turned up.
const poll = 200 * time.Millisecond

// A Payment is one valid payment of the configured invoice. It is made once per
// process.
type Payment struct {
	Invoice string   // as configured: the v1 number
	Total   []string // the invoice's totals, as far as it could be read
	Credit  bool     // a part of it may have been paid with account credit
	Answer  *rule.Answer

	before []any // rows of all pages that could be read
	whole  bool  // which are all there are
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
		pages, whole, _ := Pages(t)
		for _, pg := range pages {
			p.before = append(p.before, pg.Rows...)
		}
		p.whole = whole
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
// into each other's way and neither was accepted, one is sent alone.
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
	if !p.Answer.Success() {
		p.Answer = nil
		send(r)
	}
	if p.Answer.Response == nil {
		t.Stop()
	}
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
	for _, member := range []string{"grandtotal", "total", "subtotal"} {
		if v := a.At("data", "invoice", member); v != nil {
			p.Total = append(p.Total, Number(v))
		}
	}
	p.Credit = Positive(a.At("data", "invoice", "credit"))
	if status, ok := a.Text("data", "invoice", "status"); ok && !strings.EqualFold(status, "unpaid") {
		return "invoice " + p.Invoice + " has the status " + status + ": set HOSTUP_INVOICE_ID to an unpaid one"
	}
	return ""
}

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

// Rows are the transactions that were not there before the payment and are about
// its invoice. Others may write at the same time, so rows that name another
// invoice are left out, and of rows that name none those with the amount of the
// invoice are preferred.
//
// Most lists begin with what is new, but no page states an order: what is not on
// the first page is looked for on all of them.
func (p *Payment) Rows(t *rule.T) (rows []any, page *rule.Answer) {
	if rows, page = p.newest(t); len(rows) == 0 {
		rows, page = p.anywhere(t)
	}
	return rows, page
}

// newest are the rows on the first page.
func (p *Payment) newest(t *rule.T) ([]any, *rule.Answer) {
	pages := []Page{ReadPage(t, 0)}
	if more, _ := pages[0].More(); more && len(pages[0].Rows) < 5 {
		pages = append(pages, ReadPage(t, 1)) // tiny pages: a double payment may stand on the next one
	}
	return p.among(pages)
}

func (p *Payment) anywhere(t *rule.T) ([]any, *rule.Answer) {
	pages, _, _ := Pages(t)
	return p.among(pages)
}

func (p *Payment) among(pages []Page) ([]any, *rule.Answer) {
	known := map[string]bool{}
	for _, id := range IDs(p.before) {
		known[id] = true
	}
	var named, priced, silent []any
	for _, pg := range pages {
		for _, row := range pg.Rows {
			id, number := rule.Member(row, "id"), rule.Member(row, "invoiceNumber")
			switch {
			case id == "" || known[id]:
			case number == p.Invoice:
				named = append(named, row)
			case number != "":
			case slices.Contains(p.Total, Number(At(row, "amount"))):
				priced = append(priced, row)
			default:
				silent = append(silent, row)
			}
		}
	}
	for _, rows := range [][]any{named, priced} {
		if len(rows) > 0 {
			return rows, pages[0].Answer
		}
	}
	return silent, pages[0].Answer
}

// Settled waits until the payment has turned up in the activity, as long as the
// configuration allows: a payment is scheduled, not made, when it is answered.
func (p *Payment) Settled(t *rule.T) (rows []any, page *rule.Answer) {
	const rarely = 5 // looks at the first page for each look at all of them
	deadline := time.Now().Add(t.Env.Config.Settle)
	for n := 0; ; n++ {
		if n%rarely == 0 || time.Now().After(deadline) {
			rows, page = p.Rows(t)
		} else {
			rows, page = p.newest(t)
		}
		if len(rows) > 0 || time.Now().After(deadline) || !t.Wait(poll) {
			return rows, page
		}
	}
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
