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
		p.sends = append(sends(o, 0, 1, "an id that nothing has"), s.free(o, *last)...)
		p.run = func(t *rule.T) {
			if a := s.answer(o, true); a != nil {
				s.unfound(t, t.Use(a))
				return
			}
			s.changeNothing(t, o, *last)
		}
		return []probe{p}
	case far && o.Method == http.MethodGet:
		p.sends = sends(o, 0, n+1, "an id that nothing has")
	default:
		p.sends = sends(o, 0, n, "an id that nothing has")
	}
	if o.Method == http.MethodGet && s.follows(o) && s.sibling(o, http.MethodDelete) != nil {
		p.after = lifecycles
	}
	p.run = func(t *rule.T) {
		sent := 0
		if a := s.answer(o, true); a != nil {
			s.unfound(t, t.Use(a))
			if sent = n; !far {
				return
			}
		}
		d := s.draft(t, o, s.find(t))
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
	s.unfound(t, a)
	return a
}

// unfound judges the answer to a request for what nothing has.
func (s *suite) unfound(t *rule.T, a *rule.Answer) {
	if t.Limited(a); failed(a) {
		t.Violation(a, "HTTP-SERVE-001", "status", "accepted", "any status below 500 for an id that the document allows and nothing has", status(a))
	}
}

// changeNothing sends a change of what nothing has. What it makes nevertheless is deleted.
func (s *suite) changeNothing(t *rule.T, o *spec.Operation, last spec.Input) {
	shown := s.find(t)
	known := false
	d := s.draft(t, o, func(op *spec.Operation, p spec.Input) (any, bool) {
		if p.In != "path" || p.Name != last.Name {
			return shown(op, p)
		}
		v, ok := s.nobodys(t, op, p, shown)
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

// nobodys is a value of a path parameter that nothing has: the largest number, a text that
// is made up at random, or one that is made from a pattern and where nothing is read.
func (s *suite) nobodys(t *rule.T, o *spec.Operation, p spec.Input, shown request.Find) (any, bool) {
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
	if v, ok := request.Unheard(like, rand.Text(), func(text string) bool { return sampler.Meets(p.Schema, text) }); ok {
		return v, true
	}
	return s.unread(t, o, p, shown)
}

// unread is a value made from the pattern of a path parameter, where a read finds nothing.
func (s *suite) unread(t *rule.T, o *spec.Operation, p spec.Input, shown request.Find) (any, bool) {
	get := s.sibling(o, http.MethodGet)
	if get == nil || get.Effect != spec.Reads || s.missing(get) != "" {
		return nil, false
	}
	for range triesForFree {
		v, ok := s.coined(o, p, rand.Text()[0])
		if !ok {
			break
		}
		d, err := s.build.Draft(get, func(op *spec.Operation, other spec.Input) (any, bool) {
			if other.In == p.In && other.Name == p.Name {
				return v, true
			}
			return shown(op, other)
		})
		if err != nil {
			break
		}
		if absentNow(t.Send(s.request(t, d).WithNote("whether a name is free"))) {
			return v, true
		}
	}
	return nil, false
}

const triesForFree = 3

// free is what may be sent to find a name that is free.
func (s *suite) free(o *spec.Operation, p spec.Input) []sent {
	get := s.sibling(o, http.MethodGet)
	if _, ok := s.coined(o, p, 0); !ok || get == nil || get.Effect != spec.Reads {
		return nil
	}
	return sends(get, 0, triesForFree, "whether a name is free")
}

// coined is one of the names that the pattern of a path parameter allows, where the document
// says that a PUT makes what has a new one.
func (s *suite) coined(o *spec.Operation, p spec.Input, n byte) (any, bool) {
	sampler, err := s.build.Sampler()
	put := s.sibling(o, http.MethodPut)
	if err != nil || put == nil || !slices.Contains(put.Statuses, "201") || sampler.Listed(p.Schema) != nil {
		return nil, false
	}
	v, err := sampler.Value(p.Schema, int(n))
	_, isText := v.(string)
	return v, err == nil && isText && sampler.Meets(p.Schema, v)
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
