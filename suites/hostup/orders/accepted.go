package orders

import (
	"fmt"
	"strconv"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/suites/env"
	"github.com/hostup/api-conformance/suites/hostup/flow"
	"github.com/hostup/api-conformance/suites/request"
	"github.com/hostup/api-conformance/suites/rule"
)

func registerAccepted(e *env.Env) {
	rule.It(e, "creates an order for an available tier", rule.Of(flow.Order, "ORD-CREATE-001", "ORD-MEMBERS-001", "ORD-FORM-001", "ORD-REDIRECT-001"), func(t *rule.T) {
		succeed(t, flow.Ordered(t), "a valid order")
	})
	rule.It(e, "accepts paymentMethod card", rule.Of(flow.Order, "ORD-PAYMETHOD-001"), func(t *rule.T) {
		r := t.Valid().WithMember("paymentMethod", "card").WithNote("paymentMethod card")
		a := flow.AcceptedOrder(t, r)
		if a.Status()/100 == 4 && flow.NoCard(t) {
			t.Skip(reporters.SkipNoData, "no card is saved that could be preferred: save one")
		}
		succeed(t, a, r.Note)
	})
	rule.It(e, "accepts paymentMethod invoice", rule.Of(flow.Order, "ORD-PAYMETHOD-001"), func(t *rule.T) {
		accept(t, t.Valid().WithMember("paymentMethod", "invoice").WithNote("paymentMethod invoice"))
	})
	rule.It(e, "accepts no paymentMethod", rule.Of(flow.Order, "ORD-PAYMETHOD-001"), func(t *rule.T) {
		accept(t, t.Valid().WithoutMember("paymentMethod").WithNote("no paymentMethod"))
	})
	rule.It(e, "charges no card for an order without paymentMethod", rule.Of(flow.Order, "ORD-UNPAID-001"), chargesNoCard)
	rule.It(e, "gives orders of different tiers ids of their own", rule.Of(flow.Order, "ORD-UNIQUE-001", "ORD-CREATE-001"), differentTiers)
}

// accept sends an order that must be accepted.
func accept(t *rule.T, r request.Request) *rule.Answer {
	return succeed(t, flow.AcceptedOrder(t, r), r.Note)
}

// succeed is MustSucceed, unless the order may be refused.
func succeed(t *rule.T, a *rule.Answer, note string) *rule.Answer {
	refusable(t, a)
	return t.MustSucceed(a, note)
}

// refusable skips the spec if the order was refused because the gate of the account is
// closed, or an order of the tier exists.
func refusable(t *rule.T, a *rule.Answer) {
	if a.Status() >= 400 && a.Status() < 500 {
		if closed := flow.GateClosed(t); closed != "" {
			t.Skip(reporters.SkipNoData, "%s", closed)
		}
		if standing := flow.Standing(t, a); standing != "" {
			t.Skip(reporters.SkipNoData, "%s", standing)
		}
	}
}

// differentTiers: a second identical order may be taken for the same one; an order of
// another tier is another order.
func differentTiers(t *rule.T) {
	first := flow.Ordered(t)
	if !first.Success() {
		t.Skip(reporters.SkipNoData, "the first order was answered with status %d, which other rules judge", first.Status())
	}
	for _, tier := range flow.TierList(t.Env) {
		if !tier.Available || tier.ID == flow.TierOf(first) {
			continue
		}
		r := flow.ValidOrder(t).WithMember("addonId", tier.ID).WithNote("another available tier")
		second := flow.AcceptedOrder(t, r)
		if !second.Success() {
			t.Limited(second)
			refusable(t, second)
			t.Violation(second, "ORD-CREATE-001", "status", "accepted", "status 201 for "+r.Note, fmt.Sprintf("status %d", second.Status()))
			t.Skip(reporters.SkipNoData, "there are no two orders to compare")
		}
		for _, member := range []string{"orderId", "invoiceId"} {
			a, okA := first.Text(member)
			b, okB := second.Text(member)
			if okA && okB && a == b {
				t.Violation(second, "ORD-UNIQUE-001", "$."+member, "unique", "an id of this order's own", strconv.Quote(b)+", as exchange "+first.ID+" has for another tier")
			}
		}
		return
	}
	if why := t.Env.NotOffered(flow.Tiers); why != "" {
		t.Skip(reporters.SkipNotOffered, "the tiers of the account cannot be listed: %s", why)
	}
	t.Skip(reporters.SkipNoData, "the account has only one available tier")
}
