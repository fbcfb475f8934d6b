package orders

import (
	"fmt"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/suites/env"
	"github.com/hostup/api-conformance/suites/hostup/flow"
	"github.com/hostup/api-conformance/suites/request"
	"github.com/hostup/api-conformance/suites/rule"
)

// noSuchTier looks like the documented example and is a tier of no account.
const noSuchTier = "storage-999983gb"

// registerTiers: addonId names a tier of the account that is available.
func registerTiers(e *env.Env) {
	it := about(e)
	it("names addonId where it is wrong", "PROB-ERRORS-003", func(t *rule.T) {
		for _, wrong := range []any{noSuchTier, 10} {
			a := flow.PlaceOrder(t, func() *rule.Answer {
				return t.Send(t.Valid().WithMember("addonId", wrong).WithNote(fmt.Sprintf("addonId %v", wrong)))
			})
			t.Blames(a, "addonId")
		}
	})
	for _, unknown := range []string{noSuchTier, "", "storage", "-1"} {
		it(fmt.Sprintf("refuses addonId %q", unknown), "ORD-ADDON-001", func(t *rule.T) {
			refuse(t, t.Valid().WithMember("addonId", unknown).WithNote(fmt.Sprintf("addonId %q", unknown)), 400, 404)
		})
	}
	// An id that is read only up to its first odd character, or put into a query or a
	// path, becomes that of a tier again.
	for _, around := range []struct{ name, before, after string }{
		{"with more after it", "", "-no-such-tier"}, {"with a quote after it", "", "'--"}, {"with a path before it", "../", ""},
	} {
		it("refuses the addonId of a tier "+around.name, "ORD-ADDON-001", func(t *rule.T) {
			unknown := around.before + t.Datum("addonId") + around.after
			refuse(t, t.Valid().WithMember("addonId", unknown).WithNote(fmt.Sprintf("addonId %q", unknown)), 400, 404)
		})
	}
	it("refuses a tier that is not available", "ORD-ADDON-001", notAvailable)
}

// notAvailable: an unavailable tier is not ordered, whatever pays for it.
func notAvailable(t *rule.T) {
	for _, tier := range flow.TierList(t.Env) {
		if !tier.Available {
			r := t.Valid().WithMember("addonId", tier.ID)
			for _, f := range []struct {
				name string
				r    request.Request
			}{
				{"with paymentMethod card", r.WithMember("paymentMethod", "card")},
				{"with paymentMethod invoice", r.WithMember("paymentMethod", "invoice")},
				{"without paymentMethod", r.WithoutMember("paymentMethod")},
			} {
				refuse(t, f.r.WithNote("a tier that is not available, "+f.name), 400, 403, 404, 409)
			}
			return
		}
	}
	if why := t.Env.NotOffered(flow.Tiers); why != "" {
		t.Skip(reporters.SkipNotOffered, "the tiers of the account cannot be listed: %s", why)
	}
	if t.Env.Data["accountId"] == "" {
		t.Skip(reporters.SkipConfiguration, "%s", t.Env.WhyMissing("accountId")) // tiers were not requested
	}
	if len(flow.TierList(t.Env)) == 0 {
		t.Skip(reporters.SkipNoData, "the account has no tiers")
	}
	t.Skip(reporters.SkipNoData, "every tier of the account is available")
}
