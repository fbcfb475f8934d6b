package flow

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/hostup/api-conformance/suites/rule"
)

// Whole reports whether every page could be read before the payment. If not, a payment
// may appear on a page that was not read.
func (p *Payment) Whole() bool { return p.whole }

// Before returns the ids of the rows before the payment, in their order; ok is false if
// they could not all be read, or the list changed meanwhile.
func (p *Payment) Before() (ids []string, ok bool) { return IDs(p.before), p.whole && p.steady }

// RowsBefore returns the rows before the payment, as far as they were read.
func (p *Payment) RowsBefore() []any { return p.before }

// Rows returns the transactions that are new since the payment and belong to its invoice;
// sure is false if they are merely new.
//
// How a row names the invoice of a v1 payment is undocumented: the examples have three
// names for an invoice, 49332 in v1, 202664056 as printed number and inv_… in v2. A row
// with the v1 name certainly belongs to it; else one with its amount that names no
// invoice of an earlier row; else whatever is new, card payments first. Others may write
// at the same time, and a payment may bring a fee or a part paid with credit, so of such
// rows only those that name the same invoice as the first one are returned.
//
// Most lists begin with new rows, but no order is documented: what is not on the first
// page is searched for on all of them.
func (p *Payment) Rows(t *rule.T) (rows []any, page *rule.Answer, sure bool) {
	if rows, page, sure = p.newest(t); len(rows) == 0 {
		rows, page, sure = p.anywhere(t)
	}
	return rows, page, sure
}

// newest returns the rows on the first page.
func (p *Payment) newest(t *rule.T) ([]any, *rule.Answer, bool) {
	pages := []Page{ReadPage(t, 0)}
	if more, _ := pages[0].More(); more && len(pages[0].Rows) < 5 {
		pages = append(pages, ReadPage(t, 1)) // tiny pages: a double payment may be on the next one
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
	var named, priced, likely, others []any
	for _, pg := range pages {
		for _, row := range pg.Rows {
			id := rule.Member(row, "id")
			switch {
			case id == "" || known[id]:
			case rule.Member(row, "invoiceNumber") == p.Invoice:
				named = append(named, row)
			case p.hasPrice(row) && !listed[rule.Member(row, "invoiceNumber")]:
				priced = append(priced, row)
			case byCard(row):
				likely = append(likely, row)
			default:
				others = append(others, row)
			}
		}
	}
	if len(named) > 0 {
		if i := slices.IndexFunc(named, byCard); i > 0 {
			named[0], named[i] = named[i], named[0]
		}
		return named, pages[0].Answer, true
	}
	if len(priced) > 0 {
		return ofOneInvoice(priced), pages[0].Answer, true
	}
	if len(likely) > 0 {
		return ofOneInvoice(likely), pages[0].Answer, len(p.Total) == 0
	}
	return ofOneInvoice(others), pages[0].Answer, false
}

// byCard reports whether a row could be that of a card payment: money that came in, by
// card or without a method.
func byCard(row any) bool {
	method := At(row, "method")
	return Positive(At(row, "amount")) && (method == "card" || method == nil)
}

// ofOneInvoice keeps the rows that name the same invoice as the first one.
func ofOneInvoice(rows []any) []any {
	invoice := func(row any) string { return fmt.Sprint(At(row, "invoiceNumber"), " ", At(row, "invoiceId")) }
	return slices.DeleteFunc(rows, func(row any) bool { return invoice(row) != invoice(rows[0]) })
}

// hasPrice reports whether the amount of a row is that of the invoice, or the part that
// credit has left of it.
func (p *Payment) hasPrice(row any) bool {
	amount := Number(At(row, "amount"))
	return slices.Contains(p.Total, amount) || p.Credit && Positive(At(row, "amount")) && Less(amount, p.Total)
}

// Settled waits until the payment has appeared in the activity, as long as the
// configuration allows: the response only schedules it. A row that is merely new may
// belong to something else, so it waits for a better one.
func (p *Payment) Settled(t *rule.T) (rows []any, page *rule.Answer) {
	const rarely = 5 // reads of the first page for each read of all pages
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

// Later waits as long as a payment made now would take to appear, judging by the first
// one, and reads the rows again.
func (p *Payment) Later(t *rule.T) (rows []any, page *rule.Answer) {
	t.Wait(min(p.took+poll, t.Env.Config.Settle))
	rows, page, _ = p.Rows(t)
	return rows, page
}

// Closed waits until the invoice is no longer to be paid, as long as the configuration
// allows. It returns the last response and its status; ok is false if the invoice cannot
// be read or has no status.
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

// Underway returns the status of an invoice whose payment is in progress, "" for any
// other: how long that may take is undocumented.
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

// At returns a property of a row; nil if there is none, or if row is not an object.
func At(row any, name string) any {
	o, _ := row.(map[string]any)
	return o[name]
}
