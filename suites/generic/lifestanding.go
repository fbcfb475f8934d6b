package generic

import (
	"maps"
	"net/http"
	"strings"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/config"
	"github.com/hostup/api-conformance/suites/request"
	"github.com/hostup/api-conformance/suites/rule"
)

// standing: what is there once, such as settings, shows its changes. It is changed only
// where the document lets the run put back what was.
func (s *suite) standing(o *spec.Operation) []probe {
	if s.depth == config.Quick || o.Method != http.MethodGet || !s.stands(o) {
		return nil
	}
	change := s.sibling(o, http.MethodPut)
	if change == nil {
		change = s.sibling(o, http.MethodPatch)
	}
	if change == nil || change.Effect != spec.Writes || !s.env.Contract.AnswersJSON(o) {
		return nil
	}
	p := probe{area: "state", op: o, text: "shows what was changed", ids: []string{"STATE-CHANGE-001", "HTTP-ETAG-001", "HTTP-SERVE-001"}}
	if change.Method == http.MethodPut {
		p.ids = append(p.ids, "STATE-REPLACE-001")
	} else {
		p.ids = append(p.ids, "STATE-PATCH-001")
	}
	if s.env.Contract.LooksAt(o, "If-None-Match") {
		p.ids = append(p.ids, "HTTP-NONEMATCH-001")
	}
	p.sends = append(sends(change, 0, 5, "what is there once, and back"), sends(o, 0, 5, "what was changed")...)
	p.run = func(t *rule.T) {
		l := &life{suite: s, t: t, get: o}
		l.changeBack(change)
	}
	return []probe{p}
}

// alone sends a PATCH of one property, and judges what it does with the others.
func (l *life) alone(o *spec.Operation, one request.Draft, ok bool, before *rule.Answer) *rule.Answer {
	if !ok {
		return before
	}
	a := l.changeWith(one, o, before.Response.Header.Get("ETag"), "a change of one alone")
	if !a.Success() || a.Status() == http.StatusAccepted {
		return before
	}
	return l.changed(o, before, a, one)
}

// stands reports whether the path of an operation is that of what is there once.
func (s *suite) stands(o *spec.Operation) bool {
	get := s.sibling(o, http.MethodGet)
	return get != nil && get.Effect == spec.Reads && !strings.HasSuffix(trimmed(o.Path), "}") && s.sibling(o, http.MethodPost) == nil
}

// standingAs is the valid change of what is there once: as it is shown, which takes nothing
// away, if the document lets a request say that.
func (s *suite) standingAs(t *rule.T, d request.Draft) request.Draft {
	o := d.Operation
	if o.Method != http.MethodPut && o.Method != http.MethodPatch || !s.stands(o) {
		return d
	}
	full := d
	if more, ok := s.build.Full(d); ok {
		full = more
	}
	if a := s.peek(t, s.sibling(o, http.MethodGet), nil); a != nil {
		if was, ok := s.asShown(full, a); ok {
			return was
		}
	}
	return d
}

// changeBack changes what is there, judges that, and puts back what was.
func (l *life) changeBack(o *spec.Operation) {
	t := l.t
	before := l.read("what is there")
	d, err := l.drafted(o)
	l.need(t, err)
	if full, ok := l.build.Full(d); ok {
		d = full
	}
	was, ok := l.asShown(d, before)
	if !ok {
		t.Skip(reporters.SkipNoData, "what is there cannot be put back: %s takes another body than is shown (status %d)", o.Name(), before.Status())
	}
	d = l.unlike(was, unwrapped(before.Value()))
	if renamed, ok := l.build.Renamed(d, suffix()); ok {
		d = renamed
	}
	d = l.keeping(d, was)
	if _, media := d.Body(); media == nil || jsonOf(bodyOf(d)) == jsonOf(bodyOf(was)) {
		t.Skip(reporters.SkipNoData, "nothing is known that %s may change", o.Name())
	}
	a := l.changeWith(d, o, before.Response.Header.Get("ETag"), "a change")
	if !a.Success() {
		t.Skip(reporters.SkipNoData, "the change is answered with status %d", a.Status())
	}
	after := before
	if a.Status() != http.StatusAccepted {
		after = l.changed(o, before, a, d)
		after = l.rest(o, d, after)
	}
	l.changeWith(was, o, after.Response.Header.Get("ETag"), "what was there before")
}

// rest judges what a second change does with what it leaves out, and that a server does not
// fail on texts that programs forget.
func (l *life) rest(o *spec.Operation, d request.Draft, after *rule.Answer) *rule.Answer {
	if o.Method == http.MethodPut {
		after = l.replaced(o, d, after)
	} else {
		l.draft = d
		first, ok := l.one(d, "")
		after = l.alone(o, first, ok, after)
		body, _ := object(first)
		for name := range body {
			second, another := l.one(d, name)
			after = l.alone(o, second, ok && another, after)
		}
	}
	e := edges[0]
	if at, ok := l.build.At(d, e.text, nil); ok {
		a := l.changeWith(l.keeping(at, d), o, after.Response.Header.Get("ETag"), e.note)
		if failed(a) {
			l.t.Violation(a, "HTTP-SERVE-001", "status", "accepted", "any status below 500 for "+e.note+", which the document allows", status(a))
		}
		if tag := a.Response.Header.Get("ETag"); a.Success() && tag != "" {
			return a
		}
	}
	return after
}

func bodyOf(d request.Draft) any {
	body, _ := d.Body()
	return body
}

// asShown is a draft with the values that an answer shows; ok is false where it does not
// show what a change needs.
func (s *suite) asShown(d request.Draft, a *rule.Answer) (was request.Draft, ok bool) {
	sampler, err := s.build.Sampler()
	body, isObject := object(d)
	if err != nil || !isObject || !a.Success() {
		return d, false
	}
	_, media := d.Body()
	shown, same := unwrapped(a.Value()), map[string]any{}
	for name := range body {
		if v, there := shown[name]; there {
			same[name] = v
		}
	}
	return d.WithBody(same), len(same) > 0 && sampler.Meets(media.Schema, same)
}

// keeping is a draft that does not change how somebody logs in or is reached.
func (l *life) keeping(d, was request.Draft) request.Draft {
	body, _ := object(d)
	old, _ := object(was)
	kept := maps.Clone(body)
	for name := range kept {
		if ownName(name) || confirmed(name) {
			kept[name] = old[name]
		}
	}
	return d.WithBody(kept)
}
