package generic

import (
	"slices"
	"strings"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/request"
	"github.com/hostup/api-conformance/suites/rule"
)

// supplied is a finder for a request that should succeed: a thing that its body refers to
// by an id, and of which no response shows one, is created for the rest of the spec.
func (s *suite) supplied(t *rule.T, shown request.Find, above ...string) request.Find {
	return func(o *spec.Operation, p spec.Input) (any, bool) {
		if v, ok := shown(o, p); ok || p.In != "body" || !request.Refers(p.Name) {
			return v, ok
		}
		for _, create := range s.makersOf(o, p) {
			if slices.Contains(above, create.ID) || s.vain.is(create) || len(spec.Placeholders(create.Path)) > 0 && !s.shown(t, create) {
				continue
			}
			a, _ := t.Keep("needed "+create.ID, func() (any, func()) {
				return s.supply(t, create, append(slices.Clip(above), create.ID))
			}).(*rule.Answer)
			if a == nil {
				continue
			}
			if v, ok := s.createdID(a, trimmed(create.Path)+"/{"+p.Name+"}", p.Name); ok {
				if v, ok := s.build.Typed(p.Schema, v); ok {
					return v, true
				}
			}
		}
		return nil, false
	}
}

// supply creates a thing that others refer to. The answer is nil if that is not possible.
func (s *suite) supply(t *rule.T, create *spec.Operation, above []string) (a *rule.Answer, undo func()) {
	nothing := func() {}
	if s.missing(create) != "" || !s.env.Config.Safety.Allows(create.Effect) || s.env.Spent(create.Effect) != "" {
		return nil, nothing
	}
	d, err := s.build.Draft(create, s.supplied(t, s.find(t), above...))
	if err != nil {
		return nil, nothing
	}
	if _, err := s.build.Request(d, s.alternative(create)); err != nil {
		return nil, nothing
	}
	a = s.sendNew(t, d, func(d request.Draft) request.Request {
		return s.request(t, d).WithNote("something that another refers to")
	})
	if s.vain.note(create, a); !a.Success() {
		return nil, nothing
	}
	return a, func() { s.remove(t, create, a) }
}

// makersOf are the creations of the things that a member of a body refers to: those of
// collections that are named after it, first those within nothing else.
func (s *suite) makersOf(o *spec.Operation, p spec.Input) (list []*spec.Operation) {
	name := strings.TrimSuffix(generalName(p.Name), "s")
	for _, plural := range plurals(stem(strings.TrimSuffix(name, "uuid"))) {
		for _, create := range s.near.adds[plural] {
			if trimmed(create.Path) != trimmed(o.Path) {
				list = append(list, create)
			}
		}
	}
	return list
}
