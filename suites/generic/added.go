package generic

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/config"
	"github.com/hostup/api-conformance/suites/request"
	"github.com/hostup/api-conformance/suites/rule"
)

// adding: what is added to a list is in it, and gone when it is taken away. Where a single
// thing can be read, its lifecycle judges that.
func (s *suite) adding(o *spec.Operation) []probe {
	add := s.sibling(o, http.MethodPost)
	if s.depth == config.Quick || o.Method != http.MethodGet || o.Effect != spec.Reads || add == nil || add.Effect != spec.Writes || !add.Documents(http.StatusCreated) || s.item(add) != nil || !s.hasBody(add) {
		return nil
	}
	p := probe{area: "state", op: o, text: "shows what was added", ids: []string{"STATE-LIST-001", "STATE-CREATE-002", "HTTP-SERVE-001"}}
	p.sends = append(sends(add, 1, 2, "something to look for"), sends(o, 0, 3, "what was added")...)
	remove, name := s.removal(add)
	if remove != nil {
		p.ids = append(p.ids, "STATE-DELETE-001")
		p.sends = append(p.sends, sends(remove, 0, 1, "what was added")...)
	}
	p.run = func(t *rule.T) {
		find, undo := s.find(t), func() {}
		if len(spec.Placeholders(o.Path)) > 0 {
			find, undo = s.fresh(t, add)
		}
		defer undo()
		x := &addition{suite: s, t: t, add: add, list: s.draft(t, o, find)}
		if x.draft, x.made = s.makeFull(t, s.draft(t, add, find), "something to look for"); !x.made.Success() {
			t.Skip(reporters.SkipNoData, "nothing could be added: %s was answered with status %d: give data of the target with %s", add.Name(), x.made.Status(), s.hint(add))
		}
		if remove != nil {
			x.id, _ = s.createdID(x.made, remove.Path, name)
		}
		x.identify(unwrapped(x.made.Value()))
		x.answered()
		second := x.again()
		x.look()
		if second != nil {
			s.remove(t, add, second)
		}
		x.takeAway(remove, name)
	}
	return []probe{p}
}

// An addition is what a POST has added to the list at its own address.
type addition struct {
	*suite
	t      *rule.T
	add    *spec.Operation
	list   request.Draft
	draft  request.Draft // of what was added
	made   *rule.Answer
	id     any
	ids    []any        // of id, and of what was added after it
	idName string       // of the property of a row that has the id
	sure   bool         // that it is new, whatever the status of the answer
	seen   *rule.Answer // of the list that has it
}

// identify notes which property has the id of what was added, as it is shown.
func (x *addition) identify(shown map[string]any) {
	for _, property := range ordered(shown) {
		v := shown[property]
		plain := generalName(property)
		named := slices.ContainsFunc(plurals(plain[:max(0, len(plain)-len("id"))]), func(name string) bool { return name == lastSegment(x.add.Path) })
		switch {
		case !scalarValue(v):
		case x.id != nil && text(v) == text(x.id), x.id == nil && (plain == "id" || plain == "uuid" || named && plain[len(plain)-2:] == "id"):
			x.id, x.ids, x.idName = v, []any{v}, property
			return
		}
	}
}

// has reports whether a row is about what was added.
func (x *addition) has(row any) bool { return x.is(row, x.id) }

func (x *addition) is(row, id any) bool {
	o, _ := row.(map[string]any)
	return x.idName != "" && scalarValue(o[x.idName]) && text(o[x.idName]) == text(id)
}

// lacks is the id of what was added and is in no row, nil if all is there.
func (x *addition) lacks(rows []any) any {
	for _, id := range x.ids {
		if !slices.ContainsFunc(rows, func(row any) bool { return x.is(row, id) }) {
			return id
		}
	}
	return nil
}

// rows are those of an answer of the list; ok is false where each cannot be told by its id.
func (x *addition) rows(a *rule.Answer) (rows []any, ok bool) {
	const depth = 3
	if a.Status() != http.StatusOK || lists(a.Value(), depth) != 1 {
		return nil, false
	}
	rows = firstList(a.Value(), depth)
	if top := unwrapped(a.Value()); scalarValue(top[x.idName]) && strings.HasSuffix(trimmed(x.list.Operation.Path), "}") {
		return nil, false // a thing that has a list: a POST to it may make a copy
	}
	return rows, x.idName != "" && !slices.ContainsFunc(rows, func(row any) bool {
		o, isObject := row.(map[string]any)
		return !isObject || !scalarValue(o[x.idName])
	})
}

// read reads the list until an answer is good, or the time to settle is over.
func (x *addition) read(note string, good func(a *rule.Answer, rows []any) bool) (a *rule.Answer, rows []any, ok bool) {
	a = x.until(x.t, func() *rule.Answer { return x.t.Send(x.request(x.t, x.list).WithNote(note)) }, func(a *rule.Answer) bool {
		rows, ok := x.rows(a)
		return !ok || good(a, rows)
	})
	rows, ok = x.rows(a)
	return a, rows, ok
}

// look judges that the list has what was added, as it was answered, and no other list does.
func (x *addition) look() {
	if x.made.Status() != http.StatusCreated && !x.sure || x.selects() {
		return
	}
	// What may be on another page, or hidden, is not waited for: nothing would follow.
	missing := func(a *rule.Answer, rows []any) bool {
		return x.lacks(rows) != nil && x.complete(x.list.Operation, a, len(rows)) && !x.hides(rows)
	}
	a, rows, ok := x.read("what was added", func(a *rule.Answer, rows []any) bool { return !missing(a, rows) })
	if !ok {
		return
	}
	if id := x.lacks(rows); missing(a, rows) {
		x.t.Violation(a, "STATE-LIST-001", "body", "present", fmt.Sprintf("%s %s, which %s has added (status %d)", x.idName, jsonOf(id), x.add.Name(), x.made.Status()), fmt.Sprintf("%d rows without it", len(rows)))
	}
	if i := slices.IndexFunc(rows, x.has); i >= 0 {
		x.seen = a
		x.alike(a, rows[i])
		x.elsewhere()
	}
}

// single judges that one request has made one thing: no other row has a text that it has
// made up.
func (x *addition) single(body any) {
	rows, ok := x.rows(x.seen)
	if !ok || x.sure {
		return
	}
	sent := flat(body)
	for _, at := range ordered(sent) {
		word, isText := sent[at].(string)
		if !isText || !suffixed(word) {
			continue
		}
		for _, row := range rows {
			if o, _ := row.(map[string]any); !x.has(row) && scalars(o)[at] == any(word) {
				x.t.Violation(x.seen, "STATE-LIST-001", "body", "unique", "one row with "+at+" "+jsonOf(word)+", which one "+x.add.Name()+" has made", "another one with "+x.idName+" "+jsonOf(o[x.idName]))
				return
			}
		}
	}
}

// alike judges that a row shows the texts of what was added as the answer to it did.
func (x *addition) alike(a *rule.Answer, row any) {
	told, is := scalars(unwrapped(x.made.Value())), scalars(row.(map[string]any))
	for _, at := range ordered(told) {
		was, isText := told[at].(string)
		now, there := is[at]
		if _, too := now.(string); !isText || !suffixed(was) || !there || now != nil && !too || ownName(at) {
			continue
		}
		if other, _ := now.(string); !partOf(normal(was), normal(other)) && !partOf(normal(other), normal(was)) || other == "" {
			x.t.Violation(a, "STATE-CREATE-002", "$[*]."+at, "equal", jsonOf(was)+", as "+x.add.Name()+" answered", jsonOf(now))
			return
		}
	}
}

// elsewhere judges that the same list of another thing does not have what was added to
// this one.
func (x *addition) elsewhere() {
	names := spec.Placeholders(x.add.Path)
	if len(names) == 0 {
		return
	}
	p := x.pathInput(x.list.Operation, names[len(names)-1])
	before := x.peek(x.t, x.list.Operation, nil)
	if before == nil || p == nil {
		return
	}
	if rows, ok := x.rows(before); !ok || slices.ContainsFunc(rows, x.has) {
		return // an id that is not its own
	}
	own, _ := x.list.Value(*p)
	v, ok := x.findingBut(x.t, nil, map[string]bool{text(own): true})(x.list.Operation, *p)
	if !ok {
		return
	}
	other := x.list.With(*p, v)
	r := x.request(x.t, other).WithNote("the list of another one")
	if r.Path == x.request(x.t, x.list).Path {
		return
	}
	a := x.t.Send(r)
	if rows, ok := x.rows(a); ok && slices.ContainsFunc(rows, x.has) {
		x.t.Violation(a, "STATE-LIST-001", "body", "foreign", "only what belongs to the address", fmt.Sprintf("%s %s, which was added to %s", x.idName, jsonOf(x.id), x.made.Request.Path()))
	}
}

// again sends the same once more: a name that is taken is no fault of the server. It
// returns the answer if that is about another thing, which the list has to have as well.
func (x *addition) again() *rule.Answer {
	a := x.t.Send(x.request(x.t, x.draft).WithNote("the same again"))
	if failed(a) {
		x.t.Violation(a, "HTTP-SERVE-001", "status", "accepted", "any status below 500 for the same again, which the document allows", status(a))
	}
	other := unwrapped(a.Value())[x.idName]
	if a.Status() != http.StatusCreated || !scalarValue(other) || text(other) == text(x.id) {
		return nil
	}
	x.ids = append(x.ids, other)
	return a
}

// answered judges that the answer to the addition shows what was sent.
func (x *addition) answered() {
	body, media := x.draft.Body()
	out := x.output(x.add, x.made)
	if x.made.Status() != http.StatusCreated || x.idName == "" || media == nil || out == "" {
		return
	}
	l := &life{suite: x.suite, t: x.t, get: x.list.Operation, create: x.add, draft: x.draft, made: x.made}
	if at := l.lost(body, media.Schema, x.made, out); at != "" {
		path := strings.Split(at, ".")
		sent, _ := meant(body, x.made.Value())
		x.t.Violation(x.made, "STATE-CREATE-002", "$."+at, "equal", jsonOf(valueAt(sent, path))+", as was sent", jsonOf(valueAt(unwrapped(x.made.Value()), path)))
	}
}

// takeAway deletes what was added, and judges that it is gone.
func (x *addition) takeAway(o *spec.Operation, name string) {
	if o == nil || x.id == nil {
		return
	}
	d, err := x.build.Draft(o, func(_ *spec.Operation, p spec.Input) (any, bool) {
		if p.Name == name {
			return x.build.Typed(p.Schema, x.id)
		}
		return fromPath(x.made, x.env.Contract.BasePath(x.add)+x.add.Path, p.Name)
	})
	if err != nil {
		return
	}
	a := x.t.Send(x.conditional(x.t, d, x.request(x.t, d)).WithEffect(spec.Writes).WithNote("deletes what was added"))
	if x.made.Status() == http.StatusCreated && absentNow(a) {
		x.t.Violation(a, "STATE-DELETE-001", "status", "accepted", "a success, as "+x.add.Name()+" has added it", status(a))
	}
	if !a.Success() {
		return
	}
	x.t.TookBack(x.made)
	x.deleted(d, a)
	if a.Status() == http.StatusAccepted {
		return
	}
	shown, rows, ok := x.read("what was deleted", func(_ *rule.Answer, rows []any) bool { return !slices.ContainsFunc(rows, x.has) })
	if i := slices.IndexFunc(rows, x.has); ok && i >= 0 && !cached(shown) && !marked(rows[i]) {
		x.t.Violation(shown, "STATE-DELETE-001", "body", "absent", fmt.Sprintf("no %s %s after DELETE (status %d)", x.idName, jsonOf(x.id), a.Status()), "it, as before")
	}
}
