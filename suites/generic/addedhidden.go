package generic

import (
	"slices"
	"strings"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/request"
	"github.com/hostup/api-conformance/suites/rule"
)

// complete reports whether nothing follows n rows of an answer: it says so, or the document
// has no pages. How many are shown may be limited all the same, to a round number, and a
// total that is wrong may count the rows of a page.
func (s *suite) complete(o *spec.Operation, a *rule.Answer, n int) bool {
	const few, round = 10, 5
	token, address := next(a)
	_, total := s.total(o, a)
	paged := func(name string) bool { return limits(name) || offsets(name) || pages(name) || cursors(name) }
	_, inPages := called(optionalQuery(s.build.Inputs(o)), paged)
	whole := n < few || n%round != 0
	switch {
	case token != "" || address != "":
		return false
	case total != nil:
		return total.IsInt() && total.Num().IsInt64() && total.Num().Int64() == int64(n) && (!inPages || whole)
	case ends(a):
		return true
	}
	return !inPages && whole
}

// selects reports whether a list shows only what its query asks for, or what belongs to
// somebody who is named in what was added.
func (x *addition) selects() bool {
	for _, p := range x.build.Inputs(x.list.Operation).Parameters {
		if p.In == "query" && p.Required {
			return true
		}
	}
	body, _ := x.draft.Body()
	for name := range flat(body) {
		if own := name[strings.LastIndex(name, ".")+1:]; request.Refers(own) && slices.ContainsFunc(holders, func(word string) bool { return strings.Contains(generalName(own), word) }) {
			return true
		}
	}
	return false
}

// holders are whom a list may be about without a word in the document.
var holders = []string{"user", "owner", "member", "author", "assign", "customer", "client", "account", "tenant", "team", "group", "org", "recipient", "sender"}

// hides reports whether a list has a reason not to show what was added: its state is one
// that no listed row has, or it has a time, by which lists choose.
func (x *addition) hides(rows []any) bool {
	body, _ := x.draft.Body()
	for _, v := range flat(body) {
		if text, isText := v.(string); isText && dated(text) {
			return true
		}
	}
	for at, v := range scalars(unwrapped(x.made.Value())) {
		if !tells(at) || slices.ContainsFunc(rows, func(row any) bool {
			o, _ := row.(map[string]any)
			return jsonOf(valueAt(o, strings.Split(at, "."))) == jsonOf(v)
		}) {
			continue
		}
		return true
	}
	return false
}

// tells reports whether a property of such a name may say that something is not listed.
func tells(name string) bool {
	plain := generalName(name)
	return slices.ContainsFunc([]string{"stat", "approv", "publi", "visib", "draft", "pending", "moderat", "activ", "enabled", "archiv", "hidden", "privat", "verif", "confirm", "accept", "delet", "type", "kind", "completed", "done", "closed"}, func(part string) bool { return strings.Contains(plain, part) })
}

// marked reports whether a row says that it is deleted.
func marked(row any) bool {
	o, _ := row.(map[string]any)
	for at, v := range scalars(o) {
		if tells(at) && v != nil && v != false && v != "" {
			return true
		}
	}
	return false
}
