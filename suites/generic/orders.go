package generic

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/rule"
)

// ordered judges one order of a list: a value that the document lists, and the opposite of
// it, or one without an opposite.
func (s *suite) ordered(t *rule.T, o *spec.Operation, all listing, query []spec.Input) {
	sampler, err := s.build.Sampler()
	if err != nil {
		return
	}
	var directions []value
	for _, p := range query {
		values := sampler.Listed(p.Schema)
		if name, up, down := opposite(values); name != "" {
			s.sorted(t, o, all, name, []value{{p, up}}, []value{{p, down}})
			return
		}
		if up, down := rising(values); up != nil {
			directions = []value{{p, up}, {p, down}}
		}
	}
	for _, p := range query {
		if !orders(plainName(p.Name)) {
			continue
		}
		for _, v := range sampler.Listed(p.Schema) {
			name, isText := v.(string)
			switch {
			case !isText || !distinct(all, plainName(name)):
				continue
			case directions != nil:
				s.sorted(t, o, all, name, []value{{p, v}, directions[0]}, []value{{p, v}, directions[1]})
			default:
				s.arrangedBy(t, o, all, name, value{p, v})
			}
			return
		}
	}
}

// orders reports whether a query parameter of this name takes the name of what a list is
// sorted by.
func orders(name string) bool {
	switch name {
	case "sort", "sortby", "orderby", "order", "ordering", "sortfield", "sortkey":
		return true
	}
	return false
}

// opposite are a value of a list and the one that says the opposite of it, with the name of
// what both sort by: name and -name, name_asc and name_desc.
func opposite(values []any) (name string, up, down any) {
	for _, v := range values {
		word, ok := v.(string)
		if !ok {
			continue
		}
		if slices.Contains(values, any("-"+word)) {
			return word, word, "-" + word
		}
		lower := strings.ToLower(word)
		for _, end := range []string{"asc", "ascending"} {
			stem, isUp := strings.CutSuffix(lower, end)
			other := word[:len(stem)] + like(word[len(stem):], map[string]string{"asc": "desc", "ascending": "descending"}[end])
			if name := strings.TrimRight(word[:len(stem)], " _-:,.+"); isUp && name != "" && slices.Contains(values, any(other)) {
				return name, word, other
			}
		}
	}
	return "", nil, nil
}

// rising are the two values of a list that are directions alone.
func rising(values []any) (up, down any) {
	for _, v := range values {
		word, _ := v.(string)
		switch strings.ToLower(word) {
		case "asc", "ascending":
			up = v
		case "desc", "descending":
			down = v
		}
	}
	if up == nil || down == nil {
		return nil, nil
	}
	return up, down
}

// like is a word in the case of another one.
func like(word, other string) string {
	if word == strings.ToUpper(word) {
		return strings.ToUpper(other)
	}
	return other
}

// distinct reports whether all rows of a list have another value each in the member of a
// name: rows that are alike may stand in any order.
func distinct(all listing, name string) bool {
	seen := map[string]bool{}
	for _, row := range all.rows {
		at, is := memberOf(row, name)
		if at == "" || !comparable(is) || seen[jsonOf(is)] {
			return false
		}
		seen[jsonOf(is)] = true
	}
	return true
}

// sorted judges that one order is not the other one: where rows differ in what they are
// sorted by, both cannot begin alike.
func (s *suite) sorted(t *rule.T, o *spec.Operation, all listing, name string, up, down []value) {
	if !distinct(all, plainName(name)) {
		return
	}
	first, ok := s.with(t, o, "in order", up...)
	last, too := s.with(t, o, "in the other order", down...)
	if ok && too && len(first.keys) > 1 && slices.Equal(first.keys, last.keys) {
		of, was := down[len(down)-1], up[len(up)-1]
		t.Violation(last.answer, "LIST-SORT-001", "body", "sorted", "another order with "+jsonOf(of.is)+" than with "+jsonOf(was.is)+" as "+of.of.Name, "the same rows in the same order")
	}
}

// arrangedBy judges that a list is in some order by what it is asked to be sorted by: one
// that is served as without, and in no order, is not.
func (s *suite) arrangedBy(t *rule.T, o *spec.Operation, all listing, name string, by value) {
	part, ok := s.with(t, o, "in order", by)
	if ok && slices.Equal(part.keys, all.keys) && disordered(part, plainName(name)) && s.unmoved(t, o, all) {
		t.Violation(part.answer, "LIST-SORT-001", "body", "sorted", "rows in the order of "+name+", as query parameter "+by.of.Name+" says", "the same rows in the same order as without it")
	}
}

// disordered reports whether rows are neither in ascending nor in descending order of a
// number or a moment. What order words have is the choice of a server.
func disordered(l listing, name string) bool {
	up, down := true, true
	for i := 1; i < len(l.rows); i++ {
		_, before := memberOf(l.rows[i-1], name)
		_, after := memberOf(l.rows[i], name)
		c, ok := compared(before, after)
		if !ok {
			return false
		}
		up, down = up && c <= 0, down && c >= 0
	}
	return !up && !down
}

func compared(a, b any) (order int, ok bool) {
	m, isNumber := number(a)
	n, too := number(b)
	if isNumber && too {
		return m.Cmp(n), true
	}
	x, isMoment := moment(a)
	y, both := moment(b)
	return cmp.Compare(x.UnixNano(), y.UnixNano()), isMoment && both
}

// moment is the time that a text names with its zone.
func moment(v any) (at time.Time, ok bool) {
	word, _ := v.(string)
	at, err := time.Parse(time.RFC3339, strings.ToUpper(word))
	return at, err == nil
}
