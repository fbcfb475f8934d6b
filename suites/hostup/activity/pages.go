package activity

import (
	"fmt"
	"strconv"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/suites/env"
	"github.com/hostup/api-conformance/suites/hostup/flow"
	"github.com/hostup/api-conformance/suites/rule"
)

func registerPages(e *env.Env) {
	rule.Describe(e, "pages", func() {
		rule.It(e, "begin with page 0", rule.Of(flow.Activity, "ACT-PAGE-001", "ACT-PAGE-004"), pageZeroIsFirst)
		rule.It(e, "are counted from 0", rule.Of(flow.Activity, "ACT-PAGE-001"), countedFromZero)
		rule.It(e, "share no row", rule.Of(flow.Activity, "ACT-PAGE-002"), noRowTwice)
		rule.It(e, "say correctly whether there are more", rule.Of(flow.Activity, "ACT-PAGE-004"), hasMoreIsTrue)
		rule.It(e, "are empty after the last one", rule.Of(flow.Activity, "ACT-PAGE-003", "ACT-PAGE-004"), emptyAfterLast)
		for _, far := range []string{"100000", "2147483647", "2147483648", "4294967296"} {
			rule.It(e, "are empty far after the last one, at "+far, rule.Of(flow.Activity, "ACT-PAGE-003", "ACT-PAGE-004"), func(t *rule.T) { emptyFarAway(t, far) })
		}
	})
}

// pageZeroIsFirst: the first rows are on page 0, and a request without a page lists the
// same. The list may grow between two requests, so they alternate and must agree once.
func pageZeroIsFirst(t *rule.T) {
	var page flow.Page
	var none *rule.Answer
	for range attempts {
		none = t.Served(t.Valid().WithQuery("kind", "transaction"))
		page = flow.ReadPage(t, 0)
		if equalIDs(none.List("entries"), page.Rows) && equalMore(none, page.Answer) {
			if len(page.Rows) == 0 {
				noRow(t)
			}
			return
		}
	}
	if equalIDs(none.List("entries"), page.Rows) {
		t.Violation(none, "ACT-PAGE-004", "$.hasMore", "truth", fmt.Sprintf("%v, as page 0 says, which has the same rows", page.Answer.At("hasMore")), fmt.Sprint(none.At("hasMore")))
		return
	}
	t.Violation(page.Answer, "ACT-PAGE-001", "page 0", "first", "the rows that a request without page lists: "+ids(none.List("entries")), ids(page.Rows))
}

// countedFromZero: if page 1 repeats page 0 and page 2 continues, the target counts from
// 1 and takes 0 for 1.
func countedFromZero(t *rule.T) {
	pages, _, steady := flow.Pages(t)
	if len(pages) < 3 || !steady {
		t.Skip(reporters.SkipNoData, "needs three pages that do not change while they are read: use an account with more transactions")
	}
	zero, one, two := pages[0], pages[1], pages[2]
	if len(flow.IDs(zero.Rows)) > 0 && equalIDs(zero.Rows, one.Rows) && !equalIDs(one.Rows, two.Rows) {
		t.Violation(one.Answer, "ACT-PAGE-001", "page 1", "second", "the rows that follow those of page 0", "the rows of page 0: "+ids(one.Rows))
	}
}

func noRowTwice(t *rule.T) {
	pages, _, steady := flow.Pages(t)
	if !steady {
		t.Skip(reporters.SkipNoData, "the list grew during each of three readings: use an account that nobody else uses")
	}
	on := map[string]int{}
	for _, p := range pages {
		for i, id := range flow.IDs(p.Rows) {
			first, twice := on[id]
			if twice && first != p.Number {
				t.Violation(p.Answer, "ACT-PAGE-002", fmt.Sprintf("$.entries[%d].id", i), "disjoint", "a row that is on no other page",
					fmt.Sprintf("%s on page %d, and on page %d before", strconv.Quote(id), p.Number, first))
				return // rows that moved are one cause
			}
			on[id] = p.Number
		}
	}
	if len(pages) < 2 {
		t.Skip(reporters.SkipNoData, "the activity has one page only: use an account with more transactions")
	}
}

func hasMoreIsTrue(t *rule.T) {
	pages, whole, _ := flow.Pages(t)
	full := -1 // the last page with rows
	for i, p := range pages {
		if len(p.Rows) > 0 {
			full = i
		}
	}
	for i, p := range pages[max(full, 0):] {
		more, ok := p.More()
		if !ok || !more {
			continue
		}
		if len(p.Rows) == 0 {
			endsThere(t, p.Answer, p.Number)
			return
		}
		if max(full, 0)+i+1 < len(pages) {
			t.Violation(p.Answer, "ACT-PAGE-004", "$.hasMore", "truth", fmt.Sprintf("false, for page %d has no rows", p.Number+1), "true")
			return
		}
	}
	if last := pages[len(pages)-1]; whole {
		if more, ok := last.More(); ok && !more {
			next := t.Send(flow.ActivityPage(t, last.Number+1))
			if new := unseen(next.List("entries"), pages); next.Success() && new > 0 {
				t.Violation(last.Answer, "ACT-PAGE-004", "$.hasMore", "truth", fmt.Sprintf("true, for page %d has %d more rows", last.Number+1, new), "false")
			}
		}
	}
}

// emptyAfterLast: the status for a page beyond the end is undocumented. It may be
// refused, but it has no rows.
func emptyAfterLast(t *rule.T) {
	pages, whole, _ := flow.Pages(t)
	if !whole {
		t.Skip(reporters.SkipNoData, "the activity has more than %d pages: read them all with --max-pages", t.Env.Config.MaxPages)
	}
	last := pages[len(pages)-1].Number
	next := t.Survives(flow.ActivityPage(t, last+1).WithNote("the page after the last"))
	rows := next.List("entries")
	if next.Success() && len(rows) > unseen(rows, pages) {
		t.Violation(next, "ACT-PAGE-003", "$.entries", "empty", fmt.Sprintf("no rows on page %d, for page %d is the last", last+1, last), ids(rows))
	}
	endsThere(t, next, last+1)
}

func emptyFarAway(t *rule.T, page string) {
	flow.ReadPage(t, 0) // a target that refuses every page proves nothing
	a := t.Survives(t.Valid().WithQuery("kind", "transaction").WithQuery("page", page).WithNote("page=" + page))
	if rows := a.List("entries"); a.Success() && len(rows) > 0 {
		t.Violation(a, "ACT-PAGE-003", "$.entries", "empty", "no rows on page "+page, ids(rows))
	}
	endsThere(t, a, page)
}

// endsThere: a client that reads on while hasMore is true would never stop at an empty
// page that says so.
func endsThere(t *rule.T, a *rule.Answer, page any) {
	if rows, isList := a.At("entries").([]any); a.Success() && isList && len(rows) == 0 && a.At("hasMore") == true {
		t.Violation(a, "ACT-PAGE-004", "$.hasMore", "truth", "false on a page without rows", fmt.Sprintf("true on page %v", page))
	}
}

// equalMore reports whether two responses do not contradict each other about hasMore.
func equalMore(a, b *rule.Answer) bool {
	x, okX := a.At("hasMore").(bool)
	y, okY := b.At("hasMore").(bool)
	return !okX || !okY || x == y
}

// unseen counts the rows that none of the pages has.
func unseen(rows []any, pages []flow.Page) int {
	known := map[string]bool{}
	for _, p := range pages {
		for _, id := range flow.IDs(p.Rows) {
			known[id] = true
		}
	}
	n := 0
	for _, id := range flow.IDs(rows) {
		if !known[id] {
			n++
		}
	}
	return n
}

func equalIDs(a, b []any) bool { return ids(a) == ids(b) }

// ids describes rows by their number and their first and last ids.
func ids(rows []any) string {
	all := flow.IDs(rows)
	if len(all) == 0 {
		return fmt.Sprintf("%d rows", len(rows))
	}
	return fmt.Sprintf("%d rows from %s to %s", len(rows), all[0], all[len(all)-1])
}
