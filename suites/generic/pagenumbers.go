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

// led judges that a page which another one follows does not say in its next that none does: a
// link without an address, where others of its links have one. A mark may be for other ways
// to ask.
func (s *suite) led(t *rule.T, o *spec.Operation, all, first, second listing) {
	body, _ := first.answer.Value().(map[string]any)
	for _, name := range []string{"links", "_links"} {
		links, _ := body[name].(map[string]any)
		v, says := links["next"]
		own, _ := links["self"].(string)
		if says && v == nil && own != "" && len(second.rows) > 0 && s.unmoved(t, o, all) {
			t.Violation(first.answer, "LIST-PAGE-001", "$."+name+".next", "present", fmt.Sprintf("the address of the next page, which has %d rows", len(second.rows)), "null")
		}
	}
}

// countedAlike judges that two pages of a list have one total.
func (s *suite) countedAlike(t *rule.T, o *spec.Operation, all, first, second listing) {
	place, total := s.total(o, first.answer)
	other, is := s.total(o, second.answer)
	if place != "" && place == other && total.Cmp(is) != 0 && s.unmoved(t, o, all) {
		t.Violation(second.answer, "LIST-TOTAL-001", place, "equal", total.RatString()+", as on the page before", is.RatString())
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
