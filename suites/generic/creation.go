package generic

import (
	"encoding/json"
	"maps"
	"slices"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/config"
	"github.com/hostup/api-conformance/suites/request"
	"github.com/hostup/api-conformance/suites/rule"
)

// creations tests properties that a request leaves out, or should leave out.
func (s *suite) creations(o *spec.Operation) (list []probe) {
	if !s.env.Contract.Creates(o) || o.Effect != spec.Writes || s.depth == config.Quick || s.build.Inputs(o).Body == nil {
		return nil
	}
	if d, ok := s.sample(o); ok && len(s.ownedByServer(d)) > 0 && !s.env.Contract.Unbound("STATE-READONLY-001") {
		p := probe{area: "state", op: o, text: "ignores readOnly properties of a request", ids: []string{"STATE-READONLY-001", "HTTP-ROBUST-001"}, sends: sends(o, 0, 2, "what is readOnly")}
		p.run = func(t *rule.T) { s.readOnly(t, o) }
		list = append(list, p)
	}
	return list
}

// sample returns a draft without data of the target, to inspect its body.
func (s *suite) sample(o *spec.Operation) (request.Draft, bool) {
	d, err := s.build.Draft(o, nil)
	if err != nil {
		return d, false
	}
	_, isObject := object(d)
	return d, isObject
}

func object(d request.Draft) (map[string]any, bool) {
	body, media := d.Body()
	o, isObject := body.(map[string]any)
	return o, isObject && isJSON(media.Type)
}

// ownedByServer returns values for the readOnly string properties of a body that no
// server would choose itself.
func (s *suite) ownedByServer(d request.Draft) map[string]any {
	sampler, err := s.build.Sampler()
	_, media := d.Body()
	if err != nil {
		return nil
	}
	const other = 7
	values := sampler.ReadOnly(media.Schema, other)
	maps.DeleteFunc(values, func(_ string, v any) bool { _, text := v.(string); return !text })
	return values
}

// readOnly sends a creation that sets what only the server may set. A target may refuse
// or ignore it.
func (s *suite) readOnly(t *rule.T, o *spec.Operation) {
	d := s.draft(t, o, s.supplied(t, s.find(t)))
	body, _ := object(d)
	foreign := s.ownedByServer(d)
	with := maps.Clone(body)
	maps.Copy(with, foreign)
	a := s.sendNew(t, d.WithBody(with), func(d request.Draft) request.Request {
		return s.request(t, d).WithNote("what is readOnly")
	})
	if failed(a) {
		t.Violation(a, "HTTP-ROBUST-001", "status", "refused", "any status below 500 for a body with what is readOnly", status(a))
	}
	if !a.Success() {
		return
	}
	defer s.remove(t, o, a)
	shown := unwrapped(a.Value())
	if len(shown) == 0 {
		t.Skip(reporters.SkipNoData, "the response does not show what was made")
	}
	taken := maps.Clone(foreign)
	maps.DeleteFunc(taken, func(name string, v any) bool { return shown[name] != v })
	if len(taken) == 0 {
		return
	}
	own := s.ownChoice(t, o, d)
	for _, name := range slices.Sorted(maps.Keys(taken)) {
		if own != nil && own[name] != taken[name] {
			t.Violation(a, "STATE-READONLY-001", "$."+name, "ignored", "a value of the server's own, as the property is readOnly", jsonOf(shown[name])+", as in the request")
		}
	}
}

// ownChoice returns what the target shows of a creation that leaves the readOnly properties
// to it, nil if it accepts no other one. A status of a short list may be the one that the
// target would have chosen.
func (s *suite) ownChoice(t *rule.T, o *spec.Operation, d request.Draft) map[string]any {
	a := s.sendNew(t, d, func(d request.Draft) request.Request {
		return s.request(t, d).WithNote("nothing that is readOnly")
	})
	if !a.Success() {
		return nil
	}
	defer s.remove(t, o, a)
	return unwrapped(a.Value())
}

// defaults judges what a request created that leaves out properties with a default.
func (s *suite) defaults(t *rule.T, d request.Draft, a *rule.Answer) {
	sampler, err := s.build.Sampler()
	body, isObject := object(d)
	if err != nil || !isObject || s.env.Contract.Unbound("STATE-DEFAULT-001") {
		return
	}
	_, media := d.Body()
	shown, own := unwrapped(a.Value()), map[string]any{}
	if out := s.output(d.Operation, a); out != "" {
		own = sampler.Defaults(out)
	}
	for name, want := range sampler.Defaults(media.Schema) {
		if slices.Contains(ids, generalName(name)) {
			continue // the server gives what it makes an id of its own
		}
		_, sent := body[name]
		is := shown[name]
		if other, says := own[name]; says && jsonOf(other) != jsonOf(want) {
			continue // it names what each of the two is, such as its kind
		}
		if sent || is == nil || !comparable(is) || !comparable(want) || kind(is) != kind(want) || same(is, want) {
			continue
		}
		t.Violation(a, "STATE-DEFAULT-001", "$."+name, "default", jsonOf(want)+", the default of what was left out", jsonOf(is))
	}
}

// ids are the general names of the property by which a thing is told from others.
var ids = []string{"id", "uuid", "pk"}

func comparable(v any) bool {
	switch v.(type) {
	case string, bool, json.Number, float64, int:
		return true
	}
	return false
}
