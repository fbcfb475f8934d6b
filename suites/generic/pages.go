package generic

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/rule"
)

// paged judges the first pages of a list: each has at most as many rows as were asked
// for, and the second one goes on where the first one ends.
func (s *suite) paged(t *rule.T, o *spec.Operation, limit spec.Input, query []spec.Input) {
	all := s.whole(t, o)
	sampler, err := s.build.Sampler()
	if err != nil {
		return
	}
	size, n := half(sampler, limit, all)
	if n == 0 {
		return
	}
	of := value{limit, size}
	first, ok := s.with(t, o, "a page of "+string(size), of)
	if !ok {
		return
	}
	s.counted(t, o, all, first, limit, query)
	s.pagesCounted(t, o, first, n)
	finished(t, all)
	if len(first.rows) > n {
		t.Violation(first.answer, "LIST-LIMIT-001", "body", "limited", fmt.Sprintf("at most %d rows, as query parameter %s says", n, limit.Name), fmt.Sprintf("%d rows", len(first.rows)))
		return
	}
	had := len(first.keys) // a page may have fewer
	if had == 0 || !slices.Equal(first.keys, all.keys[:had]) {
		return // there is no order that holds
	}
	cursor, byCursor := called(query, cursors)
	_, byOffset := called(query, offsets)
	_, byNumber := called(query, pages)
	byCursor = byCursor && !byOffset && !byNumber // whoever counts pages may be told of no mark
	if byCursor && (ends(first.answer) || silent(first.answer, cursor)) && s.unmoved(t, o, all) {
		t.Violation(first.answer, "LIST-PAGE-001", "body", "present", fmt.Sprintf("what leads to the next page, as the list has %d rows", len(all.rows)), fmt.Sprintf("none after %d rows", n))
		return
	}
	if place, more := beside(first.answer, goesOn); more == false && s.unmoved(t, o, all) {
		t.Violation(first.answer, "LIST-PAGE-001", "$."+place, "equal", fmt.Sprintf("true, as the list has %d rows", len(all.rows)), "false")
		return
	}
	second, ok := s.second(t, o, of, first, query, n)
	if !ok {
		return
	}
	want := all.keys[had:min(had+n, len(all.keys))]
	if had < n {
		want = all.keys[had:max(had, lastOf(all, second))]
	}
	if slices.Equal(second.keys, want) {
		s.countedAlike(t, o, all, first, second)
		s.led(t, o, all, first, second)
		s.linked(t, o, all, first, second)
		w := &walk{suite: s, t: t, list: o, size: of, cursor: cursor, all: all, first: first}
		if byCursor {
			w.on(second, had+len(second.keys))
		}
		return
	}
	if s.unmoved(t, o, all) {
		misplaced(t, first, second, want)
	}
}

// misplaced names the first row of the second page that was on the first one, or else the
// first of want that is not on it.
func misplaced(t *rule.T, first, second listing, want []string) {
	for _, key := range second.keys {
		if slices.Contains(first.keys, key) {
			t.Violation(second.answer, "LIST-PAGE-001", "body", "unique", "no row of the page before", rowOf(key)+" again")
			return
		}
	}
	for _, key := range want {
		if !slices.Contains(second.keys, key) && len(second.keys) > 0 {
			t.Violation(second.answer, "LIST-PAGE-001", "body", "present", rowOf(key)+", which comes next without pages", "another one")
			return
		}
	}
}

// linked judges that the address of the next page which a page names is that of the page
// behind it.
func (s *suite) linked(t *rule.T, o *spec.Operation, all, first, second listing) {
	_, address := next(first.answer)
	if at := first.answer.Request.URL; at == nil || address == "" || second.answer.Request.URL == nil || strings.HasSuffix(second.answer.Request.URL.String(), address) {
		return
	}
	named, ok := s.follow(t, o, address, first)
	if ok && len(second.keys) > 0 && !slices.Equal(named.keys, second.keys) && s.unmoved(t, o, all) {
		t.Violation(first.answer, "LIST-PAGE-001", "body", "equal", "the address of the page behind this one, which begins with "+rowOf(second.keys[0]), strconv.Quote(address)+", which has other rows")
	}
}

// lastOf is how many rows a list has up to the last one that a page of it has.
func lastOf(all, page listing) (n int) {
	for i, key := range all.keys {
		if slices.Contains(page.keys, key) {
			n = i + 1
		}
	}
	return n
}

// half is the size of a page that takes a list in two, or the smallest that the document
// allows where that one is larger.
func half(sampler *spec.Sampler, limit spec.Input, all listing) (json.Number, int) {
	n := len(all.rows) / 2
	if _, isList := all.answer.Value().([]any); isList {
		n = max(1, (len(all.rows)-1)/2) // three pages: the second one leads on, too
	}
	if ends(all.answer) {
		n = (len(all.rows) + 1) / 2
	}
	if v := json.Number(jsonOf(n)); n < len(all.rows) && sampler.Meets(limit.Schema, v) {
		return v, n
	}
	return least(sampler, limit, len(all.rows)-1)
}

// ends reports whether a body says that there is no next page: by a property for it that
// is empty.
func ends(a *rule.Answer) bool {
	body, _ := a.Value().(map[string]any)
	if token, address := next(a); token != "" || address != "" {
		return false
	}
	all := map[string]any{}
	flatten(all, "", body)
	for place, v := range all {
		if strings.Contains(plainName(place), "next") && (v == nil || v == "" || v == false) {
			return true
		}
	}
	return false
}

// rowOf names a row that has an id.
func rowOf(key string) string {
	if strings.HasPrefix(key, "{") || strings.HasPrefix(key, "[") {
		return "a row"
	}
	return "row " + key
}

// unmoved reports whether the list is what it was: somebody else may have changed it.
func (s *suite) unmoved(t *rule.T, o *spec.Operation, all listing) bool {
	again, ok := s.with(t, o, "the list again")
	return ok && slices.Equal(again.keys, all.keys)
}

// second asks for the page behind the first one.
func (s *suite) second(t *rule.T, o *spec.Operation, size value, first listing, query []spec.Input, n int) (listing, bool) {
	const note = "the next page"
	if p, ok := called(query, offsets); ok {
		if v, ok := s.build.Typed(p.Schema, json.Number(jsonOf(n))); ok {
			return s.with(t, o, note, size, value{p, v})
		}
	}
	token, address := next(first.answer)
	if p, ok := called(query, cursors); ok && (token != "" || address == "" && lastID(first, p) != "") {
		return s.behind(t, o, size, p, first)
	}
	if p, ok := called(query, pages); ok {
		if v, ok := s.secondNumber(p); ok {
			return s.with(t, o, note, size, value{p, v})
		}
	}
	return s.follow(t, o, address, first)
}

// secondNumber is the number of the second page, where the document says that of the
// first: by its default, or its minimum.
func (s *suite) secondNumber(p spec.Input) (v any, ok bool) {
	sampler, err := s.build.Sampler()
	if err != nil {
		return nil, false
	}
	meets := func(n string) bool { return sampler.Meets(p.Schema, json.Number(n)) }
	switch {
	case !meets("-1") && meets("0") && meets("1"):
		return json.Number("1"), true
	case !meets("0") && meets("1") && meets("2"):
		return json.Number("2"), true
	}
	return nil, false
}

// follow asks for the address that an answer names as that of the next page, on the same
// host.
func (s *suite) follow(t *rule.T, o *spec.Operation, address string, first listing) (listing, bool) {
	at := first.answer.Request.URL
	if address == "" || at == nil {
		return listing{}, false
	}
	u, err := at.Parse(address)
	if err != nil || u.Host != at.Host || u.EscapedPath() != at.EscapedPath() {
		return listing{}, false // what is behind a gateway knows itself by another name
	}
	return s.listOf(t, s.request(t, s.draft(t, o, nil)).WithRawQuery(u.RawQuery).WithNote("the next page"))
}

var nextLink = regexp.MustCompile(`<([^>]*)>[^,]*;\s*rel="?next"?`)

// next is what an answer says of the next page: a token, or an address.
func next(a *rule.Answer) (token, address string) {
	if m := nextLink.FindStringSubmatch(a.Response.Header.Get("Link")); m != nil {
		address = m[1]
	}
	body, _ := a.Value().(map[string]any)
	all := map[string]any{}
	flatten(all, "", body)
	for _, place := range slices.Sorted(maps.Keys(all)) {
		v, isText := all[place].(string)
		name := plainName(place)
		if !isText || v == "" || !strings.Contains(name, "next") {
			continue
		}
		if strings.HasPrefix(v, "/") || strings.HasPrefix(v, "http") || strings.HasPrefix(v, "?") {
			if _, err := url.Parse(v); err == nil {
				address = v
			}
		} else {
			token = v
		}
	}
	return token, address
}
