package generic

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/big"
	"regexp"
	"slices"
	"strings"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/rule"
)

// totals reports whether a property of this name counts the rows of all pages. A mere
// total may also be a sum, or the number of pages.
func totals(name string) bool {
	switch name {
	case "totalcount", "totalitems", "totalelements", "totalresults", "totalrecords", "totalrows":
		return true
	}
	return false
}

// pagers reports whether an object of this name is about the pages of the list beside it.
func pagers(name string) bool {
	switch name {
	case "meta", "metadata", "pagination", "paging", "pageinfo", "page", "pager", "resultset":
		return true
	}
	return false
}

// pageCounts reports whether a property of this name is the number of pages.
func pageCounts(name string) bool {
	switch name {
	case "pages", "totalpages", "pagecount", "numpages", "lastpage":
		return true
	}
	return false
}

// What a description says of a number: that it counts, and what else it may count or be.
var (
	countWords = regexp.MustCompile(`(?i)\b(number|count|how many|quantity)\b`)
	otherWords = regexp.MustCompile(`(?i)\b(pages|amount|sum|price|cost|cents|value|estimated?|approximate(ly)?|(this|current|each|per) (page|response|request)|returned)\b`)
)

// counted judges the total of a page: there are at least the rows that were seen, and no
// others where the list ends with them.
func (s *suite) counted(t *rule.T, o *spec.Operation, all, page listing, limit spec.Input, query []spec.Input) {
	for _, l := range []listing{all, page} {
		place, total := s.total(o, l.answer)
		if place == "" {
			continue
		}
		switch total.Cmp(big.NewRat(int64(len(all.rows)), 1)) {
		case -1:
			if s.unmoved(t, o, all) {
				t.Violation(l.answer, "LIST-TOTAL-001", place, "counted", fmt.Sprintf("%d or more, which is how many rows the list has", len(all.rows)), total.RatString())
				return
			}
		case 1:
			if s.ended(t, o, all, page, limit, query) && s.unmoved(t, o, all) {
				t.Violation(l.answer, "LIST-TOTAL-001", place, "counted", fmt.Sprintf("%d, which is how many rows the list has in all pages", len(all.rows)), total.RatString())
			}
			return
		}
	}
}

// ended reports whether nothing follows the rows of a list: the target says so, or shows
// nothing when it is asked.
func (s *suite) ended(t *rule.T, o *spec.Operation, all, page listing, limit spec.Input, query []spec.Input) bool {
	const note = "what follows the last row"
	size := json.Number(jsonOf(len(all.rows)))
	nothing := func(values ...value) bool {
		rest, ok := s.with(t, o, note, values...)
		return ok && len(rest.rows) == 0 && lists(rest.answer.Value(), 1) == 1
	}
	if p, ok := called(query, offsets); ok {
		v, ok := s.build.Typed(p.Schema, size)
		return ok && nothing(value{p, v})
	}
	if _, ok := called(query, cursors); ok {
		return over(all.answer, page.answer)
	}
	sampler, err := s.build.Sampler()
	if p, ok := called(query, pages); ok && err == nil && sampler.Meets(limit.Schema, size) {
		v, ok := s.secondNumber(p)
		return ok && nothing(value{limit, size}, value{p, v})
	}
	return false
}

// total is the place and value of what says how many rows a list has in all pages: a field
// of that name, or a number of the body.
func (s *suite) total(o *spec.Operation, a *rule.Answer) (place string, total *big.Rat) {
	for _, name := range []string{"X-Total-Count", "X-Total"} {
		if n, isNumber := number(json.Number(a.Response.Header.Get(name))); isNumber && n.IsInt() {
			return "header " + name, n
		}
	}
	if place, total = s.totalOf(o, a); place != "" {
		place = "$." + place
	}
	return place, total
}

// totalOf is the one number of a body that says how many rows its list has in all pages: by
// its name, by what the document says of it, or by what is beside it.
func (s *suite) totalOf(o *spec.Operation, a *rule.Answer) (place string, total *big.Rat) {
	body, _ := a.Value().(map[string]any)
	for _, at := range aboutList(body) {
		beside, _ := valueAt(body, at).(map[string]any)
		for name, v := range beside {
			n, isNumber := number(v)
			if !isNumber || !n.IsInt() || !s.countsRows(o, a, append(slices.Clone(at), name), beside) {
				continue
			}
			if place != "" {
				return "", nil
			}
			place, total = strings.Join(append(slices.Clone(at), name), "."), n
		}
	}
	return place, total
}

// aboutList are the places of the objects of a body that hold its list, and of those
// beside it that are about its pages.
func aboutList(body map[string]any) (places [][]string) {
	at := []string{}
	for o := body; o != nil; {
		inner := ""
		for name, v := range o {
			if _, isList := v.([]any); isList {
				places = append(places, at)
			}
			below, isObject := v.(map[string]any)
			switch {
			case isObject && pagers(plainName(name)):
				places = append(places, append(slices.Clone(at), name))
			case isObject && lists(below, 1) > 0:
				inner = name
			}
		}
		if inner == "" {
			break
		}
		at, o = append(slices.Clone(at), inner), o[inner].(map[string]any)
	}
	return places
}

// said is what the document says of a property of a body.
func (s *suite) said(o *spec.Operation, a *rule.Answer, place ...string) string {
	sampler, err := s.build.Sampler()
	out := s.output(o, a)
	if err != nil || out == "" {
		return ""
	}
	of, _ := sampler.Described(out, place...)
	return of.About
}

func (s *suite) countsRows(o *spec.Operation, a *rule.Answer, place []string, beside map[string]any) bool {
	name := plainName(place[len(place)-1])
	if name == "count" {
		return s.countsAll(o, a, place, beside)
	}
	if name != "total" && !totals(name) {
		return false
	}
	said := s.said(o, a, place...)
	switch {
	case otherWords.MatchString(said):
		return false
	case name != "total" || countWords.MatchString(said):
		return true
	}
	has := func(such func(name string) bool) bool {
		return slices.ContainsFunc(slices.Collect(maps.Keys(beside)), func(other string) bool { return such(plainName(other)) })
	}
	return has(offsets) || has(pageCounts) || has(limits) && !has(pages)
}

// countsAll reports whether a count beside the rows of a page is that of all pages: there
// are more than the page has, and nothing else beside it but what is about pages.
func (s *suite) countsAll(o *spec.Operation, a *rule.Answer, place []string, beside map[string]any) bool {
	l, ok := listed(a)
	n, isNumber := number(beside[place[len(place)-1]])
	if !ok || !isNumber || n.Cmp(big.NewRat(int64(len(l.rows)), 1)) <= 0 || otherWords.MatchString(s.said(o, a, place...)) {
		return false
	}
	for name, v := range beside {
		plain := plainName(name)
		_, isList := v.([]any)
		if !isList && plain != "count" && plain != "next" && plain != "previous" && !offsets(plain) && !limits(plain) && !pages(plain) && !pageCounts(plain) && !goesOn(plain) {
			return false
		}
	}
	return true
}

// countedWhole judges the number of rows that stands beside a list without pages. A server
// may cut long lists off, and say how long they are.
func (s *suite) countedWhole(t *rule.T, o *spec.Operation, a *rule.Answer) {
	const few = 10
	l, ok := listed(a)
	if !ok || len(l.rows) >= few || !s.collects(o) || slices.ContainsFunc(s.build.Inputs(o).Parameters, func(p spec.Input) bool {
		name := plainName(p.Name)
		return limits(name) || offsets(name) || pages(name) || cursors(name)
	}) {
		return
	}
	if token, address := next(a); token != "" || address != "" {
		return
	}
	if _, more := beside(a, goesOn); more == true {
		return
	}
	place, is := beside(a, func(name string) bool {
		return totals(name) || name == "count" || name == "total" && !slices.ContainsFunc(l.rows, summed)
	})
	n, isNumber := number(is)
	if !isNumber || strings.Contains(place, ".") || otherWords.MatchString(s.said(o, a, place)) || n.Cmp(big.NewRat(int64(len(l.rows)), 1)) == 0 {
		return
	}
	if again, ok := s.with(t, o, "the list again"); ok && slices.Equal(again.keys, l.keys) {
		t.Violation(a, "LIST-COUNT-001", "$."+place, "counted", fmt.Sprintf("%d, which is how many rows the list has", len(l.rows)), jsonOf(is))
	}
}

// summed reports whether a row has numbers that a total may be the sum of.
func summed(row any) bool {
	o, _ := row.(map[string]any)
	for name, v := range scalars(o) {
		if _, isNumber := number(v); isNumber && !strings.HasSuffix(generalName(name), "id") {
			return true
		}
	}
	return false
}
