package generic

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"

	"github.com/hostup/api-conformance/spec"
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

// How many wrong requests an operation gets: with a body there is more to get wrong.
const (
	mostWrong       = 8
	mostWrongBodies = 60
)

// input: what the document excludes is refused, without a server error.
func (s *suite) input(o *spec.Operation) []probe {
	n := s.upTo(mostWrong, 0, 2)
	if n == 0 || !s.excludes(o) || len(s.env.Contract.Alike(o)) > 1 {
		return nil
	}
	switch {
	case s.hasBody(o):
		n = s.wrongBodies()
	case o.Effect != spec.Reads:
		n = s.upTo(mostWrong, 0, 3)
	}
	most := n
	if s.breaks(o) {
		most++
	}
	p := probe{area: "input", op: o, text: "refuses input that the document excludes", ids: []string{"HTTP-INPUT-001", "HTTP-ROBUST-001", "HTTP-STATUS-002", "PROB-STATUS-001"}}
	p.sends = []sent{{method: o.Method, path: o.Path, effect: o.Effect, most: most, why: "wrong input"}}
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

// A variant is a draft with one fault. A server may accept a lenient one.
type variant struct {
	note    string
	draft   request.Draft
	lenient bool
	media   string // Content-Type in place of the one of the draft, "" for that
}

// emptyIsAbsent reports whether a query parameter may have an empty list or object as its
// value, which has no text: it is left out (RFC 6570 section 2.3).
func emptyIsAbsent(sampler *spec.Sampler, p spec.Input) bool {
	return p.Media == "" && !sampler.Meets(p.Schema, "text") && (sampler.Meets(p.Schema, map[string]any{}) || sampler.Meets(p.Schema, []any{}))
}

// variants returns the wrong requests of an operation, one of each kind before a second
// of any.
func (s *suite) variants(d request.Draft) (list []variant) {
	sampler, err := s.build.Sampler()
	if err != nil {
		return nil
	}
	var absent, other, beyond []variant
	for _, p := range d.Inputs.Parameters {
		if p.Required && (p.In == "query" && !emptyIsAbsent(sampler, p) || p.In == "header" && !request.Ignored(p)) {
			absent = append(absent, variant{p.In + " parameter " + p.Name + " left out", d.Without(p), false, ""})
		}
		if p.Media != "" || p.In == "header" || p.In == "cookie" || p.Style == "deepObject" {
			continue // a plain value of a deepObject is another parameter
		}
		for _, v := range excluded {
			if !meetsAsText(sampler, p.Schema, v) {
				other = append(other, variant{p.In + " parameter " + p.Name + "=" + v, d.With(p, v), false, ""})
				break
			}
		}
		beyond = append(beyond, s.beyond(sampler, d, p)...)
	}
	if _, media := d.Body(); media != nil && isJSON(media.Type) && s.onlyJSON(d) {
		absent = append(absent, variant{"the valid body as text/plain", d, false, "text/plain"})
	}
	bodies := s.shared(d, s.bodies(d))
	for i := 0; i < max(len(absent), len(other), len(beyond), len(bodies)); i++ {
		for _, kind := range [][]variant{bodies, other, absent, beyond} {
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
	scalars := []any{v}
	var number any
	if json.Unmarshal([]byte(v), &number) == nil {
		scalars = append(scalars, json.Number(v))
	}
	values := []any{map[string]any{v: ""}}
	for _, x := range scalars {
		values = append(values, x, []any{x}, []any{[]any{x}})
	}
	return slices.ContainsFunc(values, func(v any) bool { return s.Meets(schema, v) })
}

// onlyJSON reports whether an operation documents that it refuses other media types than
// those it lists, which are all JSON: without that, many servers do not look.
func (s *suite) onlyJSON(d request.Draft) bool {
	return d.Operation.Documents(http.StatusUnsupportedMediaType) && slices.Contains(d.Operation.Statuses, "415") &&
		!slices.ContainsFunc(d.Inputs.Body.Media, func(m spec.MediaInput) bool { return !isJSON(m.Type) || strings.Contains(m.Type, "*") })
}
