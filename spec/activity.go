package spec

import (
	"math/big"
	"slices"
	"strconv"

	"golang.org/x/text/currency"
)

// checkActivity judges what a schema cannot say of one page of billing activity.
func (k *check) checkActivity() {
	page := k.object()
	if k.op.ID != "listBillingActivity" || !k.isSuccess() || page == nil {
		return
	}
	asked := k.query()["kind"]
	credit := len(asked) == 1 && asked[0] == "credit"
	if kind, ok := page["kind"].(string); ok && len(asked) == 1 && kind != asked[0] && (asked[0] == "credit" || asked[0] == "transaction") {
		k.report("ACT-KIND-001", k.inBody("kind"), "equal", strconv.Quote(asked[0])+", as asked for", strconv.Quote(kind))
	}
	rows, _ := page["entries"].([]any)
	k.uniqueIDs("ACT-ID-001", rows, "entries")
	for i, row := range rows {
		r, _ := row.(map[string]any)
		if credit || r == nil {
			continue // rows of kind credit are documented nowhere
		}
		at := []string{"entries", strconv.Itoa(i)}
		code, _ := r["currencyCode"].(string)
		unit, err := currency.ParseISO(code)
		if err != nil {
			if len(code) == 3 && code >= "AAA" && code <= "ZZZ" {
				k.report("ACT-CURRENCY-001", k.inBody(append(at, "currencyCode")...), "iso-4217", "a code of ISO 4217", strconv.Quote(code))
			}
			continue
		}
		scale, _ := currency.Standard.Rounding(unit)
		if amount, ok := number(r["amount"]); ok && decimals(amount) > scale {
			k.report("ACT-AMOUNT-001", k.inBody(append(at, "amount")...), "precision", "at most "+strconv.Itoa(scale)+" decimals, as "+code+" has", amount)
		}
	}
}

// decimals counts the decimals that a JSON number needs: 1.50 and 15e-1 need one.
func decimals(n string) int {
	r, ok := new(big.Rat).SetString(n)
	if !ok {
		return 0
	}
	count := 0
	for ten := big.NewRat(10, 1); !r.IsInt() && count < 30; count++ {
		r.Mul(r, ten)
	}
	return count
}

// uniqueIDs reports ids that stand twice in a list.
func (k *check) uniqueIDs(id string, rows []any, path ...string) {
	seen := map[string]int{}
	for i, row := range rows {
		r, _ := row.(map[string]any)
		key, ok := r["id"].(string)
		if !ok {
			continue
		}
		if first, twice := seen[key]; twice {
			at := append(slices.Clone(path), strconv.Itoa(i), "id")
			k.report(id, k.inBody(at...), "unique", "an id that no other item has", strconv.Quote(key)+", as item "+strconv.Itoa(first)+" has")
		} else {
			seen[key] = i
		}
	}
}
