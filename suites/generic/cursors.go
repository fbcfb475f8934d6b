package generic

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/rule"
)

// A walk goes through the pages of a list from each to the one that it leads to.
type walk struct {
	*suite
	t          *rule.T
	list       *spec.Operation
	size       value
	cursor     spec.Input
	all, first listing
}

// on goes on from a page to the end of the list, of which that many rows were seen.
func (w *walk) on(page listing, seen int) {
	const most = 3
	had := slices.Concat(w.first.keys, page.keys)
	for range most {
		rest, ok := w.behind(w.t, w.list, w.size, w.cursor, page)
		if !ok {
			if token, address := next(page.answer); seen < len(w.all.keys) && token == "" && address == "" && w.leads() && w.unmoved(w.t, w.list, w.all) {
				w.t.Violation(page.answer, "LIST-PAGE-001", "body", "present", fmt.Sprintf("what leads to the next page, as the list has %d rows", len(w.all.keys)), fmt.Sprintf("none after %d rows", seen))
			}
			return
		}
		for _, key := range rest.keys {
			if slices.Contains(had, key) {
				w.t.Violation(rest.answer, "LIST-PAGE-001", "body", "unique", "no row of the pages before", rowOf(key)+" again")
				return
			}
		}
		if seen >= len(w.all.keys) {
			w.end(rest, page)
			return
		}
		had, seen, page = append(had, rest.keys...), seen+len(rest.keys), rest
	}
}

// end judges what follows a page with the last rows: nothing, or one page without rows that
// leads nowhere, or not to itself where the document foresees an end.
func (w *walk) end(rest, last listing) {
	again, address := next(rest.answer)
	was, before := next(last.answer)
	itself := again == was && address == before
	if again == "" {
		again = address
	}
	if place, more := beside(rest.answer, goesOn); len(rest.rows) == 0 && more == true && lastID(last, w.cursor) != "" {
		w.t.Violation(rest.answer, "LIST-PAGE-001", "$."+place, "equal", "false, as there is no row behind which the next page would begin", "true")
	}
	if len(rest.rows) == 0 && again != "" && (w.over() || itself && w.foreseesEnd(rest.answer) || !itself && w.drifts(rest)) {
		w.t.Violation(rest.answer, "LIST-PAGE-001", "body", "ended", "nothing that leads to another page after one without rows", again)
	}
}

// drifts reports whether a page without rows leads to another one, and that to a third: an
// address that moves on where nothing is. A token may be for who asks later.
func (w *walk) drifts(page listing) bool {
	token, address := next(page.answer)
	if token != "" || address == "" {
		return false
	}
	rest, ok := w.behind(w.t, w.list, w.size, w.cursor, page)
	_, third := next(rest.answer)
	return ok && len(rest.rows) == 0 && third != "" && third != address
}

// leads reports whether the first page leads on by something that a last one lacks.
func (w *walk) leads() bool {
	token, address := next(w.first.answer)
	return token != "" || address != ""
}

// over reports whether the answer with all rows leads nowhere, as its pages would at the end.
func (w *walk) over() bool { return over(w.all.answer, w.first.answer) }

// over reports whether an answer says that nothing follows, where a page before does say so.
func over(all, page *rule.Answer) bool {
	token, address := next(all)
	more, at := next(page)
	return token == "" && address == "" && (ends(all) || more == "" && at != "") // a token may be for who asks later
}

// silent reports whether nothing of an answer can lead to a next page: its body is the list
// alone, and no header tells of another one. Some cursors are the id of the last row.
func silent(a *rule.Answer, cursor spec.Input) bool {
	if _, isList := a.Value().([]any); !isList || plainName(cursor.Name) == "startingafter" {
		return false
	}
	for name := range a.Response.Header {
		plain := plainName(name)
		for _, word := range []string{"link", "next", "cursor", "token", "page", "more"} {
			if strings.Contains(plain, word) {
				return false
			}
		}
	}
	return true
}

// behind asks for the page that another one leads to.
func (s *suite) behind(t *rule.T, o *spec.Operation, size value, cursor spec.Input, page listing) (listing, bool) {
	token, address := next(page.answer)
	if token == "" && address == "" {
		token = lastID(page, cursor)
	}
	if token == "" {
		return s.follow(t, o, address, page)
	}
	v, ok := s.build.Typed(cursor.Schema, token)
	if !ok {
		return listing{}, false
	}
	return s.with(t, o, "the next page", size, value{cursor, v})
}

// lastID is the id of the last row of a page that says that more follows, where the next one
// begins behind a row: starting_after.
func lastID(page listing, cursor spec.Input) string {
	_, more := beside(page.answer, goesOn)
	if plainName(cursor.Name) != "startingafter" || more != true || len(page.rows) == 0 {
		return ""
	}
	row, _ := page.rows[len(page.rows)-1].(map[string]any)
	if id := row["id"]; scalarValue(id) {
		return text(id)
	}
	return ""
}

// foreseesEnd reports whether the document allows an answer that leads to no next page:
// others are for those who ask again later.
func (w *walk) foreseesEnd(a *rule.Answer) bool {
	sampler, err := w.build.Sampler()
	out := w.output(w.list, a)
	body, _ := a.Value().(map[string]any)
	if _, more := beside(a, goesOn); err != nil || out == "" || more == false {
		return false
	}
	all := map[string]any{}
	flatten(all, "", body)
	for place, v := range all {
		if _, isText := v.(string); isText && strings.Contains(plainName(place), "next") {
			return sampler.Meets(out, with(body, strings.Split(place, "."), nil)) || sampler.Meets(out, with(body, strings.Split(place, "."), ""))
		}
	}
	return false
}

// with is an object with another value at a place.
func with(o map[string]any, place []string, v any) map[string]any {
	o = maps.Clone(o)
	if inner, isObject := o[place[0]].(map[string]any); isObject && len(place) > 1 {
		o[place[0]] = with(inner, place[1:], v)
	} else {
		o[place[0]] = v
	}
	return o
}
