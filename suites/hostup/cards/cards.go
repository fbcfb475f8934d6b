// Package cards tests GET /api/v2/billing/cards beyond single responses, and the v1 list
// of cards.
package cards

import (
	"fmt"
	"slices"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/suites/env"
	"github.com/hostup/api-conformance/suites/hostup/flow"
	"github.com/hostup/api-conformance/suites/rule"
)

const operation = "listCards"

// Register declares the specs.
func Register(e *env.Env) {
	rule.Describe(e, "cards", func() {
		rule.It(e, "are listed", rule.Of(operation, "CARD-READ-001"), func(t *rule.T) { t.Accepted(t.Valid()) })
		rule.It(e, "are listed the same way twice", rule.Of(operation, "CARD-REPEAT-001"), sameTwice)
		rule.It(e, "of v1 are listed", rule.Of("listCardsV1", "V1CARD-READ-001"), func(t *rule.T) { t.Accepted(t.Valid()) })
		rule.Describe(e, "of the list", func() {
			rule.Each(e, operation, []string{"CARD-ID-001", "CARD-PRIMARY-001", "CARD-TYPE-001", "CARD-MEMBERS-001", "CARD-FORM-001", "LEAK-CARD-001"}, someCard)
		})
	})
}

// someCard reads the cards, which Check judges: without a card there is nothing to judge.
func someCard(t *rule.T) {
	if a := t.Served(t.Valid()); len(a.List()) == 0 {
		t.Skip(reporters.SkipNoData, noCard)
	}
}

const noCard = "no card was seen: save one for this account, or use an account that has one"

// sameTwice: a saved card does not come and go by itself. Only ids are compared, as a
// set: no order is documented.
func sameTwice(t *rule.T) {
	const times = 3
	first := t.Served(t.Valid())
	want := flow.IDs(first.List())
	slices.Sort(want)
	seen := len(want)
	for range times - 1 {
		again := t.Served(t.Valid())
		got := flow.IDs(again.List())
		slices.Sort(got)
		if !slices.Equal(want, got) {
			t.Violation(again, "CARD-REPEAT-001", "$", "same", fmt.Sprintf("the cards of exchange %s: %v", first.ID, want), fmt.Sprint(got))
			return
		}
		seen += len(got)
	}
	if seen == 0 {
		t.Skip(reporters.SkipNoData, noCard)
	}
}
