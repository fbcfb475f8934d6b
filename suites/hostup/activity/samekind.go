package activity

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/suites/hostup/flow"
	"github.com/hostup/api-conformance/suites/rule"
)

// attempts limits how often two lists that must be equal are read: others may write
// between two requests, and a single agreement suffices.
const attempts = 3

// creditHasNoPages: the documentation says that the parameter is not used for credit
// movements. Whether a target refuses it with kind=credit is undocumented.
func creditHasNoPages(t *rule.T) {
	transactions := flow.IDs(flow.ReadPage(t, 0).Rows)
	rows := 0
	for _, page := range []string{"0", "1"} {
		plain := t.Valid().WithQuery("kind", "credit")
		paged := plain.WithQuery("page", page).WithNote("kind=credit with page=" + page)
		var want []any
		var a *rule.Answer
		same := false
		for range attempts {
			want, a = t.Served(plain).List("entries"), t.Survives(paged)
			if same = !a.Success() || equalIDs(want, a.List("entries")); same {
				break
			}
		}
		rows += len(want)
		if same {
			continue
		}
		got := a.List("entries")
		for i, id := range flow.IDs(got) {
			if slices.Contains(transactions, id) {
				t.Violation(a, "ACT-KIND-002", fmt.Sprintf("$.entries[%d].id", i), "credit", "a credit movement", strconv.Quote(id)+", which kind=transaction lists too")
				return
			}
		}
		t.Violation(a, "ACT-KIND-006", "$.entries", "unused", "what kind=credit lists without a page: "+ids(want), ids(got))
		return
	}
	if rows == 0 {
		t.Skip(reporters.SkipNoData, "the account has no credit movements: use an account with some")
	}
}

// unnamedKind: the default kind is undocumented, but a response names its own. Its rows
// must be those of a request for that kind, page by page.
func unnamedKind(t *rule.T) {
	kind, _ := t.Served(t.Valid()).Text("kind")
	if kind != "transaction" && kind != "credit" {
		t.Skip(reporters.SkipNoData, "the response to a request without kind names no documented kind, which other rules judge")
	}
	pages := []string{""}
	if kind == "transaction" {
		if more, _ := flow.ReadPage(t, 0).More(); more {
			pages = append(pages, "1")
		}
	}
	for _, page := range pages {
		unnamed, where := t.Valid(), "the first page"
		if page != "" {
			unnamed, where = unnamed.WithQuery("page", page), "page "+page
		}
		var a, b *rule.Answer
		same := false
		for range attempts {
			a, b = t.Survives(unnamed.WithNote(where+" without kind")), t.Served(unnamed.WithQuery("kind", kind))
			says, _ := a.Text("kind")
			if same = !a.Success() || says != kind || equalIDs(a.List("entries"), b.List("entries")) && equalMore(a, b); same {
				break
			}
		}
		switch {
		case same && len(pages) == 1 && len(b.List("entries")) == 0:
			noRow(t)
		case same:
		case equalIDs(a.List("entries"), b.List("entries")):
			t.Violation(a, "ACT-PAGE-004", "$.hasMore", "truth", fmt.Sprintf("%v, as kind=%s says of the same rows", b.At("hasMore"), kind), fmt.Sprint(a.At("hasMore")))
			return
		default:
			t.Violation(a, "ACT-KIND-007", "$.entries", "kind", fmt.Sprintf("%s of kind=%s, as the response says: %s", where, kind, ids(b.List("entries"))), ids(a.List("entries")))
			return
		}
	}
}
