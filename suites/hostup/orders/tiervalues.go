package orders

import (
	"slices"
	"strconv"
	"strings"

	"github.com/hostup/api-conformance/suites/env"
	"github.com/hostup/api-conformance/suites/hostup/flow"
	"github.com/hostup/api-conformance/suites/rule"
)

// registerTierValues: addonId is a string, and other values order nothing.
func registerTierValues(e *env.Env) {
	it := about(e)
	// A parser that converts a number to text finds no tier with that name, which may be
	// 404.
	for _, wrong := range []struct {
		name string
		of   func(t *rule.T, id string) any
	}{
		{"a number", func(t *rule.T, _ string) any { return unlisted(t, 10) }},
		{"1.5", func(*rule.T, string) any { return 1.5 }},
		{"true", func(*rule.T, string) any { return true }},
		{"the number in the id", func(t *rule.T, id string) any { return unlisted(t, numberIn(id)) }},
		{"a list of the id and another", func(_ *rule.T, id string) any { return []any{id, noSuchTier} }},
		{"an object with the id", func(_ *rule.T, id string) any { return map[string]any{"id": id} }},
	} {
		it("refuses "+wrong.name+" as addonId", "ORD-ADDON-002", func(t *rule.T) {
			value, statuses := wrong.of(t, t.Datum("addonId")), []int{400}
			switch value.(type) {
			case int, float64, bool:
				statuses = []int{400, 404}
			}
			refuse(t, t.Valid().WithMember("addonId", value).WithNote("as addonId "+wrong.name), statuses...)
		})
	}
	// Frameworks that convert values turn these into the intended id: the documentation
	// does not forbid it.
	it("refuses values that convert to the id of a tier as addonId", "ORD-ADDON-003", func(t *rule.T) {
		id := t.Datum("addonId")
		refuse(t, t.Valid().WithMember("addonId", []any{id}).WithNote("as addonId a list of the id"), 400)
		if strconv.Itoa(numberIn(id)) == id {
			refuse(t, t.Valid().WithMember("addonId", numberIn(id)).WithNote("as addonId its number as a JSON number"), 400)
		}
	})
}

// numberIn returns the digits of an id as a number, as type-juggling code may compare the
// two; 10 if it has none.
func numberIn(id string) int {
	digits := strings.Map(func(c rune) rune {
		if c < '0' || c > '9' {
			return -1
		}
		return c
	}, id)
	if n, err := strconv.Atoi(digits); err == nil {
		return n
	}
	return 10
}

// unlisted returns n or the next number that does not spell the id of a tier.
func unlisted(t *rule.T, n int) int {
	spelt := func(id string) bool { return id == strconv.Itoa(n) }
	for spelt(t.Datum("addonId")) || slices.ContainsFunc(flow.TierList(t.Env), func(tier flow.Tier) bool { return spelt(tier.ID) }) {
		n++
	}
	return n
}
