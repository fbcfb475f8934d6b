package activity

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/suites/env"
	"github.com/hostup/api-conformance/suites/hostup/flow"
	"github.com/hostup/api-conformance/suites/request"
	"github.com/hostup/api-conformance/suites/rule"
)

func registerKinds(e *env.Env) {
	rule.Describe(e, "kind", func() {
		rule.It(e, "is optional", rule.Of(flow.Activity, "ACT-READ-001"), func(t *rule.T) {
			t.Accepted(t.Valid())
		})
		for _, kind := range []string{"transaction", "credit"} {
			rule.It(e, kind+" is accepted", rule.Of(flow.Activity, "ACT-KIND-003"), func(t *rule.T) {
				t.Accepted(t.Valid().WithQuery("kind", kind))
			})
			rule.It(e, kind+" is the kind that the response names", rule.Of(flow.Activity, "ACT-KIND-001"), func(t *rule.T) {
				t.Served(t.Valid().WithQuery("kind", kind)) // Check compares
			})
		}
		rule.It(e, "credit lists no transaction", rule.Of(flow.Activity, "ACT-KIND-002"), creditIsNotTransactions)
		rule.It(e, "credit lists the same whatever page is named", rule.Of(flow.Activity, "ACT-KIND-006", "ACT-KIND-002"), creditHasNoPages)
		rule.It(e, "is named by the response where none is asked for", rule.Of(flow.Activity, "ACT-KIND-007", "ACT-PAGE-004"), unnamedKind)

		// The words are an enumeration, and the documentation promises 400 for others:
		// plurals, two in one, or what a careless client sends for nothing.
		for _, wrong := range []string{"bogus", "transactions", "transaction,credit", "null", "undefined", "0", "true", "credit'--", "<b>credit</b>"} {
			rule.It(e, strconv.Quote(wrong)+" is refused", rule.Of(flow.Activity, "ACT-KIND-004"), func(t *rule.T) {
				t.RefusedInput(t.Valid().WithQuery("kind", wrong).WithNote("kind="+wrong), 400)
			})
		}
		rule.It(e, "is refused if it is wrong, whatever page is named", rule.Of(flow.Activity, "ACT-KIND-004"), func(t *rule.T) {
			for _, page := range []string{"0", "1"} {
				t.RefusedInput(t.Valid().WithQuery("kind", "bogus").WithQuery("page", page).WithNote("kind=bogus with page="+page), 400)
			}
		})
		rule.It(e, "is named where it is wrong", rule.Of(flow.Activity, "PROB-ERRORS-003"), func(t *rule.T) {
			t.Blames(t.Send(t.Valid().WithQuery("kind", "bogus").WithNote("kind=bogus")), "kind")
		})
		// Case sensitivity is undocumented, and frameworks read enumerations either way.
		for _, respelt := range []string{"Transaction", "CREDIT"} {
			rule.It(e, strconv.Quote(respelt)+" is refused", rule.Of(flow.Activity, "ACT-KIND-005"), func(t *rule.T) {
				t.RefusedInput(t.Valid().WithQuery("kind", respelt).WithNote("kind="+respelt), 400)
			})
		}
		// An empty value may count as none; which of two values counts is undocumented.
		for _, loose := range []struct{ name, query string }{
			{"an empty kind", "kind="}, {"a kind without a value", "kind"}, {"two kinds", "kind=transaction&kind=credit"}, {"a kind with a space", "kind=transaction%20"},
		} {
			rule.It(e, "survives "+loose.name, rule.Of(flow.Activity, "HTTP-ROBUST-001"), func(t *rule.T) {
				t.Survives(t.Valid().WithRawQuery(loose.query).WithNote(loose.query))
			})
		}
	})
}

// creditIsNotTransactions: rows of kind credit are undocumented, but they are not the
// transactions. A row with the id of a transaction is one, unless its amount differs: two
// tables may both count from 1.
func creditIsNotTransactions(t *rule.T) {
	pages, _, _ := flow.Pages(t)
	transactions := flow.ByID(pages)
	var rows []any
	var credit *rule.Answer
	for _, r := range []request.Request{
		t.Valid().WithQuery("kind", "credit"),
		t.Valid().WithQuery("kind", "credit").WithQuery("page", "0"),
	} {
		credit = t.Served(r)
		rows = credit.List("entries")
		for i, row := range rows {
			id := rule.Member(row, "id")
			if other, listed := transactions[id]; listed && flow.SameAmount(row, other) {
				t.Violation(credit, "ACT-KIND-002", fmt.Sprintf("$.entries[%d].id", i), "credit", "a credit movement", strconv.Quote(id)+", which kind=transaction lists too")
			}
		}
	}
	// Rows without ids can only be compared as a whole: the same list twice is the same
	// kind twice.
	first := pages[0].Rows
	if len(flow.IDs(rows)) == 0 && len(rows) > 0 && len(rows) == len(first) && slices.EqualFunc(rows, first, equalJSON) {
		t.Violation(credit, "ACT-KIND-002", "$.entries", "credit", "credit movements", "the rows of kind=transaction")
	}
	if len(rows) == 0 && len(transactions) == 0 {
		t.Skip(reporters.SkipNoData, "the account has neither transactions nor credit movements: use an account with some")
	}
}
