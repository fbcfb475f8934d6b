package generic

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/config"
	"github.com/hostup/api-conformance/suites/request"
	"github.com/hostup/api-conformance/suites/rule"
)

// limits reports whether a query parameter of this name says how much of a list is
// served. Names that mean something else elsewhere are left out, here and below.
func limits(name string) bool {
	switch name {
	case "limit", "pagesize", "perpage", "pagelimit", "maxresults", "resultsperpage", "itemsperpage", "top":
		return true
	}
	return false
}

// offsets reports whether a query parameter of this name says how many rows are left out.
func offsets(name string) bool {
	switch name {
	case "offset", "skip", "pageoffset", "startindex":
		return true
	}
	return false
}

// pages reports whether a query parameter of this name is the number of a page.
func pages(name string) bool {
	switch name {
	case "page", "pagenumber", "pageno":
		return true
	}
	return false
}

// cursors reports whether a query parameter of this name takes a token from the page
// before.
func cursors(name string) bool {
	switch name {
	case "cursor", "pagetoken", "pagecursor", "nextcursor", "continuationtoken", "startingafter":
		return true
	}
	return false
}

// lists tests that query parameters do with a list what their names say. No document says
// that the names mean this, so all of it is SHOULD.
func (s *suite) lists(o *spec.Operation) (list []probe) {
	if s.depth == config.Quick || o.Method != "GET" || o.Effect != spec.Reads || !s.env.Contract.AnswersJSON(o) {
		return nil
	}
	query := optionalQuery(s.build.Inputs(o))
	if limit, ok := limiting(query); ok {
		p := probe{area: "lists", op: o, text: "serves a list in pages", ids: []string{"LIST-LIMIT-001", "LIST-PAGE-001", "LIST-TOTAL-001"}, sends: sends(o, 0, 10, "a page of a list")}
		p.run = func(t *rule.T) { s.paged(t, o, limit, query) }
		list = append(list, p)
	}
	if len(query) > 0 {
		p := probe{area: "lists", op: o, text: "filters and sorts a list", ids: []string{"LIST-FILTER-001", "LIST-SORT-001"}, sends: sends(o, 0, 7, "a part of a list, and in order")}
		p.run = func(t *rule.T) { s.arranged(t, o, query) }
		list = append(list, p)
	}
	return list
}

func optionalQuery(in spec.Inputs) (list []spec.Input) {
	for _, p := range in.Parameters {
		if p.In == "query" && !p.Deprecated && p.Media == "" {
			list = append(list, p)
		}
	}
	return list
}

// called returns the first parameter with such a name.
func called(query []spec.Input, such func(name string) bool) (spec.Input, bool) {
	i := slices.IndexFunc(query, func(p spec.Input) bool { return such(plainName(p.Name)) })
	if i < 0 {
		return spec.Input{}, false
	}
	return query[i], true
}

// limiting is the query parameter that says how much of a list is served. A size is that
// only beside one that says where the page begins: it may be the size of what is listed.
func limiting(query []spec.Input) (spec.Input, bool) {
	if p, ok := called(query, limits); ok {
		return p, true
	}
	begins := func(name string) bool { return offsets(name) || pages(name) || cursors(name) || name == "after" }
	if _, ok := called(query, begins); !ok {
		return spec.Input{}, false
	}
	return called(query, func(name string) bool { return name == "size" || name == "count" })
}

// plainName is a name without case and signs: "page[size]" is "pagesize".
func plainName(name string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, strings.ToLower(name))
}

// A listing is an answer with the rows of its list, each with the text that tells it from
// the others.
type listing struct {
	answer *rule.Answer
	rows   []any
	keys   []string
}

// listed reads a listing; ok is false where the answer has none, rows that are alike, or
// more than one list: beside the rows it may count them or name what belongs to them.
func listed(a *rule.Answer) (l listing, ok bool) {
	const depth = 3
	if !a.Success() || lists(a.Value(), depth) > 1 {
		return l, false
	}
	l = listing{answer: a, rows: firstList(a.Value(), depth)}
	for _, row := range l.rows {
		key := jsonOf(row)
		if o, isObject := row.(map[string]any); isObject && scalarValue(o["id"]) {
			key = text(o["id"])
		}
		if slices.Contains(l.keys, key) {
			return l, false
		}
		l.keys = append(l.keys, key)
	}
	return l, true
}

// lists counts the lists of a body that are in no row of another one.
func lists(v any, depth int) (n int) {
	switch x := v.(type) {
	case []any:
		return 1
	case map[string]any:
		for name, member := range x {
			if depth > 0 && name != "_links" {
				n += lists(member, depth-1)
			}
		}
	}
	return n
}

// with asks for a list with values of query parameters.
func (s *suite) with(t *rule.T, o *spec.Operation, note string, values ...value) (listing, bool) {
	d := s.draft(t, o, nil)
	for _, v := range values {
		d = d.With(v.of, v.is)
	}
	return s.listOf(t, s.request(t, d).WithNote(note))
}

func (s *suite) listOf(t *rule.T, r request.Request) (listing, bool) { return listed(t.Send(r)) }

type value struct {
	of spec.Input
	is any
}

// whole is the list as it is served without optional parameters: at least two rows of it.
func (s *suite) whole(t *rule.T, o *spec.Operation) listing {
	all, ok := listed(s.read(t, o, nil))
	if !ok || len(all.rows) < 2 {
		t.Skip(reporters.SkipNoData, "the target does not list two things: %s", o.Name())
	}
	return all
}

// arranged judges filters and orders.
func (s *suite) arranged(t *rule.T, o *spec.Operation, query []spec.Input) {
	sampler, err := s.build.Sampler()
	if err != nil {
		return
	}
	all := s.whole(t, o)
	filters, orders := s.upTo(len(query), 0, 3), s.upTo(len(query), 0, 1)
	// What the document lists comes first: the requests may not do for all, and what a text
	// selects is known less well.
	listed := func(p spec.Input) int { return min(1, len(sampler.Listed(p.Schema))) }
	for _, p := range slices.SortedStableFunc(slices.Values(query), func(a, b spec.Input) int { return listed(b) - listed(a) }) {
		values := sampler.Listed(p.Schema)
		if v := s.chosen(sampler, all, p); filters > 0 && v != nil {
			filters--
			s.selected(t, o, all, value{p, v})
		}
		if filters > 0 {
			if v, member := divides(all, p, values); member != "" {
				filters--
				s.filtered(t, o, value{p, v}, member)
			}
		}
	}
	if orders > 0 {
		s.ordered(t, o, all, query)
	}
}

// ranked reports whether a parameter of this name selects its value and all above it.
func ranked(name string) bool {
	switch name {
	case "level", "severity", "priority", "loglevel", "threshold", "stage", "version":
		return true
	}
	return false
}

// divides is a value of a parameter that some rows of a list have in the member of its
// name and others do not, or a text that none of them has.
func divides(all listing, p spec.Input, values []any) (v any, member string) {
	name := plainName(p.Name)
	if before, inner, ok := strings.Cut(p.Name, "["); ok && plainName(before) == "filter" {
		name = plainName(inner)
	}
	if len(values) < 2 || ranked(name) {
		return nil, ""
	}
	var none any
	for _, v := range values {
		has, others := false, false
		for _, row := range all.rows {
			at, is := memberOf(row, name)
			if at == "" || !comparable(is) && is != nil {
				return nil, ""
			}
			fits := isOf(is, v)
			has, others, member = has || fits, others || !fits, at
		}
		switch {
		case has && others:
			return v, member
		case !has && none == nil:
			none = v
		}
	}
	if _, isText := none.(string); isText { // true may add what is hidden, and false hide nothing
		return none, member
	}
	return nil, ""
}

// isOf reports whether a value is that of a filter, or in its list of one.
func isOf(is, filter any) bool {
	if list, isList := filter.([]any); isList && len(list) == 1 {
		filter = list[0]
	}
	return comparable(is) && comparable(filter) && same(is, filter)
}

// memberOf is the place and value of the one member of a row with a name.
func memberOf(row any, name string) (at string, is any) {
	o, _ := row.(map[string]any)
	flatRow := map[string]any{}
	flatten(flatRow, "", o)
	for _, place := range ordered(flatRow) {
		if plainName(place[strings.LastIndex(place, ".")+1:]) == name {
			if at != "" {
				return "", nil
			}
			at, is = place, flatRow[place]
		}
	}
	return at, is
}

func (s *suite) filtered(t *rule.T, o *spec.Operation, v value, member string) {
	part, ok := s.with(t, o, "filter "+v.of.Name, v)
	if !ok {
		return
	}
	name := plainName(member[strings.LastIndex(member, ".")+1:])
	for _, row := range part.rows {
		if at, is := memberOf(row, name); at == member && !isOf(is, v.is) {
			t.Violation(part.answer, "LIST-FILTER-001", "$[*]."+member, "filtered", "rows with "+jsonOf(v.is)+", as query parameter "+v.of.Name+" says", jsonOf(is))
			return
		}
	}
}

// least is the smallest size of a page, up to what there is, that the document allows.
func least(sampler *spec.Sampler, p spec.Input, most int) (json.Number, int) {
	for n := 1; n <= most; n++ {
		if v := json.Number(jsonOf(n)); sampler.Meets(p.Schema, v) {
			return v, n
		}
	}
	return "", 0
}
