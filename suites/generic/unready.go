package generic

import (
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/config"
	"github.com/hostup/api-conformance/suites/request"
	"github.com/hostup/api-conformance/suites/rule"
)

// later reads the result of what was begun again until it is there, or the time to settle
// is over: 409 says that it is not yet. If it never is, another one is begun.
func (s *suite) later(t *rule.T, o *spec.Operation, a *rule.Answer) *rule.Answer {
	above := s.progress(o)
	if a.Status() != http.StatusConflict || above == nil {
		return a
	}
	d := s.draft(t, o, func(_ *spec.Operation, p spec.Input) (any, bool) {
		return fromPath(a, s.env.Contract.BasePath(o)+o.Path, p.Name)
	})
	if a = s.ready(t, d, above); a.Status() != http.StatusConflict || !s.late(o) {
		return a
	}
	names := spec.Placeholders(above.Path)
	create := s.makerOf(above, names[len(names)-1]) // what was begun may have been ended since
	if create == nil || s.missing(create) != "" || s.vain.is(create) || !s.env.Config.Safety.Allows(create.Effect) {
		return a
	}
	_, find, undo := s.makeThing(t, create, above, false)
	defer undo()
	if d = s.draft(t, o, find); !s.made(s.draft(t, above, find)) {
		return a
	}
	return s.ready(t, d, above)
}

// ready reads what is begun until it is there. Between two reads it asks how far that is.
func (s *suite) ready(t *rule.T, d request.Draft, above *spec.Operation) *rule.Answer {
	tries := 0
	return s.until(t, func() *rule.Answer {
		tries++
		s.do(t, above, d, "how far it is")
		return t.Send(s.request(t, d).WithNote("what may be ready now"))
	}, func(a *rule.Answer) bool { return a.Status() != http.StatusConflict || tries >= mostLater })
}

const mostLater = 4

func (s *suite) laterSends(o *spec.Operation) []sent {
	above := s.progress(o)
	if above == nil {
		return nil
	}
	return append(sends(o, 0, 2*mostLater, "what may be ready now"), sends(above, 0, 2*mostLater, "how far it is")...)
}

// progress is the read of what a path is one segment below, for a read that documents that
// it may not be ready (409).
func (s *suite) progress(o *spec.Operation) *spec.Operation {
	if s.depth == config.Quick || o.Method != http.MethodGet || o.Effect != spec.Reads || !below(o) || !slices.Contains(o.Statuses, "409") {
		return nil
	}
	path := trimmed(o.Path)
	for _, other := range s.near.at[path[:strings.LastIndex(path, "/")]] {
		if other.Method == http.MethodGet && other.Effect == spec.Reads && s.missing(other) == "" {
			return other
		}
	}
	return nil
}

// otherThings sends a creation again that was refused for the state of what it refers to
// (409), with other things that the target lists. b is nil if there are none.
func (s *suite) otherThings(t *rule.T, d request.Draft, a *rule.Answer, find request.Find, valid func(request.Draft) request.Request) (other request.Draft, b *rule.Answer) {
	body, isObject := object(d)
	if a.Status() != http.StatusConflict || d.Operation.Method != http.MethodPost || !isObject || s.vain.is(d.Operation) {
		return d, nil
	}
	used := map[string]bool{}
	const most = 2
	for range most {
		for name, v := range maps.All(body) {
			if request.Refers(name) && scalarValue(v) {
				used[text(v)] = true
			}
		}
		if len(used) == 0 {
			return d, nil
		}
		next, err := s.build.Draft(d.Operation, s.supplied(t, func(o *spec.Operation, p spec.Input) (any, bool) {
			if p.In != "body" {
				return find(o, p)
			}
			return s.findingBut(t, nil, used)(o, p)
		}))
		if err != nil {
			return d, nil
		}
		now, _ := object(next)
		if jsonOf(now) == jsonOf(body) {
			return d, nil
		}
		if b = t.Send(valid(next).WithNote("another thing that it refers to")); b.Status() != http.StatusConflict {
			return next, b
		}
		body = now
	}
	return d, nil
}
