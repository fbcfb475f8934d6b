package protocol

import (
	"bytes"
	"encoding/json"
	"slices"
	"strconv"
	"unicode/utf8"

	"github.com/hostup/api-conformance/suites/env"
	"github.com/hostup/api-conformance/suites/hostup/flow"
	"github.com/hostup/api-conformance/suites/rule"
)

// notCarriedOut: a harmless request names what does not exist, whatever else is
// strange about it. A target that accepts some of them has spent what the run may
// make, so the specs of the operation may come too late to report it.
func notCarriedOut(t *rule.T, a *rule.Answer) {
	switch {
	case !a.Success():
	case a.Operation == flow.Pay:
		t.Violation(a, "PAY-INVOICE-001", "status", "refused", "a client error for an invoice that does not exist", status(a))
	case a.Operation == flow.Order:
		notOrdered(t, a)
	}
}

// notOrdered names the rule that an accepted order of nothing breaks. addonId may
// be left out, and null may count as that.
func notOrdered(t *rule.T, a *rule.Answer) {
	body := a.Request.Body
	if len(body) > plainSize || !utf8.Valid(body) || bytes.HasPrefix(body, []byte("\ufeff")) {
		return // that it is refused in another form is enough
	}
	var order map[string]any
	if json.Unmarshal(body, &order) != nil || order == nil {
		t.Violation(a, "ORD-BODY-001", "status", "refused", "a client error for a body that is no JSON object", status(a))
		return
	}
	switch id := order["addonId"].(type) {
	case nil:
	case string:
		known := slices.ContainsFunc(t.Env.Tiers, func(tier env.Tier) bool { return tier.ID == id })
		if !known && id != t.Env.Data["addonId"] {
			t.Violation(a, "ORD-ADDON-001", "status", "refused", "a client error for the addonId "+strconv.Quote(id)+", which is not in the add-on list", status(a))
		}
	default:
		t.Violation(a, "ORD-ADDON-002", "status", "refused", "status 400 for an addonId that is not a string", status(a))
	}
}
