package pay

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/suites/env"
	"github.com/hostup/api-conformance/suites/hostup/flow"
	"github.com/hostup/api-conformance/suites/hostup/settings"
	"github.com/hostup/api-conformance/suites/rule"
	"github.com/hostup/api-conformance/suites/rule/steady"
)

// registerAftermath: a list, a count or a cache from before a payment may wrongly persist
// after it. The rules of the activity hold then, too.
func registerAftermath(e *env.Env) {
	rule.It(e, "leaves no row of the activity out", rule.Of(flow.Pay, "ACT-PAGE-007"), nothingVanished)
	rule.It(e, "changes no other row of the activity", rule.Of(flow.Pay, "HTTP-REPEAT-001"), othersUnchanged)
	rule.It(e, "has a row that does not change", rule.Of(flow.Pay, "HTTP-REPEAT-001"), rowIsSteady)
	rule.It(e, "leaves the pages of the activity sound", rule.Of(flow.Pay, "ACT-PAGE-002", "ACT-PAGE-004"), pagesStillSound)
	rule.It(e, "is not listed as a credit movement", rule.Of(flow.Pay, "ACT-KIND-002"), noCreditMovement)
	rule.It(e, "is not paid later after it was declined", rule.Of(flow.Pay, "PAY-DECLINE-001"), notBookedLater)
	rule.It(e, "is the only one that is paid", rule.Of(flow.Pay, "PAY-ONLY-001"), paidAlone)
}

// nothingVanished: the new row moves the others across page boundaries. A row between two
// others that still exist must exist as well. What is missing at either end of the list
// may have been dropped for its age.
func nothingVanished(t *rule.T) {
	p := paid(t)
	booked(t, p)
	before, ok := p.Before()
	if !ok {
		t.Skip(reporters.SkipNoData, "the activity could not be read to its end, or changed while it was read, before the payment")
	}
	const readings = 2 // a row that is just being replaced is missing once
	for n := range readings {
		pages, whole, steady := flow.Pages(t)
		if len(pages) < 2 || !whole || !steady {
			t.Skip(reporters.SkipNoData, "needs two pages that do not change while they are read: use an account with more transactions")
		}
		after := map[string]bool{}
		for _, pg := range pages {
			for _, id := range flow.IDs(pg.Rows) {
				after[id] = true
			}
		}
		listed := func(id string) bool { return after[id] }
		first, last := slices.IndexFunc(before, listed), len(before)-1
		for last > first && !after[before[last]] {
			last--
		}
		if first < 0 {
			return // another list altogether: other rules judge that
		}
		missing := slices.DeleteFunc(slices.Clone(before[first:last+1]), listed)
		slices.Sort(missing)
		missing = slices.Compact(missing) // a row that stood on two pages is missing once
		if len(missing) == 0 {
			return
		}
		if n == readings-1 {
			t.Violation(pages[0].Answer, "ACT-PAGE-007", "pages", "complete", "the rows that were listed before the payment", "no row "+strings.Join(missing, ", "))
		}
	}
}

// rowIsSteady: the latest booking may still come from another source than the rows from
// before the run.
func rowIsSteady(t *rule.T) {
	p := paid(t)
	rows, _ := booked(t, p)
	const readings = 3 // of two, the first may have been provisional
	seen := map[string]bool{}
	var page *rule.Answer
	for range readings {
		rows, page, _ = p.Rows(t)
		if len(rows) != 1 {
			break // PAY-TWICE-001 judges how many there may be
		}
		seen[rule.Member(rows[0], "id")] = true
	}
	if len(seen) == readings {
		t.Violation(page, "HTTP-REPEAT-001", "$.entries[0].id", "same", "the id that the row of the payment had before", strconv.Quote(rule.Member(rows[0], "id")))
		return
	}
	steady.InSequence(t, flow.ActivityPage(t, 0))
}

// othersUnchanged: a payment does not change the ids, amounts and times of other
// bookings. Texts for people may change.
func othersUnchanged(t *rule.T) {
	p := paid(t)
	booked(t, p)
	before := map[string]any{}
	for _, row := range p.RowsBefore() {
		before[rule.Member(row, "id")] = row
	}
	if len(before) == 0 {
		t.Skip(reporters.SkipNoData, "there were no rows before the payment: use an account with transactions")
	}
	pages, _, _ := flow.Pages(t)
	for _, pg := range pages {
		for i, row := range pg.Rows {
			old, known := before[rule.Member(row, "id")]
			if !known {
				continue
			}
			for _, member := range []string{"amount", "currencyCode", "createdAt"} {
				was, is := flow.At(old, member), flow.At(row, member)
				if was == nil || is == nil || fmt.Sprint(was) == fmt.Sprint(is) || flow.Number(was) != "" && flow.Number(was) == flow.Number(is) {
					continue
				}
				t.Violation(pg.Answer, "HTTP-REPEAT-001", fmt.Sprintf("$.entries[%d].%s", i, member), "same",
					fmt.Sprintf("%v for %s, as before the payment of another invoice", was, rule.Member(row, "id")), fmt.Sprint(is))
				return
			}
		}
	}
}

func pagesStillSound(t *rule.T) {
	p := paid(t)
	booked(t, p)
	pages, whole, steady := flow.Pages(t)
	if !steady {
		t.Skip(reporters.SkipNoData, "the list grew during each of three readings: use an account that nobody else uses")
	}
	on := map[string]int{}
	for _, pg := range pages {
		for i, id := range flow.IDs(pg.Rows) {
			if first, twice := on[id]; twice && first != pg.Number {
				t.Violation(pg.Answer, "ACT-PAGE-002", fmt.Sprintf("$.entries[%d].id", i), "disjoint", "a row that is on no other page",
					fmt.Sprintf("%s on page %d, and on page %d before", strconv.Quote(id), pg.Number, first))
				return
			}
			on[id] = pg.Number
		}
	}
	last := pages[len(pages)-1]
	if more, ok := last.More(); !whole || !ok || more {
		return
	}
	next := t.Send(flow.ActivityPage(t, last.Number+1))
	hidden := slices.DeleteFunc(flow.IDs(next.List("entries")), func(id string) bool { _, known := on[id]; return known })
	if next.Success() && len(hidden) > 0 {
		t.Violation(last.Answer, "ACT-PAGE-004", "$.hasMore", "truth", fmt.Sprintf("true after the payment, for page %d has %d more rows", last.Number+1, len(hidden)), "false")
	}
}

// noCreditMovement: the row of the payment is a transaction.
func noCreditMovement(t *rule.T) {
	p := paid(t)
	rows, _ := booked(t, p)
	credit := t.Served(t.ValidFor(flow.Activity).WithQuery("kind", "credit"))
	for i, row := range credit.List("entries") {
		id := rule.Member(row, "id")
		same := func(payment any) bool { return rule.Member(payment, "id") == id && flow.SameAmount(row, payment) }
		if id != "" && slices.ContainsFunc(rows, same) {
			t.Violation(credit, "ACT-KIND-002", fmt.Sprintf("$.entries[%d].id", i), "credit", "a credit movement", strconv.Quote(id)+", the payment of invoice "+p.Invoice)
		}
	}
}

// paidAlone checks that the other invoice that the run knows is still unpaid.
func paidAlone(t *rule.T) {
	other := t.Env.Config.Get(settings.DeclinedInvoice)
	p := paid(t)
	booked(t, p)
	if other == "" || other == p.Invoice || !readable(t) {
		t.Skip(reporters.SkipConfiguration, "set HOSTUP_DECLINED_INVOICE_ID to another unpaid invoice, which the target lets read")
	}
	if t.Env.Noted("paid "+other) || !t.Env.Noted("open "+other) {
		t.Skip(reporters.SkipNoData, "invoice %s was not seen to be unpaid before the payment", other)
	}
	a := readInvoice(t, other)
	if status, ok := a.Text("data", "invoice", "status"); ok && strings.EqualFold(status, "paid") {
		t.Violation(a, "PAY-ONLY-001", "$.data.invoice.status", "unpaid", fmt.Sprintf("invoice %s as before, for invoice %s was paid", other, p.Invoice), strconv.Quote(status))
	}
}
