package spec_test

import (
	"encoding/json"
	"fmt"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"github.com/hostup/api-conformance/spec"
)

// Random responses of the documented types. They ignore the conventions of the examples
// on purpose: what the pages allow must not be reported as a violation.

var (
	anyText = rapid.Custom(func(t *rapid.T) string {
		// digits would sometimes be a card number and rightly be reported
		return rapid.StringMatching(`[a-zA-ZåäöÅÄÖ ,.:;()<>&'"/\\éß€😀-]{0,40}`).Draw(t, "text")
	})
	anyNumber = rapid.Custom(func(t *rapid.T) json.RawMessage {
		return json.RawMessage(rapid.StringMatching(`-?(0|[1-9][0-9]{0,9})(\.[0-9]{1,3})?([eE][+-]?[0-9])?`).Draw(t, "number"))
	})
	anyTime = rapid.StringMatching(`20[01][0-9]-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]{1,6})?(Z|\+02:00)`)
	method  = rapid.SampledFrom([]any{"card", "accountCredit", "swish", "bankgiro", "sepa", "alipay", "paypal", "invoice", "other", nil})
)

func orNull[V any](g *rapid.Generator[V]) *rapid.Generator[any] {
	return rapid.OneOf(rapid.Map(g, func(v V) any { return v }), rapid.Just[any](nil))
}

func extras(t *rapid.T, o map[string]any) map[string]any {
	for range rapid.IntRange(0, 2).Draw(t, "extras") {
		o["x"+rapid.StringMatching(`[a-z]{1,6}`).Draw(t, "name")] = orNull(anyText).Draw(t, "extra")
	}
	return o
}

func id(prefix string, i int) string { return fmt.Sprintf("%s_%x", prefix, i) }

var transactionPage = rapid.Custom(func(t *rapid.T) map[string]any {
	rows := []any{}
	for i := range rapid.IntRange(0, 6).Draw(t, "rows") {
		rows = append(rows, extras(t, map[string]any{
			"id":            id("txn", i),
			"description":   orNull(anyText).Draw(t, "description"),
			"method":        method.Draw(t, "method"),
			"methodLabel":   orNull(anyText).Draw(t, "methodLabel"),
			"amount":        anyNumber.Draw(t, "amount"),
			"currencyCode":  rapid.SampledFrom([]string{"SEK", "EUR", "JPY", "KWD", "XXX", "sek"}).Draw(t, "currencyCode"),
			"createdAt":     orNull(rapid.OneOf(anyTime, anyText)).Draw(t, "createdAt"),
			"invoiceId":     orNull(anyText).Draw(t, "invoiceId"),
			"invoiceNumber": orNull(rapid.StringMatching(`[0-9]{0,12}`)).Draw(t, "invoiceNumber"),
		}))
	}
	page := extras(t, map[string]any{"kind": "transaction", "entries": rows, "hasMore": rapid.Bool().Draw(t, "hasMore")})
	for _, optional := range []string{"kind", "entries", "hasMore"} {
		if rapid.IntRange(0, 9).Draw(t, "absent") == 0 {
			// an object with none of the three is not a page
			if hasOther(page, optional) {
				delete(page, optional)
			}
		}
	}
	return page
})

var cardList = rapid.Custom(func(t *rapid.T) []any {
	list := []any{}
	for i := range rapid.IntRange(0, 3).Draw(t, "cards") {
		card := extras(t, map[string]any{
			"id":             id("card", i),
			"brand":          anyText.Draw(t, "brand"),
			"last4":          orNull(rapid.StringMatching(`[0-9]{4}`)).Draw(t, "last4"),
			"expMonth":       orNull(anyNumber).Draw(t, "expMonth"),
			"expYear":        orNull(anyNumber).Draw(t, "expYear"),
			"cardholderName": orNull(anyText).Draw(t, "cardholderName"),
			"isPrimary":      i == 0 && rapid.Bool().Draw(t, "isPrimary"),
			"addedAt":        orNull(anyTime).Draw(t, "addedAt"),
		})
		if rapid.Bool().Draw(t, "short") {
			delete(card, rapid.SampledFrom([]string{"id", "brand", "last4", "isPrimary", "addedAt"}).Draw(t, "absent"))
		}
		list = append(list, card)
	}
	return list
})

var order = rapid.Custom(func(t *rapid.T) map[string]any {
	invoice := orNull(rapid.Map(rapid.StringMatching(`[0-9A-Za-z_.~-]{1,26}`), func(s string) string { return "inv_" + s })).Draw(t, "invoiceId")
	redirect := orNull(rapid.Just(fmt.Sprintf("/billing?invoice=%v", invoice))).Draw(t, "redirectUrl")
	return extras(t, map[string]any{"invoiceId": invoice, "orderId": orNull(anyText).Draw(t, "orderId"), "redirectUrl": redirect})
})

func answer(t rapid.TB, of string, v any) spec.Exchange {
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return changed(outer, of, body(string(text)))
}

// outer is the running test: helpers require a testing.TB, rapid has its own type.
var outer testing.TB

func musts(findings []spec.Finding) (list []spec.Finding) {
	for _, f := range findings {
		if f.Level == spec.Must {
			list = append(list, f)
		}
	}
	return list
}

func TestRandomConformantAnswersBreakNoMUST(t *testing.T) {
	c := contract(t)
	outer = t
	rapid.Check(t, func(t *rapid.T) {
		for _, ex := range []spec.Exchange{
			answer(t, "activity-transactions", transactionPage.Draw(t, "page")),
			answer(t, "cards-one", cardList.Draw(t, "cards")),
			answer(t, "order-created", order.Draw(t, "order")),
		} {
			if f := musts(c.Check(ex)); f != nil {
				t.Fatalf("%s\n%+v", ex.Response.Body, f)
			}
		}
	})
}

func TestARandomMissingMemberIsOneFinding(t *testing.T) {
	c := contract(t)
	outer = t
	rapid.Check(t, func(t *rapid.T) {
		page := transactionPage.Filter(func(p map[string]any) bool { rows, _ := p["entries"].([]any); return len(rows) > 0 }).Draw(t, "page")
		rows := page["entries"].([]any)
		i := rapid.IntRange(0, len(rows)-1).Draw(t, "row")
		name := rapid.SampledFrom([]string{"id", "description", "method", "methodLabel", "amount", "currencyCode", "createdAt", "invoiceId", "invoiceNumber"}).Draw(t, "member")
		delete(rows[i].(map[string]any), name)
		expectOne(t, c.Check(answer(t, "activity-transactions", page)), "ACT-ROW-001", fmt.Sprintf("$.entries[%d].%s", i, name))

		o := order.Draw(t, "order")
		name = rapid.SampledFrom([]string{"invoiceId", "orderId", "redirectUrl"}).Draw(t, "member")
		delete(o, name)
		expectOne(t, c.Check(answer(t, "order-created", o)), "ORD-MEMBERS-001", "$."+name)
	})
}

func expectOne(t *rapid.T, findings []spec.Finding, id, where string) {
	f := musts(findings)
	if len(f) != 1 || f[0].Requirement != id || f[0].Where != where {
		t.Fatalf("want one %s at %s, got %+v", id, where, f)
	}
	for _, other := range findings[1:] {
		if other.Where == where {
			t.Fatalf("an echo: %+v", other)
		}
	}
}

// Check handles any response sensibly.
func FuzzCheck(f *testing.F) {
	for _, g := range exchanges(f) {
		f.Add(g.Operation, g.Response.Status, g.Response.Header.Get("Content-Type"), "1", g.Response.Body)
	}
	f.Add("listCards", -1, "application/json;\xff", "\xff", []byte("{\"\xff\":1,\"\xff\":1e9999}"))
	f.Add("nonsense", 404, "", "4242424242424242", []byte(`[[[[`))
	operations := map[string]string{}
	for _, g := range exchanges(f) {
		operations[g.Operation] = g.Name
	}
	c := contract(f)
	f.Fuzz(func(t *testing.T, operation string, code int, contentType, value string, text []byte) {
		of, ok := operations[operation]
		if !ok {
			of = "cards-one"
		}
		ex := changed(t, of, status(code), header("Content-Type", contentType), header("Retry-After", value), header("X-Any", value), body(string(text)))
		for _, finding := range c.Check(ex) {
			r, ok := c.Requirement(finding.Requirement)
			switch {
			case !ok || r.Level != finding.Level:
				t.Errorf("%+v is not as the catalogue says", finding)
			case finding.Want == "" || finding.Got == "" || finding.Where == "" || finding.Operation == "":
				t.Errorf("%+v lacks words", finding)
			case !utf8.ValidString(finding.Want + finding.Got + finding.Where + finding.Pointer):
				t.Errorf("%+v is not UTF-8", finding)
			}
		}
		c.Drift(ex)
	})
}

func hasOther(page map[string]any, name string) bool {
	for _, other := range []string{"kind", "entries", "hasMore"} {
		if _, ok := page[other]; ok && other != name {
			return true
		}
	}
	return false
}
