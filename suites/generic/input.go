package generic

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"

	"github.com/hostup/api-conformance/reporters"
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

// A variant is a draft with one fault. A server may accept a lenient one.
type variant struct {
	note    string
	draft   request.Draft
	lenient bool
	media   string // Content-Type in place of the one of the draft, "" for that
}

// enough is how many wrong requests of an operation are accepted until no more are sent:
// what accepts these checks little, and each may make something.
const enough = 3

// wrong sends wrong requests, about something that was made for them where they would
// change what is there.
func (s *suite) wrong(t *rule.T, o *spec.Operation, n int) {
	find, undo := s.find(t), func() {}
	if o.Effect != spec.Reads && s.build.Inputs(o).Body != nil {
		find, undo = s.own(t, o)
	}
	defer undo()
	d := s.draft(t, o, find)
	if body, media := d.Body(); media != nil {
		d = s.build.WithBody(d, s.accepted.body(o, body))
	}
	list := s.variants(d)
	if len(list) == 0 {
		t.Skip(reporters.SkipNoData, "the document excludes no input of %s", o.Name())
	}
	tag := s.conditional(t, d, s.request(t, d)).Header.Values("If-Match")
	accepted, renamed := 0, false
	for i := 0; i < min(n, len(list)) && accepted < enough; i++ {
		a := s.sendWrong(t, list[i], tag)
		if other, ok := s.build.Renamed(d, suffix()); a.Status() == http.StatusConflict && o.Method == http.MethodPost && ok && !renamed {
			renamed = true // the name was looked at before what is wrong
			if others := s.variants(other); len(others) == len(list) {
				list = others
				a = s.sendWrong(t, list[i], tag)
			}
		}
		if judgeWrong(t, a, list[i]) {
			accepted++
		}
	}
	if accepted > 0 && o.Method != http.MethodPost && o.Effect == spec.Writes && !s.made(d) {
		t.Send(s.request(t, d).WithNote("the valid request again, after a wrong one was accepted"))
	}
}

// emptyIsAbsent reports whether a query parameter may have an empty list or object as its
// value, which has no text: it is left out (RFC 6570 section 2.3).
func emptyIsAbsent(sampler *spec.Sampler, p spec.Input) bool {
	return p.Media == "" && !sampler.Meets(p.Schema, "text") && (sampler.Meets(p.Schema, map[string]any{}) || sampler.Meets(p.Schema, []any{}))
}

func (s *suite) sendWrong(t *rule.T, v variant, tag []string) *rule.Answer {
	r := s.request(t, v.draft).WithNote(v.note)
	r.Excluded = true
	if v.media != "" {
		r = r.WithHeader("Content-Type", v.media)
	}
	if len(tag) > 0 && !withoutMatch(v.draft) {
		r = r.WithHeader("If-Match", tag...)
	}
	a := t.Send(r)
	s.deleted(v.draft, a)
	if a.Success() && v.draft.Operation.Method == http.MethodPost {
		s.remove(t, v.draft.Operation, a)
	}
	return a
}

// judgeWrong judges the answer to a wrong request, and reports whether it was accepted.
// 202 and 207 say nothing: what was wrong may be told later, or in the body (RFC 9110
// section 15.3.3, RFC 4918 section 11.1).
func judgeWrong(t *rule.T, a *rule.Answer, v variant) (accepted bool) {
	switch {
	case failed(a):
		t.Violation(a, "HTTP-ROBUST-001", "status", "refused", "any status below 500 for "+v.note, status(a))
	case a.Success() && !v.lenient && a.Status() != http.StatusAccepted && a.Status() != http.StatusMultiStatus:
		t.Violation(a, "HTTP-INPUT-001", "status", "refused", "a status of 4xx for "+v.note, status(a))
	}
	return a.Success()
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
	}
	if _, media := d.Body(); media != nil && isJSON(media.Type) && s.onlyJSON(d) {
		absent = append(absent, variant{"the valid body as text/plain", d, false, "text/plain"})
	}
	bodies := s.shared(d, s.bodies(d))
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

// onlyJSON reports whether an operation documents that it refuses other media types than
// those it lists, which are all JSON: without that, many servers do not look.
func (s *suite) onlyJSON(d request.Draft) bool {
	return d.Operation.Documents(http.StatusUnsupportedMediaType) && slices.Contains(d.Operation.Statuses, "415") &&
		!slices.ContainsFunc(d.Inputs.Body.Media, func(m spec.MediaInput) bool { return !isJSON(m.Type) || strings.Contains(m.Type, "*") })
}

// withoutMatch reports whether a draft lacks an If-Match that its operation requires.
func withoutMatch(d request.Draft) bool {
	return slices.ContainsFunc(d.Inputs.Parameters, func(p spec.Input) bool {
		_, sent := d.Value(p)
		return p.In == "header" && p.Required && !sent && strings.EqualFold(p.Name, "If-Match")
	})
}
