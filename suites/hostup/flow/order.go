package flow

import (
	"encoding/json"
	"slices"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/suites/request"
	"github.com/hostup/api-conformance/suites/rule"
)

// Order and Tiers are the operations that order storage and list its tiers.
const (
	Order = "orderStorageAddon"
	Tiers = "listStorageAddons"
)

// ValidOrder returns the documented example for the account and its tier. If no card is
// saved, it uses the normal invoice flow: it is undocumented whether a preference for
// card is accepted then.
func ValidOrder(t *rule.T) request.Request {
	r := t.ValidFor(Order)
	if NoCard(t) {
		return r.WithoutMember("paymentMethod")
	}
	return r
}

// Ordered returns the response to one [ValidOrder], see [AcceptedOrder]. The order is
// placed once per process.
func Ordered(t *rule.T) *rule.Answer {
	r := ValidOrder(t)
	t.Permit(r)
	first := false
	a, _ := t.Env.Once("order", func() any {
		first = true
		return AcceptedOrder(t, r)
	}).(*rule.Answer)
	if a == nil {
		t.Skip(reporters.SkipNoData, "no order could be placed, which other rules judge")
	}
	if !first {
		t.Use(a)
	}
	return a
}

// PlaceOrder sends an order and records it if it was accepted.
func PlaceOrder(t *rule.T, send func() *rule.Answer) *rule.Answer {
	a := send()
	if a.Success() {
		t.Env.Note("ordered")
		t.Env.Note("ordered " + TierOf(a))
	}
	return a
}

// AcceptedOrder sends an order that must be accepted, and returns the response. It is
// undocumented whether a tier can be ordered again while its first order is unpaid, be
// that of this run (409, or the documented 400) or of an earlier one (409); if one is
// refused, the same order of another available tier is sent.
func AcceptedOrder(t *rule.T, r request.Request) *rule.Answer {
	place := func(r request.Request) *rule.Answer {
		return PlaceOrder(t, func() *rule.Answer { return t.Send(r) })
	}
	a := place(r)
	if !mayStand(t, a) || GateClosed(t) != "" {
		return a
	}
	for _, tier := range TierList(t.Env) {
		if !tier.Available || tier.ID == TierOf(a) || t.Env.Noted("ordered "+tier.ID) {
			continue
		}
		if a = place(r.WithMember("addonId", tier.ID)); !mayStand(t, a) {
			break
		}
	}
	return a
}

// Standing returns why a valid order was refused: its tier is not available, or an order
// of the same tier exists already; "" for any other reason. 409 says so by itself: only
// the state of the account is wrong (RFC 9110 section 15.5.10). Another refusal says so
// if the order that was accepted before is now refused in the same way.
func Standing(t *rule.T, a *rule.Answer) string {
	for _, tier := range TierList(t.Env) {
		if tier.ID == TierOf(a) && !tier.Available {
			return "the tier list says that " + tier.ID + " is not available: set HOSTUP_ADDON_ID to one that is"
		}
	}
	const why = "an order of each available tier exists already, of this run or from before: test with an account that has none, or that takes several"
	if a.Status() == 409 {
		return why
	}
	if !mayStand(t, a) {
		return ""
	}
	again := PlaceOrder(t, func() *rule.Answer {
		return t.Send(ValidOrder(t).WithMember("addonId", TierOf(a)).WithNote("the order that was accepted before"))
	})
	if again.Status() == a.Status() {
		return why
	}
	return ""
}

// mayStand reports whether an existing order of the same tier may be the reason of a
// refusal.
func mayStand(t *rule.T, a *rule.Answer) bool {
	return a.Status() == 409 || slices.Contains([]int{400, 403}, a.Status()) && t.Env.Noted("ordered "+TierOf(a))
}

// TierOf returns the tier that a request named, "" if none.
func TierOf(a *rule.Answer) string {
	var order struct{ AddonID string }
	if json.Unmarshal(a.Request.Body, &order) != nil {
		return ""
	}
	return order.AddonID
}

// GateClosed returns why the account currently takes no orders, "" if it does: the
// documented gate of the tier list. An order of this run may have closed it, or it was
// closed before. If the list cannot be read, a refusal after an order of this run counts
// as closed.
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
