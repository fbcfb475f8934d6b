package spec

import (
	"math/big"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/currency"
)

// checkActivity judges what a schema cannot say of one page of billing activity.
func (k *check) checkActivity() {
	page := k.object()
	if k.op.ID != "listBillingActivity" || !k.isSuccess() || page == nil {
		return
	}
	// No member is marked as required, but an object with none of them is no page.
	if !hasAny(page, "kind", "entries", "hasMore") {
		k.report("ACT-READ-001", k.inBody(), "members", "at least one of kind, entries and hasMore", memberNames(page))
	}
	asked := k.query()["kind"]
	credit := mayMean(asked, "credit")
	if kind, ok := page["kind"].(string); ok && len(asked) == 1 && kind != asked[0] && (asked[0] == "credit" || asked[0] == "transaction") {
		k.report("ACT-KIND-001", k.inBody("kind"), "equal", strconv.Quote(asked[0])+", as asked for", strconv.Quote(kind))
	}
	rows, _ := page["entries"].([]any)
	if !credit {
		k.uniqueIDs("ACT-ID-001", rows, "entries")
	}
	for i, row := range rows {
		r, _ := row.(map[string]any)
		if credit || r == nil {
			continue // rows of kind credit are documented nowhere
		}
		at := []string{"entries", strconv.Itoa(i)}
		code, _ := r["currencyCode"].(string)
		if !upperCode(code) {
			continue // the form is the schema's business
		}
		if !isCurrency(code) {
			k.report("ACT-CURRENCY-001", k.inBody(append(at, "currencyCode")...), "iso-4217", "a code of ISO 4217", strconv.Quote(code))
			continue
		}
		scale, ok := minorUnits(code)
		if amount, isNumber := number(r["amount"]); ok && isNumber && decimals(amount) > scale {
			k.report("ACT-AMOUNT-001", k.inBody(append(at, "amount")...), "precision", "at most "+strconv.Itoa(scale)+" decimals, as "+code+" has", amount)
		}
	}
}

func upperCode(code string) bool {
	return len(code) == 3 && strings.IndexFunc(code, func(c rune) bool { return c < 'A' || c > 'Z' }) < 0
}

// youngCurrencies are codes that ISO 4217 has gained since the tables of
// golang.org/x/text were made.
var youngCurrencies = []string{"SLE", "UYW", "VED", "XAD", "XCG", "ZWG"}

func isCurrency(code string) bool {
	_, err := currency.ParseISO(code)
	return err == nil || slices.Contains(youngCurrencies, code)
}

// minorUnits are the decimals of a currency in ISO 4217; ok is false for those
// that have none to speak of (gold, test codes). golang.org/x/text has the
// decimals that people write, which are fewer: no dinar of Serbia for it.
func minorUnits(code string) (scale int, ok bool) {
	switch code {
	case "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND", "VUV", "XAF", "XOF", "XPF":
		return 0, true
	case "BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND":
		return 3, true
	case "CLF", "UYW":
		return 4, true
	case "XCD", "XCG":
		return 2, true
	}
	return 2, code[0] != 'X'
}

// decimals counts the decimals that a JSON number needs: 1.50 and 15e-1 need one.
func decimals(n string) int {
	if !strings.ContainsAny(n, "eE") { // nearly all
		_, fraction, _ := strings.Cut(n, ".")
		return len(strings.TrimRight(fraction, "0"))
	}
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

func hasAny(o map[string]any, names ...string) bool {
	return slices.ContainsFunc(names, func(n string) bool { _, ok := o[n]; return ok })
}
