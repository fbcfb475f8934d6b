package flow

import (
	"strconv"
	"strings"

	"github.com/hostup/api-conformance/suites/request"
	"github.com/hostup/api-conformance/suites/rule"
)

// Activity is the operation that lists billing activity.
const Activity = "listBillingActivity"

// A Page is one page of billing activity.
type Page struct {
	Number int
	Answer *rule.Answer
	Rows   []any
}

// More returns the page's hasMore; ok is false if it has none.
func (p Page) More() (more, ok bool) {
	more, ok = p.Answer.At("hasMore").(bool)
	return more, ok
}

func (p Page) says() bool {
	_, ok := p.More()
	return ok
}

// ActivityPage returns the request for one page of transactions.
func ActivityPage(t *rule.T, number int) request.Request {
	return t.ValidFor(Activity).WithQuery("kind", "transaction").WithQuery("page", strconv.Itoa(number))
}

// ReadPage reads one page of transactions.
func ReadPage(t *rule.T, number int) Page {
	a := t.Served(ActivityPage(t, number))
	return Page{Number: number, Answer: a, Rows: a.List("entries")}
}

// Pages reads the transactions page by page until one says that there are no more
// (whole), or the limit of the configuration is reached.
//
// A list may grow while it is read, which moves every row by one. Moved rows would look
// like rows on two pages, so the walk is repeated if the first page has changed at its
// end; steady is false if it changed every time.
func Pages(t *rule.T) (pages []Page, whole, steady bool) {
	const attempts = 3
	for range attempts {
		pages, whole = walk(t)
		if again := ReadPage(t, 0); sameIDs(again.Rows, pages[0].Rows) {
			return pages, whole, true
		}
	}
	return pages, whole, false
}

// walk continues if a page has no hasMore, which is not marked as required: the list ends
// with a page without rows, or with those of the page before. It also continues past an
// empty page that says that there are more: a server may filter the rows of a page after
// cutting it. After several of them the end is reached, and hasMore is wrong, which is a
// finding of its own.
func walk(t *rule.T) (pages []Page, whole bool) {
	const patience = 2
	empty := 0
	for n := range t.Env.Config.MaxPages {
		last := len(pages) - 1
		silent := last >= 0 && !pages[last].says()
		p := Page{Number: n}
		if silent {
			p.Answer = t.Send(ActivityPage(t, n))
			p.Rows = p.Answer.List("entries")
			if !p.Answer.Success() || len(p.Rows) == 0 || sameIDs(p.Rows, pages[last].Rows) {
				return pages, true
			}
		} else {
			p = ReadPage(t, n)
		}
		pages = append(pages, p)
		if more, ok := p.More(); ok && !more || !ok && len(p.Rows) == 0 {
			return pages, true
		}
		if len(p.Rows) > 0 {
			empty = 0
		} else if empty++; empty > patience {
			return pages, true
		}
	}
	return pages, false
}

// IDs returns the ids of rows, in their order; rows without one are left out.
func IDs(rows []any) (ids []string) {
	for _, row := range rows {
		if id := rule.Member(row, "id"); id != "" {
			ids = append(ids, id)
		}
	}
	return ids
}

// ByID returns the rows of pages by their ids.
func ByID(pages []Page) map[string]any {
	rows := map[string]any{}
	for _, p := range pages {
		for _, row := range p.Rows {
			if id := rule.Member(row, "id"); id != "" {
				rows[id] = row
			}
		}
	}
	return rows
}

// SameAmount reports whether two rows may describe the same movement of money: not if
// both have amounts that differ by more than their sign.
func SameAmount(a, b any) bool {
	x, y := Number(At(a, "amount")), Number(At(b, "amount"))
	return x == "" || y == "" || strings.TrimPrefix(x, "-") == strings.TrimPrefix(y, "-")
}

func sameIDs(a, b []any) bool {
	x, y := IDs(a), IDs(b)
	if len(x) != len(y) {
		return false
	}
	for i := range x {
		if x[i] != y[i] {
			return false
		}
	}
	return true
}
