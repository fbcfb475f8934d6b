package generic

import (
	"crypto/rand"
	"net/http"
	"slices"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/config"
	"github.com/hostup/api-conformance/suites/request"
	"github.com/hostup/api-conformance/suites/rule"
)

// strangers: an id that the document allows and nothing has is no fault of the server. It
// may be not found, refused, or even served.
func (s *suite) strangers(o *spec.Operation) []probe {
	names := spec.Placeholders(o.Path)
	if s.depth == config.Quick || len(names) == 0 {
		return nil
	}
	p := probe{area: "responses", op: o, text: "answers an id that nothing has without a server error", ids: []string{"HTTP-SERVE-001"}}
	last := s.pathInput(o, names[len(names)-1])
	if last == nil {
		return nil
	}
	n := s.upTo(len(names), 0, 1)
	_, far := s.farthest(*last)
	switch {
	case o.Effect != spec.Reads:
		if o.Method == http.MethodPut && s.creation(o, last.Name) == nil {
			return nil // it makes what nothing has
		}
		p.sends = sends(o, 0, 1, "an id that nothing has")
		p.run = func(t *rule.T) { s.changeNothing(t, o, *last) }
		return []probe{p}
	case far && o.Method == http.MethodGet:
		p.sends = sends(o, 0, n+1, "an id that nothing has")
	default:
		p.sends = sends(o, 0, n, "an id that nothing has")
	}
	p.run = func(t *rule.T) {
		d := s.draft(t, o, s.find(t))
		sent := 0
		for _, name := range slices.Backward(names) {
			if other, ok := s.stranger(d, name); ok && sent < n {
				sent++
				s.unknown(t, other)
			}
		}
		if v, far := s.farthest(*last); far && o.Method == http.MethodGet {
			sent++
			s.unknown(t, d.With(*last, v))
		}
		if sent == 0 {
			t.Skip(reporters.SkipNoData, "no other value of the path is known that the document allows")
		}
	}
	return []probe{p}
}

// pathInput is the parameter of a path with a name, nil if the document does not describe
// it.
func (s *suite) pathInput(o *spec.Operation, name string) *spec.Input {
	list := s.build.Inputs(o).Parameters
	i := slices.IndexFunc(list, func(p spec.Input) bool { return p.In == "path" && p.Name == name })
	if i < 0 {
		return nil
	}
	return &list[i]
}

// unknown sends a request for what nothing has.
func (s *suite) unknown(t *rule.T, d request.Draft) *rule.Answer {
	a := t.Send(s.request(t, d).WithNote("an id that nothing has"))
	if t.Limited(a); failed(a) {
		t.Violation(a, "HTTP-SERVE-001", "status", "accepted", "any status below 500 for an id that the document allows and nothing has", status(a))
	}
	return a
}

// changeNothing sends a change of what nothing has. What it makes nevertheless is deleted.
func (s *suite) changeNothing(t *rule.T, o *spec.Operation, last spec.Input) {
	shown := s.find(t)
	known := false
	d := s.draft(t, o, func(op *spec.Operation, p spec.Input) (any, bool) {
		if p.In != "path" || p.Name != last.Name {
			return shown(op, p)
		}
		v, ok := s.nobodys(op, p, shown)
		known = known || ok
		return v, ok
	})
	if !known || s.build.Given(o, last) {
		t.Skip(reporters.SkipNoData, "no unused value of %s is known that the document allows", last.Name)
	}
	if body, media := d.Body(); media != nil {
		d = s.build.WithBody(d, s.accepted.body(o, body))
	}
	a := s.unknown(t, d)
	switch remove := s.sibling(o, http.MethodDelete); {
	case !a.Success():
	case o.Method == http.MethodPost:
		s.remove(t, o, a)
	case o.Method == http.MethodPut && remove != nil:
		gone, err := s.build.Draft(remove, func(_ *spec.Operation, p spec.Input) (any, bool) { return d.Value(p) })
		if r, wrong := s.build.Request(gone, s.alternative(remove)); err == nil && wrong == nil {
			s.tidy(t, r, a)
		}
	}
}

// nobodys is a value of a path parameter that nothing has: the largest number, or a text
// that is made up at random.
func (s *suite) nobodys(o *spec.Operation, p spec.Input, shown request.Find) (any, bool) {
	if v, ok := s.farthest(p); ok {
		return v, true
	}
	sampler, err := s.build.Sampler()
	if err != nil || sampler.Listed(p.Schema) != nil {
		return nil, false
	}
	was, ok := shown(o, p)
	if !ok {
		if was, err = s.build.Value(o, p, nil); err != nil {
			return nil, false
		}
	}
	like, isText := was.(string)
	if !isText {
		return nil, false
	}
	v, ok := request.Unheard(like, rand.Text(), func(text string) bool { return sampler.Meets(p.Schema, text) })
	return v, ok
}

// farthest is the largest value of a path parameter that is a number.
func (s *suite) farthest(p spec.Input) (v any, ok bool) {
	sampler, err := s.build.Sampler()
	if err != nil || sampler.Meets(p.Schema, "text") || sampler.Listed(p.Schema) != nil {
		return nil, false
	}
	for _, n := range largest {
		if sampler.Meets(p.Schema, n) {
			return n, true
		}
	}
	return nil, false
}

// stranger is a draft with another value of a path parameter, of the same shape. Values
// that the document lists are none.
func (s *suite) stranger(d request.Draft, name string) (other request.Draft, ok bool) {
	sampler, err := s.build.Sampler()
	i := slices.IndexFunc(d.Inputs.Parameters, func(p spec.Input) bool { return p.In == "path" && p.Name == name })
	if err != nil || i < 0 || sampler.Listed(d.Inputs.Parameters[i].Schema) != nil {
		return d, false
	}
	p := d.Inputs.Parameters[i]
	was, ok := d.Value(p)
	if !ok || !scalarValue(was) {
		return d, false
	}
	list := []any{request.Unlike(text(was))}
	const far = 97 // from the first values, which somebody may have
	if v, err := sampler.Value(p.Schema, far); err == nil && scalarValue(v) {
		list = append(list, v)
	}
	for _, v := range list {
		if typed, ok := s.build.Typed(p.Schema, v); ok && text(typed) != text(was) {
			return d.With(p, typed), true
		}
	}
	return d, false
}
