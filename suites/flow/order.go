package flow

import (
	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/suites/rule"
)

// Order and Tiers are the operations that order storage and list its tiers.
const (
	Order = "orderStorageAddon"
	Tiers = "listStorageAddons"
)

// Ordered is the answer to one valid order with the documented example's
// members. The order is placed once per process.
func Ordered(t *rule.T) *rule.Answer {
	r := t.ValidFor(Order)
	t.Permit(r)
	first := false
	a, _ := t.Env.Once("order", func() any {
		first = true
		return PlaceOrder(t, func() *rule.Answer { return t.Send(r) })
	}).(*rule.Answer)
	if a == nil {
		t.Skip(reporters.SkipNoData, "no order could be placed, which other rules judge")
	}
	if !first {
		t.Use(a)
	}
	return a
}

// PlaceOrder sends an order and notes that there is one if it was accepted.
func PlaceOrder(t *rule.T, send func() *rule.Answer) *rule.Answer {
	a := send()
	if a.Success() {
		t.Env.Note("ordered")
	}
	return a
}

// GateClosed says why the account takes no order now, "" if it takes orders: the
// documented gate of the tier list. It may be closed by an order of this run, or
// have been closed before. Where the list cannot be read, a refusal after an order
// of ours is taken for it.
func GateClosed(t *rule.T) string {
	closed := "its tier list says that canAddStorage is not allowed: set HOSTUP_ACCOUNT_ID to an account that takes orders"
	ordered := t.Env.Noted("ordered")
	if ordered {
		closed = "an order of this run closed the gate of the account: test with one that takes several orders"
	}
	allowed, ok := false, false
	if t.Env.Contract.Operation(Tiers) != nil && t.Env.NotOffered(Tiers) == "" {
		allowed, ok = t.Send(t.ValidFor(Tiers)).At("actions", "canAddStorage", "allowed").(bool)
	}
	if allowed || !ok && !ordered {
		return ""
	}
	return closed
}
