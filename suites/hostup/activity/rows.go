package activity

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/suites/env"
	"github.com/hostup/api-conformance/suites/hostup/flow"
	"github.com/hostup/api-conformance/suites/rule"
	"github.com/hostup/api-conformance/suites/rule/steady"
)

func registerRows(e *env.Env) {
	rule.Describe(e, "rows", func() {
		rule.Describe(e, "of every page", func() {
			rule.Each(e, flow.Activity, []string{
				"ACT-ROW-001", "ACT-ROW-002", "ACT-METHOD-001", "ACT-ID-001", "ACT-FORM-001", "ACT-CURRENCY-001", "ACT-AMOUNT-001", "ACT-BODY-001", "ACT-BODY-002",
			}, everyRow)
		})
		for _, kind := range []string{"transaction", "credit"} {
			rule.It(e, "of kind "+kind+" come in the same order twice", rule.Of(flow.Activity, "ACT-ORDER-001"), func(t *rule.T) { sameOrder(t, kind) })
		}
		rule.It(e, "of later pages are the same each time", rule.Of(flow.Activity, "HTTP-REPEAT-001"), sameLaterPages)
		rule.It(e, "of every page come in the same order twice", rule.Of(flow.Activity, "ACT-ORDER-001"), sameOrderEverywhere)
	})
}

// everyRow reads every page, bounded by the configuration: faults of a backend show in
// the one row with the odd payment method. Check judges each row and each page;
// ACT-PAGE-002 compares pages.
//
// A rule that no row exercised counts as not tested, see rule.Each.
func everyRow(t *rule.T) { flow.Pages(t) }

// sameOrder requests the list several times in a row. If it grows meanwhile, the shared
// rows must be in the same order.
func sameOrder(t *rule.T, kind string) {
	const times = 4 // an unstable sort shows only sometimes
	first := t.Served(t.Valid().WithQuery("kind", kind))
	rows := 0
	for range times - 1 {
		again := t.Served(t.Valid().WithQuery("kind", kind))
		a, b := flow.IDs(first.List("entries")), flow.IDs(again.List("entries"))
		rows = max(rows, len(a), len(b))
		at := map[string]int{}
		for i, id := range b {
			at[id] = i
		}
		last, common := -1, 0
		for i, id := range a {
			j, ok := at[id]
			if !ok {
				continue
			}
			common++
			if j < last {
				t.Violation(again, "ACT-ORDER-001", "$.entries", "order", "the order of exchange "+first.ID,
					fmt.Sprintf("row %s, item %d there, stands before item %d", strconv.Quote(id), i, last))
				return
			}
			last = j
		}
		// By the next request a page may have gained a few rows at its head, which may be
		// all of a short one, but it is not a different list.
		const few = 5
		if len(a) > few && len(b) > 0 && common == 0 {
			t.Violation(again, "ACT-ORDER-001", "$.entries", "same", "the rows of exchange "+first.ID, "none of them")
			return
		}
		if len(a) > 0 && len(b) == 0 {
			t.Violation(again, "ACT-ORDER-001", "$.entries", "same", fmt.Sprintf("the %d rows of exchange %s", len(a), first.ID), "no rows")
			return
		}
	}
	if rows == 0 {
		noRow(t)
	}
}

// noRow skips a spec that compares rows and saw none with an id.
func noRow(t *rule.T) {
	t.Skip(reporters.SkipNoData, "no row was seen: use an account with transactions, or with credit movements if the rule is about those")
}

// sameOrderEverywhere reads the whole list several times: rows of the same instant, which
// an unstable sort swaps, may be on any page. Growth of the list is not always noticed,
// for example if it is too long to be read completely: shared rows must be in the same
// order.
func sameOrderEverywhere(t *rule.T) {
	const times = 4 // by chance two rows have the same order every second time
	all := func() (ids []string, last *rule.Answer, whole, steady bool) {
		pages, whole, steady := flow.Pages(t)
		for _, p := range pages {
			ids = append(ids, flow.IDs(p.Rows)...)
			last = p.Answer
		}
		return ids, last, whole, steady
	}
	first, _, wholeBefore, steadyBefore := all()
	if len(first) == 0 {
		noRow(t)
	}
	for range times - 1 {
		again, answer, wholeAfter, steadyAfter := all()
		if !steadyBefore || !steadyAfter || wholeBefore != wholeAfter || wholeBefore && len(first) != len(again) {
			return // the list grew: the rules of single pages suffice
		}
		before, again := shared(first, again), shared(again, first)
		for i := range before {
			if before[i] != again[i] {
				t.Violation(answer, "ACT-ORDER-001", "pages", "order", fmt.Sprintf("row %d of the list to be %s again", i, before[i]), again[i])
				return
			}
		}
	}
}

// shared returns the ids of a that b has too, each once.
func shared(a, b []string) (both []string) {
	in, seen := map[string]bool{}, map[string]bool{}
	for _, id := range b {
		in[id] = true
	}
	for _, id := range a {
		if in[id] && !seen[id] {
			both, seen[id] = append(both, id), true
		}
	}
	return both
}

// sameLaterPages: cached or replicated pages are seldom the first one. A few of them and
// the last one suffice.
func sameLaterPages(t *rule.T) {
	pages, _, _ := flow.Pages(t)
	if len(pages) == 1 {
		t.Skip(reporters.SkipNoData, "the activity has one page only, which another spec repeats: use an account with more transactions")
	}
	last := len(pages) - 1
	for _, n := range slices.Compact([]int{1, min(2, last), last}) {
		steady.InSequence(t, flow.ActivityPage(t, n))
	}
}

func equalJSON(a, b any) bool {
	x, errA := json.Marshal(a)
	y, errB := json.Marshal(b)
	return errA == nil && errB == nil && string(x) == string(y)
}
