package orders

import (
	"encoding/json"

	"github.com/hostup/api-conformance/suites/env"
	"github.com/hostup/api-conformance/suites/hostup/flow"
	"github.com/hostup/api-conformance/suites/rule"
)

// registerPaymentMethods: paymentMethod is one of the two documented words.
func registerPaymentMethods(e *env.Env) {
	it := about(e)
	// Wrong words include other methods of the same API (swish is a method of
	// transactions) and other types.
	for _, wrong := range []any{"swish", "paypal", "accountCredit", "bogus", 1, true, []any{"card", "invoice"}, map[string]any{"type": "card"}} {
		text, _ := json.Marshal(wrong)
		it("refuses paymentMethod "+string(text), "ORD-PAYMETHOD-002", func(t *rule.T) {
			refuse(t, t.Valid().WithMember("paymentMethod", wrong).WithNote("paymentMethod "+string(text)), 400)
		})
	}
	// Frameworks that trim input, ignore case, take an empty text for none or a list of
	// one word for the word do what was meant; the documentation does not forbid it.
	for _, respelt := range []any{"CARD", "Invoice", "card ", "", []any{"card"}} {
		text, _ := json.Marshal(respelt)
		it("refuses paymentMethod "+string(text), "ORD-PAYMETHOD-003", func(t *rule.T) {
			refuse(t, t.Valid().WithMember("paymentMethod", respelt).WithNote("paymentMethod "+string(text)), 400)
		})
	}
	it("names paymentMethod where it is wrong", "PROB-ERRORS-003", func(t *rule.T) {
		a := flow.PlaceOrder(t, func() *rule.Answer {
			return t.Send(t.Valid().WithMember("paymentMethod", "bogus").WithNote("paymentMethod bogus"))
		})
		t.Blames(a, "paymentMethod")
	})
	// null may count as left out, which is documented, or as an undocumented value.
	it("survives paymentMethod null", "HTTP-ROBUST-001", func(t *rule.T) {
		place(t, t.Valid().WithMember("paymentMethod", nil).WithNote("paymentMethod null"))
	})
}
