package generic

import (
	"net/http"
	"slices"
	"strings"
	"sync"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/config"
	"github.com/hostup/api-conformance/suites/request"
	"github.com/hostup/api-conformance/suites/rule"
)

// acting: what a POST below a thing says of that thing is what it shows from then on, and
// the same again is no server error.
func (s *suite) acting(o *spec.Operation) []probe {
	get, name := s.actedOn(o)
	if s.depth == config.Quick || get == nil || s.makerOf(get, name) == nil {
		return nil
	}
	create := s.makerOf(get, name)
	p := probe{area: "state", op: o, text: "does what it says", ids: []string{"STATE-ACTION-001", "HTTP-SERVE-001"}}
	p.sends = append(sends(o, 0, 3, "an action"), sends(get, 0, 4, "what was acted on")...)
	p.sends = append(p.sends, sends(create, 1, 4, "something to act on")...)
	for _, other := range s.actionsOn(get) {
		p.sends = append(p.sends, sends(other, 0, 1, "an action that may have to come before")...)
	}
	p.run = func(t *rule.T) {
		if s.missing(create) != "" || s.vain.is(create) || !s.env.Config.Safety.Allows(create.Effect) {
			s.nothingToActOn(t, o)
		}
		_, find, undo := s.makeThing(t, create, o, false)
		defer undo()
		d := s.draft(t, o, find)
		if !s.made(d) {
			s.nothingToActOn(t, o)
		}
		x := &action{suite: s, t: t, get: get, create: create, draft: d}
		x.act()
	}
	return []probe{p}
}

func (s *suite) nothingToActOn(t *rule.T, o *spec.Operation) {
	t.Skip(reporters.SkipNoData, "nothing could be made to act on: give data of the target with %s", s.hint(o))
}

// standingAction returns a function that judges what an action on a thing said of it, where
// nothing can be made to act on: the valid request acts on one that is there.
func (s *suite) standingAction(t *rule.T, d request.Draft) func(request.Draft, *rule.Answer) {
	get, name := s.actedOn(d.Operation)
	if get == nil || s.makerOf(get, name) != nil || s.depth == config.Quick || s.missing(get) != "" {
		return func(request.Draft, *rule.Answer) {}
	}
	x := &action{suite: s, t: t, get: get, draft: d}
	before := x.read("what is acted on")
	return func(used request.Draft, a *rule.Answer) {
		p := s.pathInput(d.Operation, name)
		was, _ := d.Value(*p)
		if is, _ := used.Value(*p); a.Success() && before.Success() && text(is) == text(was) {
			t.Exercised("STATE-ACTION-001")
			x.shown(before, a)
		}
	}
}

// actedOn is the read of the thing that a POST acts on, with the parameter that names it:
// the POST is one segment below it and makes nothing; nil if it is no action.
func (s *suite) actedOn(o *spec.Operation) (get *spec.Operation, name string) {
	names := spec.Placeholders(o.Path)
	if o.Method != http.MethodPost || o.Effect != spec.Writes || len(names) == 0 || s.env.Contract.Creates(o) || s.sibling(o, http.MethodGet) != nil {
		return nil, ""
	}
	name = names[len(names)-1]
	path := trimmed(o.Path)
	for _, other := range s.near.at[path[:strings.LastIndex(path, "/")]] {
		if other.Method == http.MethodGet && other.Effect == spec.Reads && strings.HasSuffix(other.Path, "/{"+name+"}") && s.env.Contract.AnswersJSON(other) {
			return other, name
		}
	}
	return nil, ""
}

// actionsOn are all actions on what a read shows.
func (s *suite) actionsOn(get *spec.Operation) (list []*spec.Operation) {
	for _, o := range s.env.Contract.Operations() {
		if of, _ := s.actedOn(o); of == get && s.missing(o) == "" {
			list = append(list, o)
		}
	}
	return list
}

// steps are the actions that had to come before others.
type steps struct {
	mu     sync.Mutex
	before map[string]*spec.Operation
}

// An action is a POST on what a spec has made.
type action struct {
	*suite
	t           *rule.T
	get, create *spec.Operation
	draft       request.Draft
}

func (x *action) act() {
	o := x.draft.Operation
	before := x.read("what is acted on")
	a := x.send(x.draft, "an action")
	x.unfailing(a, "what was made")
	if undecided(a) || a.Status() == http.StatusBadRequest { // it may be in no state for it
		for _, other := range x.actionsOn(x.get) {
			if other == o || !x.do(x.t, other, x.draft, "an action that may have to come before").Success() {
				continue
			}
			before = x.read("what is acted on")
			if a = x.send(x.draft, "an action after another one"); a.Success() {
				x.after.mu.Lock()
				x.after.before[o.ID] = other
				x.after.mu.Unlock()
			}
			break
		}
	}
	if a.Status() == http.StatusConflict {
		if x.restores(before) {
			return
		}
		if again, now := x.otherwise(); now != nil {
			before, a = again, now
		}
	}
	if !a.Success() || !before.Success() {
		x.t.Skip(reporters.SkipNoData, "what was made is in no state for it: status %d", a.Status())
	}
	x.shown(before, a)
	x.unfailing(x.send(x.draft, "the same action again"), "the same again")
}

// unfailing judges that an action ends in no server error: it may be refused.
func (x *action) unfailing(a *rule.Answer, of string) {
	if failed(a) {
		x.t.Violation(a, "HTTP-SERVE-001", "status", "accepted", "any status below 500 for "+of+", which the document allows", status(a))
	}
}

// shown judges that a property which the answer shows with another value than before has
// that value when it is read.
func (x *action) shown(before, a *rule.Answer) {
	told, was := flat(a.Value()), flat(before.Value())
	names := spec.Placeholders(x.get.Path)
	id, _ := x.draft.Value(*x.pathInput(x.draft.Operation, names[len(names)-1]))
	about := slices.ContainsFunc(ordered(told), func(at string) bool {
		return !strings.Contains(at, ".") && text(told[at]) == text(id) && text(was[at]) == text(id)
	})
	if a.Status() == http.StatusAccepted || !about || ofOtherKind(told, was) {
		return
	}
	sent := map[string]bool{}
	body, _ := x.draft.Body()
	for _, v := range flat(body) {
		_, isText := v.(string)
		sent[text(v)] = isText && v != ""
	}
	lost := func(now *rule.Answer) string {
		is := flat(now.Value())
		for _, at := range differing(told, is) {
			word, _ := told[at].(string)
			if was[at] != nil && same(is[at], was[at]) && !dated(word) {
				return at
			}
		}
		for _, at := range ordered(told) {
			if sent[text(told[at])] && nothingAt(was, at) && nothingAt(is, at) {
				return at
			}
		}
		return ""
	}
	now := x.until(x.t, func() *rule.Answer { return x.read("what was acted on") }, func(now *rule.Answer) bool { return !now.Success() || lost(now) == "" })
	if at := lost(now); now.Success() && at != "" && !cached(now) {
		x.t.Violation(now, "STATE-ACTION-001", "$."+at, "changed", jsonOf(told[at])+", as "+x.draft.Operation.Name()+" answered", jsonOf(was[at])+", as before")
	}
}

// ofOtherKind reports whether two answers say of themselves that they show things of two kinds:
// kinds often count their ids alike.
func ofOtherKind(told, was map[string]any) bool {
	for _, name := range []string{"object", "kind", "resourcetype", "objecttype", "entitytype", "@type", "$type"} {
		for at := range told {
			if plainName(at) == plainName(name) && was[at] != nil && kind(told[at]) == kind(was[at]) && !same(told[at], was[at]) {
				return true
			}
		}
	}
	return false
}

func (x *action) read(note string) *rule.Answer { return x.do(x.t, x.get, x.draft, note) }

func (x *action) send(d request.Draft, note string) *rule.Answer {
	return x.t.Send(x.conditional(x.t, d, x.request(x.t, d)).WithNote(note))
}

// do sends the valid request of an operation on what another draft names.
func (s *suite) do(t *rule.T, o *spec.Operation, like request.Draft, note string) *rule.Answer {
	d := s.draft(t, o, func(_ *spec.Operation, p spec.Input) (any, bool) { return like.Value(p) })
	return t.Send(s.request(t, d).WithNote(note))
}

// prepare takes the step that had to come before an operation.
func (s *suite) prepare(t *rule.T, d request.Draft) {
	s.after.mu.Lock()
	first := s.after.before[d.Operation.ID]
	s.after.mu.Unlock()
	if first != nil {
		s.do(t, first, d, "what has to come before")
	}
}
