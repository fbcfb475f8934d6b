package orders

import (
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/suites/hostup/flow"
	"github.com/hostup/api-conformance/suites/rule"
)

// chargesNoCard: an order without paymentMethod creates an invoice, which is paid later.
// Whether account credit is used at once is undocumented; a card payment is not allowed.
// What card as a preference does is undocumented too.
func chargesNoCard(t *rule.T) {
	const looks, pause = 2, 200 * time.Millisecond // a charge may be a job that runs after the response
	before := flow.IDs(flow.ReadPage(t, 0).Rows)
	a := accept(t, t.Valid().WithoutMember("paymentMethod").WithNote("no paymentMethod"))
	invoice, ok := a.Text("invoiceId")
	if !a.Success() || !ok || invoice == "" {
		t.Skip(reporters.SkipNoData, "the order names no invoice that could be looked for in the activity")
	}
	for n := range looks {
		page := flow.ReadPage(t, 0)
		for i, row := range page.Rows {
			if slices.Contains(before, rule.Member(row, "id")) {
				continue
			}
			if rule.Member(row, "invoiceId") == invoice && rule.Member(row, "method") == "card" && flow.Positive(flow.At(row, "amount")) {
				t.Violation(page.Answer, "ORD-UNPAID-001", fmt.Sprintf("$.entries[%d]", i), "unpaid", "no payment by card for invoice "+strconv.Quote(invoice)+", which nobody has paid", rule.Member(row, "id"))
				return
			}
		}
		if n < looks-1 && !t.Wait(pause) {
			return
		}
	}
}
