package generic

import (
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/request"
	"github.com/hostup/api-conformance/suites/rule"
)

// restores deletes what an action is refused for and acts on that: it may be what takes a
// deletion back. What is there again has to be shown.
func (x *action) restores(before *rule.Answer) bool {
	remove := x.sibling(x.get, http.MethodDelete)
	word := lastSegment(x.draft.Operation.Path)
	if !slices.Contains([]string{"restore", "undelete", "recover", "untrash"}, word) || remove == nil || x.missing(remove) != "" || !before.Success() {
		return false
	}
	d := x.suite.draft(x.t, remove, func(_ *spec.Operation, p spec.Input) (any, bool) { return x.draft.Value(p) })
	r := x.conditional(x.t, d, x.request(x.t, d).WithEffect(spec.Writes))
	if gone := x.t.Send(r.WithNote("deletes what is to be restored")); !gone.Success() || gone.Status() == http.StatusAccepted {
		return false
	}
	a := x.send(x.draft, "an action on what was deleted")
	if x.unfailing(a, "what was deleted"); !a.Success() || a.Status() == http.StatusAccepted {
		x.t.Skip(reporters.SkipNoData, "what was deleted is not restored: status %d", a.Status())
	}
	x.t.Exercised("STATE-ACTION-001")
	now := x.until(x.t, func() *rule.Answer { return x.read("what was restored") }, func(now *rule.Answer) bool { return !absentNow(now) })
	if absentNow(now) {
		x.t.Violation(now, "STATE-ACTION-001", "status", "present", "what "+x.draft.Operation.Name()+" has answered with "+status(a), status(now))
	}
	return true
}

// otherwise acts on a thing that was made in another way: with what is true or false by
// default as the other of both. a is nil if there is none.
func (x *action) otherwise() (before, a *rule.Answer) {
	like := func(o *spec.Operation, p spec.Input) (any, bool) {
		if v, ok := x.draft.Value(p); ok {
			return v, true
		}
		return x.find(x.t)(o, p)
	}
	full, _ := x.build.Full(x.suite.draft(x.t, x.create, x.supplied(x.t, like)))
	other, ok := x.flipped(full)
	if !ok {
		return nil, nil
	}
	made := x.sendNew(x.t, other, func(d request.Draft) request.Request {
		return x.request(x.t, d).WithNote("something to act on, in another state")
	})
	names := spec.Placeholders(x.get.Path)
	last := names[len(names)-1]
	id, ok := x.createdID(made, x.get.Path, last)
	if !made.Success() || !ok {
		return nil, nil
	}
	x.t.Keep("otherwise "+x.create.ID, func() (any, func()) { return nil, func() { x.remove(x.t, x.create, made) } })
	was := x.draft
	x.draft = x.suite.draft(x.t, was.Operation, func(_ *spec.Operation, p spec.Input) (any, bool) {
		if p.Name == last && p.In == "path" {
			return x.build.Typed(p.Schema, id)
		}
		return was.Value(p)
	})
	before = x.read("what is acted on")
	return before, x.send(x.draft, "an action on something in another state")
}

// flipped is a creation with the opposite of what each property that is true or false has by
// default.
func (s *suite) flipped(d request.Draft) (other request.Draft, ok bool) {
	sampler, err := s.build.Sampler()
	body, isObject := object(d)
	if err != nil || !isObject {
		return d, false
	}
	_, media := d.Body()
	with := maps.Clone(body)
	for name, usual := range sampler.Defaults(media.Schema) {
		if is, isBool := usual.(bool); isBool && body[name] != nil {
			with[name], ok = !is, true
		}
	}
	return d.WithBody(with), ok && sampler.Meets(media.Schema, with)
}

// nothingAt reports whether an object says null at a place, or above it.
func nothingAt(flat map[string]any, at string) bool {
	for {
		if v, says := flat[at]; says {
			return v == nil
		}
		end := strings.LastIndex(at, ".")
		if end < 0 {
			return false
		}
		at = at[:end]
	}
}
