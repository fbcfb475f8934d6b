package generic

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/request"
	"github.com/hostup/api-conformance/suites/rule"
)

// neverATag is an entity tag that no representation has.
const neverATag = `"conformance-none"`

// change changes the resource and judges the reads before and after. It returns the last
// response that shows the resource.
func (l *life) change(o *spec.Operation, before *rule.Answer) *rule.Answer {
	d, err := l.drafted(o)
	if err != nil {
		return before
	}
	if full, ok := l.build.Full(d); ok && o.Method == http.MethodPut {
		d = full
	}
	plain := d
	if o.Method == http.MethodPut {
		d = l.unlike(d, unwrapped(before.Value()), l.defaultsOf(d))
	}
	if renamed, ok := l.build.Renamed(d, suffix()); ok {
		d = renamed
	} else if one, ok := l.one(d, ""); ok && o.Method == http.MethodPatch {
		d = one
	} else if full, ok := l.build.Full(d); ok {
		if renamed, ok := l.build.Renamed(full, suffix()); ok {
			d = renamed
		}
	}
	tag := before.Response.Header.Get("ETag")
	if l.env.Contract.LooksAt(o, "If-Match") && tag != "" {
		if a := l.changeWith(d, o, neverATag, "a tag that no representation has as If-Match"); a.Success() {
			l.t.Violation(a, "HTTP-MATCH-001", "status", "refused", "status 412 for If-Match: "+neverATag, status(a))
		}
	}
	a := l.changeWith(d, o, tag, "a change")
	if less, ok := l.withoutBlamed(d, a); ok {
		d = less
		a = l.changeWith(d, o, tag, "a change without what was refused")
	}
	if !a.Success() && a.Status() != http.StatusPreconditionFailed {
		d = plain
		a = l.changeWith(d, o, tag, "a change")
	}
	if !a.Success() || a.Status() == http.StatusAccepted {
		return before
	}
	l.observed.note(o, false, a)
	if body, media := d.Body(); media != nil {
		l.accepted.remember(o, body)
	}
	after := l.changed(o, before, a, d)
	switch o.Method {
	case http.MethodPut:
		after = l.replaced(o, d, after)
	case http.MethodPatch:
		after = l.changeAnother(o, plain, d, after)
		after = l.merged(o, plain, l.changeAll(o, plain, after))
	}
	return after
}

// one is a draft of a PATCH that changes one text alone, another than the one that is named:
// what it does not name has to stay.
func (l *life) one(d request.Draft, but string) (one request.Draft, ok bool) {
	sampler, err := l.build.Sampler()
	full, _ := l.build.Full(d)
	body, isObject := object(full)
	if err != nil || !isObject {
		return d, false
	}
	_, media := full.Body()
	for _, name := range ordered(body) {
		alone := map[string]any{name: body[name]}
		if _, isText := body[name].(string); !isText || name == but || ownName(name) || confirmed(name) || request.Refers(name) || !sampler.Meets(media.Schema, alone) {
			continue
		}
		if renamed, ok := l.build.Renamed(full.WithBody(alone), suffix()); ok {
			return renamed, true
		}
	}
	return d, false
}

// changeAnother changes a property alone that the first change did not name: what that one
// named has to stay.
func (l *life) changeAnother(o *spec.Operation, plain, first request.Draft, before *rule.Answer) *rule.Answer {
	named, _ := object(first)
	full, _ := l.build.Full(plain)
	body, isObject := object(full)
	sampler, err := l.build.Sampler()
	if err != nil || !isObject || len(named) != 1 {
		return before
	}
	_, media := full.Body()
	for _, name := range ordered(body) {
		alone := map[string]any{name: body[name]}
		if _, same := named[name]; same || !scalarValue(body[name]) || ownName(name) || confirmed(name) || request.Refers(name) || !sampler.Meets(media.Schema, alone) {
			continue
		}
		d := l.unlike(full.WithBody(alone), unwrapped(before.Value()))
		if renamed, ok := l.build.Renamed(d, suffix()); ok {
			d = renamed
		}
		a := l.changeWith(d, o, before.Response.Header.Get("ETag"), "a change of something else")
		if !a.Success() || a.Status() == http.StatusAccepted {
			return before
		}
		after := l.read("what was changed")
		if !after.Success() {
			return before
		}
		for at := range named {
			was, is := unwrapped(before.Value())[at], unwrapped(after.Value())[at]
			if word, isText := was.(string); isText && suffixed(word) && (is == nil || is == "") {
				l.tookAway(after, at, was, is)
			}
		}
		return after
	}
	return before
}

// changeAll changes all that a PATCH may name, and judges that all of it is taken.
func (l *life) changeAll(o *spec.Operation, plain request.Draft, before *rule.Answer) *rule.Answer {
	few, _ := object(plain)
	all, ok := l.build.Full(plain)
	body, isObject := object(all)
	if !ok || !isObject || len(body) <= len(few) {
		return before
	}
	_, media := all.Body()
	sampler, err := l.build.Sampler()
	less := maps.Clone(body)
	maps.DeleteFunc(less, func(name string, _ any) bool { return ownName(name) })
	if err != nil || len(less) < 2 || !sampler.Meets(media.Schema, less) {
		return before
	}
	d := l.unlike(all.WithBody(less), unwrapped(before.Value()))
	if renamed, ok := l.build.Renamed(d, suffix()); ok {
		d = renamed
	}
	a := l.changeWith(d, o, before.Response.Header.Get("ETag"), "a change of all that may be changed")
	if less, ok := l.withoutBlamed(d, a); ok {
		d = less
		a = l.changeWith(d, o, before.Response.Header.Get("ETag"), "a change of all that was not refused")
	}
	if !a.Success() || a.Status() == http.StatusAccepted {
		return before
	}
	if after := l.read("what was changed"); after.Success() {
		return l.taken(o, before, a, after, d)
	}
	return before
}

// changeWith sends a change, with If-Match if the operation supports it.
func (l *life) changeWith(d request.Draft, o *spec.Operation, tag, note string) *rule.Answer {
	r := l.request(l.t, d).WithNote(note)
	if l.env.Contract.LooksAt(o, "If-Match") && tag != "" && !strings.HasPrefix(tag, "W/") {
		r = r.WithHeader("If-Match", tag)
	}
	return l.t.Send(r)
}

// changed judges a change that was accepted.
func (l *life) changed(o *spec.Operation, before, a *rule.Answer, d request.Draft) *rule.Answer {
	body, _ := d.Body()
	named, _ := meant(body, before.Value())
	sent, was := scalars(named), flat(before.Value())
	differs := slices.DeleteFunc(differing(sent, was), func(at string) bool {
		return l.identifies(at[strings.LastIndex(at, ".")+1:]) || !l.shows(before, at, sent[at])
	})
	took := func(after *rule.Answer) bool {
		is := flat(after.Value())
		return len(differs) == 0 || slices.ContainsFunc(differs, func(at string) bool { return !same(is[at], was[at]) })
	}
	after := l.read("what was changed")
	if after.Success() && !took(after) {
		after = l.settled("what was changed", took)
	}
	switch {
	case !after.Success():
		return before
	case !took(after):
		at := differs[0]
		l.t.Violation(after, "STATE-CHANGE-001", "$."+at, "changed", fmt.Sprintf("%s, as %s said (status %d)", jsonOf(sent[at]), o.Method, a.Status()), jsonOf(was[at])+", as before")
		return after
	}
	if o.Method == http.MethodPatch {
		l.untouched(before, after, d)
	}
	l.tags(before, after)
	return l.taken(o, before, a, after, d)
}

// shows reports whether the document lets an answer show a value at a place of the resource.
func (l *life) shows(a *rule.Answer, at string, v any) bool {
	sampler, err := l.build.Sampler()
	out := l.output(l.get, a)
	return err != nil || out == "" || showable(sampler, out, a.Value(), v, append(wrappers(a.Value()), strings.Split(at, ".")...))
}

// untouched checks that a PATCH has kept properties that it does not name: those that the
// creation set and that were shown until then. What is within an object that it names is
// kept by a merge patch (RFC 7396); others may put the new object in place of the old.
func (l *life) untouched(before, after *rule.Answer, d request.Draft) {
	made, _ := l.draft.Body()
	body, _ := d.Body()
	object, _ := meant(body, before.Value())
	sent := scalars(object)
	names := func(at string) bool {
		outer, _, inner := strings.Cut(at, ".")
		_, named := sent[at]
		_, whole := object[outer]
		return named || whole && !(inner && merges(d))
	}
	created, _ := meant(made, before.Value())
	own, was, is := scalars(created), flat(before.Value()), flat(after.Value())
	defaults := l.defaultsOf(l.draft)
	var other []string
	for _, at := range ordered(own) {
		if !names(at) && !ownName(at) && is[at] != nil && same(was[at], own[at]) && !same(is[at], was[at]) {
			other = append(other, at)
		}
		initial, known := defaults[at]
		reset := known && is[at] != nil && same(is[at], initial) && !same(was[at], initial) && !ownName(at)
		empty := is[at] == nil || is[at] == ""
		if !names(at) && (empty || reset) && was[at] != nil && was[at] != "" && same(was[at], own[at]) {
			l.tookAway(after, at, was[at], is[at])
			return
		}
	}
	if len(other) > 1 { // one may depend on what was changed
		l.tookAway(after, other[0], was[other[0]], is[other[0]])
		return
	}
	lists, now := arrays(before.Value()), arrays(after.Value())
	for _, at := range slices.Sorted(maps.Keys(listsOf(created))) {
		if !names(at) && len(lists[at]) > 0 && len(now[at]) == 0 {
			l.tookAway(after, at, lists[at], valueAt(unwrapped(after.Value()), strings.Split(at, ".")))
			return
		}
	}
}

// defaultsOf are the defaults of the properties of a body.
func (s *suite) defaultsOf(d request.Draft) map[string]any {
	sampler, err := s.build.Sampler()
	_, media := d.Body()
	if err != nil || media == nil {
		return nil
	}
	return sampler.Defaults(media.Schema)
}

func (l *life) tookAway(after *rule.Answer, at string, was, is any) {
	l.t.Violation(after, "STATE-PATCH-001", "$."+at, "equal", jsonOf(was)+", as before a PATCH that does not name it", jsonOf(is))
}

// tags judges the entity tags of two responses with a change between them.
func (l *life) tags(before, after *rule.Answer) {
	old, now := before.Response.Header.Get("ETag"), after.Response.Header.Get("ETag")
	alike := string(before.Response.Body) == string(after.Response.Body)
	switch {
	case old == "" || now == "" || alike:
	case old == now && strings.HasPrefix(old, `"`):
		l.t.Violation(after, "HTTP-ETAG-001", "header ETag", "changed", "another strong tag than before the change of the body", now)
	case old != now && l.env.Contract.LooksAt(l.get, "If-None-Match"):
		a := l.read("If-None-Match with the tag from before the change", "If-None-Match", old)
		if a.Status() == http.StatusNotModified {
			l.t.Violation(a, "HTTP-NONEMATCH-001", "status", "changed", "status 200: the tag is "+now+" since the change, no longer "+old, status(a))
		}
	}
}

// delete deletes the resource and checks that it is no longer shown as before. It reports
// whether the target confirmed the deletion.
func (l *life) delete(o *spec.Operation, before *rule.Answer) bool {
	d, err := l.drafted(o)
	if err != nil {
		return false
	}
	r := l.request(l.t, d).WithEffect(spec.Writes).WithNote("deletes what was made")
	if tag := before.Response.Header.Get("ETag"); l.env.Contract.LooksAt(o, "If-Match") && tag != "" && !strings.HasPrefix(tag, "W/") {
		r = r.WithHeader("If-Match", tag)
	}
	a := l.t.Send(r)
	if absentNow(a) {
		l.t.Violation(a, "STATE-DELETE-001", "status", "accepted", "a success, as "+l.get.Name()+" has just shown it", status(a))
	}
	if l.refused = a.Status() == http.StatusConflict; failed(a) {
		l.t.Violation(a, "HTTP-SERVE-001", "status", "accepted", "any status below 500 for a request that the document allows", status(a))
	}
	if !a.Success() {
		return false
	}
	l.t.TookBack(l.made)
	l.deleted(d, a)
	l.observed.note(o, false, a)
	if a.Status() == http.StatusAccepted {
		return true
	}
	// A resource may be shown as deleted; a cached response does not prove that it
	// exists.
	gone := func(a *rule.Answer) bool {
		return !a.Success() || cached(a) || string(a.Response.Body) != string(before.Response.Body)
	}
	after := l.settled("what was deleted", gone)
	if !gone(after) {
		l.t.Violation(after, "STATE-DELETE-001", "status", "absent", fmt.Sprintf("status 404 or 410, or something that says so, after DELETE (status %d)", a.Status()), status(after)+" and the same body as before")
		return true
	}
	again := l.t.Send(r.WithNote("deletes it again"))
	if absentNow(after) || failed(after) {
		l.observed.note(l.get, true, after)
		l.observed.note(o, true, again)
	}
	if failed(again) {
		l.t.Violation(again, "HTTP-SERVE-001", "status", "accepted", "any status below 500 for DELETE of what is gone", status(again))
	}
	return true
}

// cached reports whether a response may come from a cache in front of the target.
func cached(a *rule.Answer) bool {
	h := a.Response.Header
	return h.Get("Age") != "" || strings.Contains(h.Get("Cache-Control"), "max-age") && !strings.Contains(strings.ReplaceAll(h.Get("Cache-Control")+",", " ", ""), "max-age=0,")
}
