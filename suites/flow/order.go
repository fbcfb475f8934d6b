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

// GateClosed reports whether the account refuses further orders because of one
// that this run has placed: the documented gate of the tier list. Where the list
// cannot be read, a conflict after an order of ours is taken for it.
func GateClosed(t *rule.T) bool {
	if !t.Env.Noted("ordered") {
		return false
	}
	if t.Env.Contract.Operation(Tiers) == nil || t.Env.NotOffered(Tiers) != "" {
		return true
	}
	a := t.Send(t.ValidFor(Tiers))
	allowed, ok := a.At("actions", "canAddStorage", "allowed").(bool)
	return !ok || !allowed
}
