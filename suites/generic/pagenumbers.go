package generic

import (
	"fmt"
	"math/big"
	"strings"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/rule"
)

// goesOn reports whether a property of this name says that another page follows.
func goesOn(name string) bool {
	switch name {
	case "hasmore", "hasnext", "hasnextpage", "hasmorepages", "hasmoreitems":
		return true
	}
	return false
}

// pagesCounted judges how many pages a page of n rows says that there are: as many as its
// own total needs. A last page may be counted from 0.
func (s *suite) pagesCounted(t *rule.T, o *spec.Operation, page listing, n int) {
	_, total := s.total(o, page.answer)
	if total == nil || len(page.rows) != n || total.Cmp(big.NewRat(int64(n), 1)) <= 0 || !total.Num().IsInt64() {
		return
	}
	want := (total.Num().Int64() + int64(n) - 1) / int64(n)
	place, is := beside(page.answer, pageCounts)
	count, isNumber := number(is)
	from0 := strings.HasSuffix(plainName(place), "lastpage") && isNumber && count.Cmp(big.NewRat(want-1, 1)) == 0
	if isNumber && count.Cmp(big.NewRat(want, 1)) != 0 && !from0 {
		t.Violation(page.answer, "LIST-TOTAL-001", "$."+place, "counted", fmt.Sprintf("%d, the pages of %d rows that a total of %s makes", want, n, total.RatString()), jsonOf(is))
	}
}

// followed judges that a page which another one follows does not say that none does.
func followed(t *rule.T, first, second listing) {
	if place, more := beside(first.answer, goesOn); more == false && len(second.rows) > 0 {
		t.Violation(first.answer, "LIST-PAGE-001", "$."+place, "equal", fmt.Sprintf("true, as the next page has %d rows", len(second.rows)), "false")
	}
}

// finished judges that an answer which leads nowhere does not say that more follows.
func finished(t *rule.T, l listing) {
	if place, more := beside(l.answer, goesOn); more == true && ends(l.answer) {
		t.Violation(l.answer, "LIST-PAGE-001", "$."+place, "equal", "false, or what leads to the next page", "true and nothing that leads there")
	}
}

// beside is the place and value of the one property of a body, outside of its rows, that
// has such a name.
func beside(a *rule.Answer, such func(name string) bool) (place string, is any) {
	body, _ := a.Value().(map[string]any)
	all := map[string]any{}
	flatten(all, "", body)
	for _, at := range ordered(all) {
		if !such(plainName(at[strings.LastIndex(at, ".")+1:])) || all[at] == nil {
			continue
		}
		if place != "" {
			return "", nil
		}
		place, is = at, all[at]
	}
	return place, is
}
