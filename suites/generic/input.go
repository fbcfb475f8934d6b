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

func jsonOf(v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		return ""
	}
	return string(text)
}

// input: what the document excludes is refused, without a server error.
func (s *suite) input(o *spec.Operation) []probe {
	n := s.upTo(8, 0, 2)
	if n == 0 || !s.excludes(o) || len(s.env.Contract.Alike(o)) > 1 {
		return nil
	}
	if o.Effect != spec.Reads && s.depth == config.Standard {
		n = 3
	}
	effect := o.Effect
	p := probe{area: "input", op: o, text: "refuses input that the document excludes", ids: []string{"HTTP-INPUT-001", "HTTP-ROBUST-001", "HTTP-STATUS-002", "PROB-STATUS-001"}}
	p.sends = []sent{{method: o.Method, path: o.Path, effect: effect, most: n, why: "wrong input"}}
	p.run = func(t *rule.T) { s.wrong(t, o, n) }
	return []probe{p}
}

// excludes reports whether the document may exclude some input of an operation. OPTIONS
// and TRACE do nothing with the resource (RFC 9110 sections 9.3.7 and 9.3.8), so a server
// need not check their input.
func (s *suite) excludes(o *spec.Operation) bool {
	if o.Method == "OPTIONS" || o.Method == "TRACE" {
		return false
	}
	in := s.build.Inputs(o)
	if in.Body != nil && slices.ContainsFunc(in.Body.Media, func(m spec.MediaInput) bool { return m.Schema != "" }) {
		return true
	}
	return slices.ContainsFunc(in.Parameters, func(p spec.Input) bool {
		return p.Required && (p.In == "query" || p.In == "header" && !request.Ignored(p)) || (p.In == "path" || p.In == "query") && s.env.Contract.Excludes(p.Schema)
	})
}

// A variant is a draft with one fault.
type variant struct {
	note  string
	draft request.Draft
}

func (s *suite) wrong(t *rule.T, o *spec.Operation, n int) {
	d := s.draft(t, o, nil)
	list := s.variants(d)
	if len(list) == 0 {
		t.Skip(reporters.SkipNoData, "the document excludes no input of %s", o.Name())
	}
	for _, v := range list[:min(n, len(list))] {
		r, err := s.build.Request(v.draft, s.alternative(o))
		s.need(t, err)
		if why := s.missing(o); why != "" {
			t.Skip(reporters.SkipConfiguration, "%s", why)
		}
		a := t.Send(r.WithNote(v.note))
		s.deleted(d, a)
		switch {
		case failed(a):
			t.Violation(a, "HTTP-ROBUST-001", "status", "refused", "any status below 500 for "+v.note, status(a))
		case a.Success():
			t.Violation(a, "HTTP-INPUT-001", "status", "refused", "a status of 4xx for "+v.note, status(a))
		}
	}
}

// variants returns the wrong requests of an operation, one of each kind before a second
// of any.
func (s *suite) variants(d request.Draft) (list []variant) {
	sampler, err := s.build.Sampler()
	if err != nil {
		return nil
	}
	var absent, other []variant
	for _, p := range d.Inputs.Parameters {
		if p.Required && p.In == "query" || p.Required && p.In == "header" && !request.Ignored(p) {
			absent = append(absent, variant{p.In + " parameter " + p.Name + " left out", d.Without(p)})
		}
		if p.Media != "" || p.In == "header" || p.In == "cookie" {
			continue
		}
		for _, v := range excluded {
			if !meetsAsText(sampler, p.Schema, v) {
				other = append(other, variant{p.In + " parameter " + p.Name + "=" + v, d.With(p, v)})
				break
			}
		}
	}
	bodies := s.bodies(d)
	for i := 0; i < max(len(absent), len(other), len(bodies)); i++ {
		for _, kind := range [][]variant{bodies, other, absent} {
			if i < len(kind) {
				list = append(list, kind[i])
			}
		}
	}
	return list
}

// excluded are values that most schemas exclude.
var excluded = []string{"conformance-none", "-1"}

// meetsAsText reports whether a text may be a value of the schema in any interpretation
// that a server could have.
func meetsAsText(s *spec.Sampler, schema, v string) bool {
	values := []any{v, []any{v}, map[string]any{v: ""}}
	var number any
	if json.Unmarshal([]byte(v), &number) == nil {
		values = append(values, json.Number(v), []any{json.Number(v)})
	}
	return slices.ContainsFunc(values, func(v any) bool { return s.Meets(schema, v) })
}

// bodies returns wrong bodies: a required property left out, one of another type, and
// non-JSON.
func (s *suite) bodies(d request.Draft) (list []variant) {
	body, media := d.Body()
	sampler, err := s.build.Sampler()
	if media == nil || err != nil {
		return nil
	}
	o, isObject := body.(map[string]any)
	if _, isList := body.([]any); isList && isJSON(media.Type) && !sampler.Meets(media.Schema, map[string]any{}) {
		return []variant{{"an object as body", d.WithBody(map[string]any{})}}
	}
	if !isObject {
		return nil
	}
	for _, name := range slices.Sorted(maps.Keys(o)) {
		less := maps.Clone(o)
		delete(less, name)
		if !isJSON(media.Type) && saysNothing(sampler, media.Schema, less, o[name], name, d.Inputs.Body.Required) {
			continue
		}
		if !sampler.Meets(media.Schema, less) {
			list = append(list, variant{"body without " + name, d.WithBody(less)})
			break
		}
	}
	for _, name := range slices.Sorted(maps.Keys(o)) {
		odd := maps.Clone(o)
		odd[name] = map[string]any{"conformance": []any{}}
		if !sampler.Meets(media.Schema, odd) && isJSON(media.Type) {
			list = append(list, variant{"an object as " + name, d.WithBody(odd)})
			break
		}
	}
	if isJSON(media.Type) && !sampler.Meets(media.Schema, []any{}) {
		list = append(list, variant{"an empty list as body", d.WithBody([]any{})})
	}
	return list
}

// saysNothing reports whether a form without a property may mean the same as one with it:
// a form cannot express an empty list or object, and an empty form is no body.
func saysNothing(sampler *spec.Sampler, schema string, less map[string]any, value any, name string, required bool) bool {
	if len(less) == 0 && !required {
		return true
	}
	empty := maps.Clone(less)
	switch value.(type) {
	case []any:
		empty[name] = []any{}
	case map[string]any:
		empty[name] = map[string]any{}
	default:
		return false
	}
	return sampler.Meets(schema, empty)
}

func isJSON(mediaType string) bool { return spec.IsJSON(mediaType) }
