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
	if s.depth == config.Quick || o.Method != http.MethodGet || o.Effect != spec.Reads || strings.HasSuffix(trimmed(o.Path), "}") || s.sibling(o, http.MethodPost) != nil {
		return nil
	}
	change := s.sibling(o, http.MethodPut)
	if change == nil {
		change = s.sibling(o, http.MethodPatch)
	}
	if change == nil || change.Effect != spec.Writes || !s.env.Contract.AnswersJSON(o) {
		return nil
	}
	p := probe{area: "state", op: o, text: "shows what was changed", ids: []string{"STATE-CHANGE-001", "HTTP-ETAG-001"}}
	if s.env.Contract.LooksAt(o, "If-None-Match") {
		p.ids = append(p.ids, "HTTP-NONEMATCH-001")
	}
	p.sends = append(sends(change, 0, 2, "what is there once, and back"), sends(o, 0, 3, "what was changed")...)
	p.run = func(t *rule.T) {
		l := &life{suite: s, t: t, get: o}
		l.changeBack(change)
	}
	return []probe{p}
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
	}
	l.changeWith(was, o, after.Response.Header.Get("ETag"), "what was there before")
}

func bodyOf(d request.Draft) any {
	body, _ := d.Body()
	return body
}

// asShown is a draft with the values that an answer shows; ok is false where it does not
// show what a change needs.
func (l *life) asShown(d request.Draft, a *rule.Answer) (was request.Draft, ok bool) {
	sampler, err := l.build.Sampler()
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
