package generic

import (
	"net/http"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/request"
	"github.com/hostup/api-conformance/suites/rule"
)

// fresh creates a resource for an operation and finds its id; without a creation it finds
// an existing one.
func (s *suite) fresh(t *rule.T, o *spec.Operation) (find request.Find, undo func()) {
	create := s.makes(o)
	if create == nil {
		return s.supplied(t, s.find(t)), func() {}
	}
	_, find, undo = s.makeThing(t, create, o, false)
	return find, undo
}

// makes is the creation of what the path of an operation names, nil if there is none that
// may be sent.
func (s *suite) makes(o *spec.Operation) *spec.Operation {
	names := spec.Placeholders(o.Path)
	if len(names) == 0 {
		return nil
	}
	create := s.maker(o, names[len(names)-1])
	if create == nil || s.missing(create) != "" || s.vain.is(create) || !s.env.Config.Safety.Allows(create.Effect) {
		return nil
	}
	return create
}

// A thing is what a creation has made.
type thing struct {
	draft request.Draft // of the creation
	made  *rule.Answer
	needs bool // another thing, which was made for it
}

// makeThing sends the creation of what an operation names. one is nil if that makes
// nothing; find then finds what it would be within. What stays beside others that are made
// later gets a name and numbers of its own, if the target accepts that: it may have each of
// them once.
func (s *suite) makeThing(t *rule.T, create, o *spec.Operation, stays bool) (one *thing, find request.Find, undo func()) {
	use := s.within(t, create)
	before := t.Keeps()
	send := func() (d request.Draft, made *rule.Answer) {
		d, err := s.build.Draft(create, use.find)
		if err != nil {
			return d, nil
		}
		if _, err := s.build.Request(d, nil); err != nil {
			return d, nil
		}
		write := func(d request.Draft) request.Request { return s.request(t, d).WithNote("something to change") }
		renamed, ok := s.build.Reshaped(d, suffix())
		if !ok || !stays {
			return d, s.sendNew(t, d, write)
		}
		if made = t.Send(write(renamed)); made.Status() == http.StatusBadRequest || made.Status() == http.StatusUnprocessableEntity {
			made = s.sendNew(t, d, write) // such a name may be what it refuses
		} else if remove, _ := s.removal(create); remove == nil {
			s.met.remember(made)
		}
		return d, made
	}
	d, made := send()
	if made != nil && !made.Success() && use.again { // there may be only one within it
		use.drop()
		use = s.within(t, create)
		d, made = send()
	}
	if made == nil {
		return nil, use.find, use.undo
	}
	if s.vain.note(create, made); !made.Success() {
		return nil, use.find, use.undo
	}
	names := spec.Placeholders(o.Path)
	if _, ok := s.createdID(made, o.Path, names[len(names)-1]); !ok {
		return nil, use.find, use.undo
	}
	one = &thing{d, made, t.Keeps() > before}
	return one, s.findThing(one, o, use.find), func() { s.remove(t, create, made); use.undo() }
}

// findThing finds the id of a thing in the path of an operation, and what it is within.
func (s *suite) findThing(one *thing, o *spec.Operation, shown request.Find) request.Find {
	names := spec.Placeholders(o.Path)
	last := names[len(names)-1]
	v, known := s.createdID(one.made, o.Path, last)
	return func(op *spec.Operation, p spec.Input) (any, bool) {
		if p.Name != last {
			if v, ok := one.draft.Value(p); ok {
				return v, true // the collection that it was created in
			}
			return shown(op, p)
		}
		if typed, ok := s.build.Typed(p.Schema, v); known && ok {
			s.env.Note("made " + op.Path + " " + text(typed))
			return typed, true
		}
		return nil, false
	}
}

// within finds what a creation is within: what a response shows, else a resource that is
// created for all that are within one.
func (s *suite) within(t *rule.T, create *spec.Operation) borrowed {
	if len(spec.Placeholders(create.Path)) == 0 || s.shown(t, create) {
		return borrowed{s.supplied(t, s.find(t)), func() {}, false, func() {}}
	}
	return s.borrow(t, create, toChange)
}
