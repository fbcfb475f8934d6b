package hostup

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"unicode/utf8"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/env"
	"github.com/hostup/api-conformance/suites/hostup/flow"
	"github.com/hostup/api-conformance/suites/hostup/settings"
	"github.com/hostup/api-conformance/suites/request"
)

// existing returns the ids that a request must name to pay or to order something.
func existing(e *env.Env, effect spec.Effect) []string {
	if effect == spec.Charges {
		return []string{e.Data[invoice], e.Config.Get(settings.DeclinedInvoice)}
	}
	return []string{e.Data[tier]}
}

// created returns what a request has created: a payment, or an order with its invoice.
func created(r request.Request, o *spec.Operation, body any) (list []env.Thing) {
	switch {
	case r.Effect == spec.Charges:
		var sent struct{ InvoiceID any }
		_ = json.Unmarshal(r.Body, &sent)
		return []env.Thing{{What: "payment", ID: fmt.Sprint(cmp.Or(sent.InvoiceID, any("(no invoice)")))}}
	case o == nil || o.Method != r.Method:
		return []env.Thing{{What: "change by " + r.Method, ID: r.Path}} // only the target knows what
	}
	answer, _ := body.(map[string]any)
	order, _ := answer["orderId"].(string)
	list = append(list, env.Thing{What: "order", ID: cmp.Or(order, "(no id)")})
	if id, ok := answer[invoice].(string); ok {
		list = append(list, env.Thing{What: "invoice", ID: id})
	}
	return list
}

// invented: an invoice that a request names and that was not configured is made up,
// whatever the spec is about.
func invented(e *env.Env, r request.Request) (b env.Breach, ok bool) {
	var sent struct{ InvoiceID any }
	_ = json.Unmarshal(r.Body, &sent)
	id, named := sent.InvoiceID.(string)
	if r.Effect != spec.Charges || !named || id == e.Config.Get(settings.Invoice) || id == e.Config.Get(settings.DeclinedInvoice) {
		return b, false
	}
	return env.Breach{Requirement: "PAY-INVOICE-001", Want: "a refusal: the run has made up the invoice " + strconv.Quote(id)}, true
}

// carriedOut returns the rule that an accepted payment or order of nothing violates. A
// target that accepts several exhausts the limits of the run, so the specs of the
// operation may be too late to report it.
func carriedOut(e *env.Env, operation string, body []byte, plain bool) (b env.Breach, ok bool) {
	switch operation {
	case flow.Pay:
		return env.Breach{Requirement: "PAY-INVOICE-001", Want: "a client error for an invoice that does not exist"}, true
	case flow.Order:
		return ordered(e, body, plain)
	}
	return b, false
}

// ordered is carriedOut for an order. addonId may be left out, and null may count as
// that.
func ordered(e *env.Env, body []byte, plain bool) (b env.Breach, ok bool) {
	if !plain || !utf8.Valid(body) || bytes.HasPrefix(body, []byte("\ufeff")) {
		return b, false // a refusal in another form is enough
	}
	var order map[string]any
	if json.Unmarshal(body, &order) != nil || order == nil {
		return env.Breach{Requirement: "ORD-BODY-001", Want: "a client error for a body that is no JSON object"}, true
	}
	switch id := order[tier].(type) {
	case nil:
	case string:
		known := slices.ContainsFunc(flow.TierList(e), func(t flow.Tier) bool { return t.ID == id })
		if !known && id != e.Data[tier] {
			return env.Breach{Requirement: "ORD-ADDON-001", Want: "a client error for the addonId " + strconv.Quote(id) + ", which is not in the add-on list"}, true
		}
	default:
		return env.Breach{Requirement: "ORD-ADDON-002", Want: "status 400 for an addonId that is not a string"}, true
	}
	return b, false
}
