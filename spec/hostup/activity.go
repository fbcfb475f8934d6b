package hostup

import (
	"encoding/json"
	"slices"
	"strconv"

	"github.com/hostup/api-conformance/spec"
)

// checkPage: no property of a page is marked as required, but an object with none of them
// is no page.
func checkPage(k *spec.Judgement) {
	if page := k.Object(); page != nil && !hasAny(page, "kind", "entries", "hasMore") {
		k.Report("ACT-READ-001", k.InBody(), "members", "at least one of kind, entries and hasMore", memberNames(page))
	}
}

func saysKind(k *spec.Judgement) bool { return k.Query().Has("kind") && hasAny(k.Object(), "kind") }

func checkKind(k *spec.Judgement) {
	asked := k.Query()["kind"]
	if kind, ok := k.Object()["kind"].(string); ok && len(asked) == 1 && kind != asked[0] && (asked[0] == "credit" || asked[0] == "transaction") {
		k.Report("ACT-KIND-001", k.InBody("kind"), "equal", strconv.Quote(asked[0])+", as asked for", strconv.Quote(kind))
	}
}

// isTransactions applies to pages with documented rows: those of kind credit are
// undocumented.
func isTransactions(k *spec.Judgement) bool {
	return isSuccessOf(listActivity)(k) && !spec.MayMean(k.Query()["kind"], "credit")
}

// showsRow reports whether the page has rows with each of the properties.
func showsRow(members ...string) func(*spec.Judgement) bool {
	return func(k *spec.Judgement) bool {
		return !slices.ContainsFunc(members, func(m string) bool { return !anyRow(k.Object()["entries"], m) })
	}
}

func entries(k *spec.Judgement) []any {
	rows, _ := k.Object()["entries"].([]any)
	return rows
}

func checkRowIDs(k *spec.Judgement) { uniqueIDs(k, "ACT-ID-001", entries(k), "entries") }

// checkMoney judges the currency of each row, and the amount by its currency.
func checkMoney(k *spec.Judgement) {
	for i, row := range entries(k) {
		r, _ := row.(map[string]any)
		at := []string{"entries", strconv.Itoa(i)}
		code, _ := r["currencyCode"].(string)
		if !upperCode(code) {
			continue // the schema checks the format
		}
		if !isCurrency(code) {
			k.Report("ACT-CURRENCY-001", k.InBody(append(at, "currencyCode")...), "iso-4217", "a code of ISO 4217", strconv.Quote(code))
			continue
		}
		scale, ok := minorUnits(code)
		if amount, isNumber := r["amount"].(json.Number); ok && isNumber && decimals(amount.String()) > scale {
			k.Report("ACT-AMOUNT-001", k.InBody(append(at, "amount")...), "precision", "at most "+strconv.Itoa(scale)+" decimals, as "+code+" has", amount.String())
		}
	}
}
