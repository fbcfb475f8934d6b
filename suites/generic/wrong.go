package generic

import (
	"math/big"
	"net/http"
	"slices"
	"strings"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/request"
	"github.com/hostup/api-conformance/suites/rule"
)

// enough is how many wrong requests of an operation are accepted until no more are sent:
// what accepts these checks little, and each may make something.
const enough = 3

// wrong sends wrong requests, about something that was made for them where they would
// change what is there.
func (s *suite) wrong(t *rule.T, o *spec.Operation, n int) {
	use := borrowed{s.find(t), func() {}, false, func() {}}
	if o.Effect != spec.Reads && s.build.Inputs(o).Body != nil {
		if use.find = s.supplied(t, use.find); len(spec.Placeholders(o.Path)) > 0 {
			use = s.borrow(t, o, toKeep)
		}
	}
	defer func() { use.undo() }()
	d := s.draft(t, o, use.find)
	if body, media := d.Body(); media != nil {
		d = s.build.WithBody(d, s.accepted.body(o, body))
	}
	list := s.variants(d)
	if len(list) == 0 && !s.breaks(o) {
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
			use.drop()
		}
	}
	if s.breaks(o) {
		s.broken(t, d, tag)
	}
	if accepted > 0 && o.Method != http.MethodPost && o.Effect == spec.Writes && !s.made(d) {
		t.Send(s.request(t, d).WithNote("the valid request again, after a wrong one was accepted"))
	}
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

// breaks reports whether an operation is sent a body that is no JSON: where many have one,
// every other operation with a body.
func (s *suite) breaks(o *spec.Operation) bool { return s.hasBody(o) && s.half.bodies(o) }

// broken sends the valid body without its end.
func (s *suite) broken(t *rule.T, d request.Draft, tag []string) {
	r := s.request(t, d).WithNote("a body that ends too early")
	_, media := d.Body()
	if media == nil || !isJSON(media.Type) || len(r.Body) < 2 {
		return
	}
	r = r.WithBody(r.Header.Get("Content-Type"), r.Body[:len(r.Body)-1])
	r.Excluded = true
	if len(tag) > 0 {
		r = r.WithHeader("If-Match", tag...)
	}
	a := t.Send(r)
	if a.Success() && d.Operation.Method == http.MethodPost {
		s.remove(t, d.Operation, a)
	}
	judgeWrong(t, a, variant{note: "a body that ends too early"})
}

// judgeWrong judges the answer to a wrong request, and reports whether it was accepted.
// 202 and 207 say nothing: what was wrong may be told later, or in the body (RFC 9110
// section 15.3.3, RFC 4918 section 11.1).
func judgeWrong(t *rule.T, a *rule.Answer, v variant) (accepted bool) {
	switch {
	case failed(a):
		t.Violation(a, "HTTP-ROBUST-001", "status", "refused", "any status below 500 for "+v.note, status(a))
	case a.Success() && toldWithin(a.Value()):
		return false
	case a.Success() && !v.lenient && a.Status() != http.StatusAccepted && a.Status() != http.StatusMultiStatus:
		t.Violation(a, "HTTP-INPUT-001", "status", "refused", "a status of 4xx for "+v.note, status(a))
	}
	return a.Success()
}

// toldWithin reports whether a response says within a list that something was refused: what
// takes many things at once may take the others.
func toldWithin(body any) bool {
	const depth = 3
	for _, entry := range firstList(body, depth) {
		o, _ := entry.(map[string]any)
		for name, v := range o {
			switch plainName(name) {
			case "error", "errors":
				list, isList := v.([]any)
				if v != nil && v != "" && (!isList || len(list) > 0) {
					return true
				}
			case "ok", "success":
				if v == false {
					return true
				}
			case "status", "state", "result", "outcome", "code":
				if refusalWord(v) {
					return true
				}
			}
		}
	}
	return false
}

// refusalWord reports whether a value is a word for a refusal, or a status that is one.
func refusalWord(v any) bool {
	n, isNumber := number(v)
	const first, end = 400, 600
	if isNumber {
		return n.Cmp(big.NewRat(first, 1)) >= 0 && n.Cmp(big.NewRat(end, 1)) < 0
	}
	word, _ := v.(string)
	return slices.Contains([]string{"invalid", "error", "failed", "failure", "rejected", "refused"}, strings.ToLower(word))
}

// withoutMatch reports whether a draft lacks an If-Match that its operation requires.
func withoutMatch(d request.Draft) bool {
	return slices.ContainsFunc(d.Inputs.Parameters, func(p spec.Input) bool {
		_, sent := d.Value(p)
		return p.In == "header" && p.Required && !sent && strings.EqualFold(p.Name, "If-Match")
	})
}
