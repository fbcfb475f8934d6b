package generic

import (
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
	if s.depth == config.Quick || o.Effect != spec.Reads || len(names) == 0 {
		return nil
	}
	n := s.upTo(len(names), 0, 1)
	p := probe{area: "responses", op: o, text: "answers an id that nothing has without a server error", ids: []string{"HTTP-SERVE-001"}, sends: sends(o, 0, n, "an id that nothing has")}
	p.run = func(t *rule.T) {
		d := s.draft(t, o, s.find(t))
		sent := 0
		for _, name := range slices.Backward(names) {
			if other, ok := s.stranger(d, name); ok && sent < n {
				sent++
				a := t.Send(s.request(t, other).WithNote("an id that nothing has"))
				if t.Limited(a); failed(a) {
					t.Violation(a, "HTTP-SERVE-001", "status", "accepted", "any status below 500 for an id that the document allows and nothing has", status(a))
				}
			}
		}
		if sent == 0 {
			t.Skip(reporters.SkipNoData, "no other value of the path is known that the document allows")
		}
	}
	return []probe{p}
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
