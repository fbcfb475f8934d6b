package generic

import (
	"crypto/rand"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/request"
	"github.com/hostup/api-conformance/suites/rule"
)

// searches reports whether a query parameter of this name selects what has its words.
func searches(name string) bool {
	switch name {
	case "q", "query", "search", "searchterm", "searchtext", "keyword", "keywords":
		return true
	}
	return false
}

// presents reports whether a query parameter of this name says how rows are shown, even if
// they have a property of that name.
func presents(name string) bool {
	switch name {
	case "language", "lang", "locale", "currency", "format", "fields", "include", "expand", "view", "unit", "units", "timezone", "tz", "sort", "order", "orderby", "sortby", "id", "key":
		return true
	}
	return limits(name) || offsets(name) || pages(name) || cursors(name) || ranked(name)
}

// chosen is a value of a filter that lists none, which not all rows of a list can meet:
// that of one row, or words that nothing has. It is nil where the parameter is no filter.
func (s *suite) chosen(sampler *spec.Sampler, all listing, p spec.Input) any {
	name := plainName(p.Name)
	if presents(name) || sampler.Listed(p.Schema) != nil {
		return nil
	}
	if searches(name) {
		if words := "conformance" + strings.ToLower(rand.Text()[:8]); sampler.Meets(p.Schema, words) {
			return words
		}
		return nil
	}
	if v, ok := s.labelled(sampler, all, p); ok {
		return v
	}
	member, least := leastOf(name)
	if v, ok := s.latest(sampler, all, p, member); least && ok {
		return v
	}
	member = strings.TrimSuffix(member, "contains")
	var best any
	differ := false
	for _, row := range all.rows {
		at, is := memberOf(row, member)
		text, isText := is.(string)
		n, isNumber := number(is)
		if refers := isNumber && !least && request.Refers(p.Name); refers {
			text, isText, isNumber = jsonOf(is), true, false
			differ = differ || best != nil && !same(best, is)
		}
		switch {
		case at != "" && is == nil:
			differ = differ || !least
		case at == "" || !isText && !isNumber || isNumber != least || isText && (text == "" || dated(text)):
			return nil
		case best == nil:
			best = is
		case isNumber:
			most, _ := number(best)
			if differ = differ || most.Cmp(n) != 0; n.Cmp(most) > 0 {
				best = is
			}
		default:
			word, isWord := best.(string)
			differ = differ || isWord && !strings.Contains(normal(text), normal(word))
		}
	}
	if v, ok := s.build.Typed(p.Schema, best); best != nil && differ && ok && sampler.Meets(p.Schema, v) {
		return v
	}
	return nil
}

// leastOf is the name of what a filter of this name selects by, and whether it selects that
// value and all above it.
func leastOf(name string) (member string, least bool) {
	if member, least = strings.CutPrefix(name, "min"); least {
		return member, true
	}
	for _, end := range []string{"after", "since", "from", "gte", "atleast", "min"} {
		if member, least = strings.CutSuffix(name, end); least && member != "" {
			return member, true
		}
	}
	return name, false
}

// latest is the last moment, or day, that the rows of a list have in the member of a name
// (changed, changedAt, changedOn), where it is not that of all, as the document has it in a
// filter of moments.
func (s *suite) latest(sampler *spec.Sampler, all listing, p spec.Input, name string) (v any, ok bool) {
	if sampler.Meets(p.Schema, "text") {
		return nil, false
	}
	for _, end := range []string{"", "at", "on", "date", "time"} {
		best, differ := "", false
		for _, row := range all.rows {
			_, is := memberOf(row, name+end)
			word, _ := is.(string)
			if len(word) < len(time.DateOnly) || !dated(word) {
				best = ""
				break
			}
			if !sampler.Meets(p.Schema, word) {
				word = word[:len(time.DateOnly)]
			}
			differ = differ || best != "" && best != word
			best = max(best, word)
		}
		if best != "" && differ && sampler.Meets(p.Schema, best) {
			return best, true
		}
	}
	return nil, false
}

// dated reports whether a text is a date or begins with one: a filter of that name may
// select what is no older.
func dated(text string) bool {
	if len(text) < len(time.DateOnly) {
		return false
	}
	_, err := time.Parse(time.DateOnly, text[:len(time.DateOnly)])
	return err == nil
}

// selected judges that a filter has an effect. What else it selects by is the server's
// choice: other properties, parts of words, likeness.
func (s *suite) selected(t *rule.T, o *spec.Operation, all listing, v value) {
	part, ok := s.with(t, o, "filter "+v.of.Name, v)
	if ok && slices.Equal(part.keys, all.keys) && s.unmoved(t, o, all) {
		t.Violation(part.answer, "LIST-FILTER-001", "body", "filtered", fmt.Sprintf("other rows with %s as query parameter %s than without", jsonOf(v.is), v.of.Name), fmt.Sprintf("the same %d rows", len(all.rows)))
	}
}

// labelled is one of the words that some rows have in a list of the parameter's name, such as
// labels for label, and that others do not have.
func (s *suite) labelled(sampler *spec.Sampler, all listing, p spec.Input) (v any, ok bool) {
	words := func(row any) []any {
		o, _ := row.(map[string]any)
		for _, name := range ordered(o) {
			if list, isList := o[name].([]any); isList && slices.Contains(plurals(plainName(p.Name)), plainName(name)) {
				return list
			}
		}
		return nil
	}
	for _, row := range all.rows {
		for _, word := range words(row) {
			text, isText := word.(string)
			lacks := func(other any) bool { return !slices.Contains(words(other), word) }
			if isText && text != "" && sampler.Meets(p.Schema, text) && slices.ContainsFunc(all.rows, lacks) {
				return text, true
			}
		}
	}
	return nil, false
}
