package generic

import (
	"net/http"
	"slices"
	"strings"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/rule"
)

// deleteFilled deletes the resource while it has a part: that may be refused, or take the
// part along, and is no server error. What is refused is deleted without the part.
func (l *life) deleteFilled(o *spec.Operation, before *rule.Answer) (gone bool) {
	part, empty := l.fill()
	if part == nil {
		return l.delete(o, before)
	}
	if now := l.read("what has a part now"); now.Success() {
		before = now
	}
	if l.delete(o, before) {
		l.t.TookBack(part)
		return true
	}
	if !empty() {
		return false
	}
	if now := l.read("what has no part any more"); now.Success() {
		before = now
	}
	return l.delete(o, before)
}

// fill makes a part of the resource, nil if it cannot. empty deletes that again.
func (l *life) fill() (part *rule.Answer, empty func() bool) {
	for _, o := range l.fillers(l.get, l.name) {
		if l.missing(o) != "" || l.vain.is(o) || l.env.Spent(o.Effect) != "" {
			continue
		}
		d, err := l.drafted(o)
		if err != nil {
			continue
		}
		if _, err := l.build.Request(d, l.alternative(o)); err != nil {
			continue
		}
		a := l.t.Send(l.request(l.t, d).WithNote("a part of what is to be deleted"))
		if !a.Success() {
			return nil, nil // one request is enough
		}
		return a, func() bool {
			if o.Method == http.MethodPost {
				return l.remove(l.t, o, a)
			}
			remove := l.sibling(o, http.MethodDelete)
			gone, err := l.build.Draft(remove, func(_ *spec.Operation, p spec.Input) (any, bool) { return d.Value(p) })
			r, wrong := l.build.Request(gone, l.alternative(remove))
			return err == nil && wrong == nil && l.tidy(l.t, r, a)
		}
	}
	return nil, nil
}

// fillers are the operations that put something within what an operation reads, which the
// document can delete again.
func (s *suite) fillers(get *spec.Operation, name string) (list []*spec.Operation) {
	within := trimmed(get.Path) + "/"
	for _, o := range s.env.Contract.Operations() {
		if o.Effect != spec.Writes || !strings.HasPrefix(o.Path, within) || !slices.Contains(spec.Placeholders(o.Path), name) {
			continue
		}
		below := spec.Placeholders(strings.TrimPrefix(o.Path, within))
		removal, _ := s.removal(o)
		makes := o.Method == http.MethodPost && len(below) == 0 && s.env.Contract.Creates(o) && removal != nil
		puts := o.Method == http.MethodPut && len(below) > 0 && o.Documents(http.StatusCreated) && s.sibling(o, http.MethodDelete) != nil
		if makes || puts {
			list = append(list, o)
		}
	}
	return list
}

// partSends is what fill may send for what an operation reads.
func (s *suite) partSends(get *spec.Operation) []sent {
	names := spec.Placeholders(get.Path)
	list := s.fillers(get, names[len(names)-1])
	if len(list) == 0 {
		return nil
	}
	return append(sends(list[0], 0, 1, "a part of what is to be deleted"), sends(get, 0, 2, "what was made")...)
}
