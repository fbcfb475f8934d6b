package pay

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"github.com/hostup/api-conformance/suites/env"
	"github.com/hostup/api-conformance/suites/hostup/flow"
	"github.com/hostup/api-conformance/suites/request"
	"github.com/hostup/api-conformance/suites/rule"
)

// The documentation has 400 for a refusal. Other v1 pages add 422 for input that is
// understood and wrong, so both are accepted for input; 404 is accepted for what does not
// exist. A card that cannot pay may also be a payment problem (402).
var (
	forInput   = []int{400, 422}
	forUnknown = []int{400, 403, 404, 422}
	forCard    = []int{400, 402, 403, 404, 422}
)

func registerRefusals(e *env.Env) {
	registerMembers(e)
	registerBodies(e)
	registerUnknown(e)
}

// A change turns a valid payment into one that must be refused.
type change func(t *rule.T, r request.Request) request.Request

// refused registers a spec about a payment with one change; how says which, such as
// "without cardId".
func refused(e *env.Env, how, requirement string, statuses []int, change change) {
	rule.It(e, "is not paid "+how, rule.Of(flow.Pay, requirement), func(t *rule.T) {
		refuse(t, change(t, t.Valid()).WithNote("a payment "+how), statuses...)
	})
}

// refusedLightly is refused for a change that a target may understand as intended.
func refusedLightly(e *env.Env, how, requirement string, statuses []int, change change) {
	rule.It(e, "is not paid "+how, rule.Of(flow.Pay, requirement), func(t *rule.T) {
		refuseBy(t, change(t, t.Valid()).WithNote("a payment "+how), flow.Unusual, statuses...)
	})
}

// registerMembers: a payment names its invoice and its card, each as a string.
func registerMembers(e *env.Env) {
	for _, member := range []string{"invoiceId", "cardId"} {
		refused(e, "without "+member, "PAY-BODY-001", forInput, func(t *rule.T, r request.Request) request.Request {
			return r.WithoutMember(member)
		})
		// A parser that converts a value to text finds nothing with that name.
		for _, wrong := range []any{nil, true, []any{}, map[string]any{}} {
			text, _ := json.Marshal(wrong)
			refused(e, fmt.Sprintf("with %s %s", member, text), "PAY-BODY-002", forUnknown, func(t *rule.T, r request.Request) request.Request {
				return r.WithMember(member, wrong)
			})
		}
	}
	refused(e, "by an empty object", "PAY-BODY-001", forInput, func(t *rule.T, r request.Request) request.Request {
		return r.WithJSON(map[string]any{})
	})
	// Frameworks that convert values turn these into the intended string: the
	// documentation does not forbid it.
	refusedLightly(e, "with the invoice number as a JSON number", "PAY-BODY-004", forInput, func(t *rule.T, r request.Request) request.Request {
		id := t.Datum("invoiceId")
		if !json.Valid([]byte(id)) {
			return r.WithMember("invoiceId", 49332)
		}
		return r.WithMember("invoiceId", json.Number(id))
	})
	refusedLightly(e, "with the invoice number in a list", "PAY-BODY-004", forInput, func(t *rule.T, r request.Request) request.Request {
		return r.WithMember("invoiceId", []any{t.Datum("invoiceId")})
	})
	refused(e, "with a number as cardId", "PAY-BODY-002", forUnknown, func(t *rule.T, r request.Request) request.Request {
		return r.WithMember("cardId", 1)
	})
}

// registerBodies: a payment is one JSON object.
func registerBodies(e *env.Env) {
	// INVOICE and CARD stand for those of the run: a parser that makes a payment of these
	// finds one that it can make.
	for _, b := range []struct{ name, body string }{
		{"an empty body", ""}, {"a truncated body", `{"invoiceId":"INVOICE","cardId":"CARD"`}, {"an array", `[{"invoiceId":"INVOICE","cardId":"CARD"}]`},
		{"a string", `"INVOICE"`}, {"a number", `49332`}, {"null", `null`}, {"form fields", `invoiceId=INVOICE&cardId=CARD`},
		{"a body with a trailing comma", `{"invoiceId":"INVOICE","cardId":"CARD",}`}, {"a body in single quotes", `{'invoiceId':'INVOICE','cardId':'CARD'}`},
	} {
		refused(e, "by "+b.name, "PAY-BODY-003", []int{400, 415, 422}, func(t *rule.T, r request.Request) request.Request {
			fill := strings.NewReplacer("INVOICE", t.Datum("invoiceId"), "CARD", t.Datum("cardId"))
			return r.WithBody("application/json", []byte(fill.Replace(b.body)))
		})
	}
	// Decoders that read one value from a stream (encoding/json in Go, Jackson) ignore
	// what follows it.
	refusedLightly(e, "by two JSON objects in one body", "PAY-BODY-005", []int{400, 415, 422}, func(t *rule.T, r request.Request) request.Request {
		text := fmt.Sprintf(`{"invoiceId":%q,"cardId":%q}`, t.Datum("invoiceId"), t.Datum("cardId"))
		return r.WithBody("application/json", []byte(text+text))
	})
	refused(e, "without a body", "PAY-BODY-003", []int{400, 411, 415, 422}, func(t *rule.T, r request.Request) request.Request {
		return r.WithoutBody()
	})
}

// registerUnknown: a payment names an invoice and a card that exist.
func registerUnknown(e *env.Env) {
	for _, unknown := range []string{"999999999", "0", "-1", "", "no-such-invoice"} {
		refused(e, fmt.Sprintf("with a number that no invoice has: %q", unknown), "PAY-INVOICE-001", forUnknown, func(t *rule.T, r request.Request) request.Request {
			return r.WithMember("invoiceId", unknown)
		})
	}
	// A number that is read only up to its first odd character is that of the invoice.
	for _, more := range []string{" OR 1=1", "-1", ".0x"} {
		refused(e, fmt.Sprintf("with its number followed by %q", more), "PAY-INVOICE-001", forUnknown, func(t *rule.T, r request.Request) request.Request {
			return r.WithMember("invoiceId", t.Datum("invoiceId")+more)
		})
	}
	// "Primary " is not included: whether case and space matter is undocumented, and a
	// target that accepts it charges the intended card.
	for _, unknown := range []string{"no-such-card", "", "card_01hxa3b4c5d6e7f8g9h0zzzzzz", "999999999", "0"} {
		refused(e, fmt.Sprintf("with a card that is not saved: %q", unknown), "PAY-CARD-001", forCard, func(t *rule.T, r request.Request) request.Request {
			return r.WithMember("cardId", unknown)
		})
	}
}

// refuse sends a payment that must be refused. If it is not, the invoice is spent.
func refuse(t *rule.T, r request.Request, statuses ...int) {
	refuseBy(t, r, func(t *rule.T, r request.Request) *rule.Answer {
		return flow.MakePayment(t, t.Datum("invoiceId"), func() *rule.Answer { return t.Send(r) })
	}, statuses...)
}

func refuseBy(t *rule.T, r request.Request, send func(*rule.T, request.Request) *rule.Answer, statuses ...int) {
	invoice := t.Datum("invoiceId")
	payable := wasUnpaid(t, invoice)
	a := send(t, r)
	t.MustRefuseInput(a, r.Note, statuses...)
	if payable && !a.Success() {
		stillUnpaid(t, a, invoice)
	}
}

// wasUnpaid reports whether a refusal that pays nevertheless could be detected: the
// invoice was not paid before, by this run or, if the same invoice is configured again,
// by an earlier one. It checks once per run.
func wasUnpaid(t *rule.T, invoice string) bool {
	if t.Env.Noted("paid " + invoice) {
		return false
	}
	unpaid, _ := t.Env.Once("unpaid before "+invoice, func() any {
		if !readable(t) {
			return false
		}
		status, ok := statusOf(t)
		return ok && !strings.EqualFold(status, "paid")
	}).(bool) // false if the spec that checked ended there
	return unpaid
}

// stillUnpaid: a refusal that pays nevertheless is worse than none.
func stillUnpaid(t *rule.T, a *rule.Answer, invoice string) {
	if status, ok := statusOf(t); ok && strings.EqualFold(status, "paid") {
		t.Env.Note("paid " + invoice)
		t.Violation(a, t.Requirement(), "invoice "+invoice, "unpaid", "an invoice that is still unpaid after the refusal", "status "+strconv.Quote(status))
	}
}

func readable(t *rule.T) bool {
	return t.Env.Contract.Operation(flow.Invoice) != nil && t.Env.NotOffered(flow.Invoice) == ""
}

func statusOf(t *rule.T) (status string, ok bool) {
	return t.Send(t.ValidFor(flow.Invoice)).Text("data", "invoice", "status")
}
