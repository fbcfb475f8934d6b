package generic

import (
	"sync"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/request"
	"github.com/hostup/api-conformance/suites/rule"
)

// Specs that only read a thing, or send requests about it that must be refused, leave it as
// it is: the run makes one thing of a kind for all of them. Those that send a valid change
// each, or make other things within it, share another one: what is within a thing may say
// what it accepts from then on. Both are deleted after the last spec. What a spec judges
// step by step, or deletes, it makes for itself.

// A use says what the specs do that share a thing.
type use string

const (
	toKeep   use = "keep"   // they leave it as it is
	toChange use = "change" // they change it, or what is within it
)

// lent are the things that the run has made for several specs.
type lent struct {
	mu   sync.Mutex
	list map[string]*loan // by use and creation
}

// A loan is a thing of one kind for one use.
type loan struct {
	mu    sync.Mutex // held while the thing is made
	thing *thing     // nil: none was made, or it is no longer what specs expect
}

func (l *lent) of(u use, create *spec.Operation) *loan {
	l.mu.Lock()
	defer l.mu.Unlock()
	key := string(u) + " " + create.ID
	if l.list[key] == nil {
		l.list[key] = &loan{}
	}
	return l.list[key]
}

// drop makes the next spec that borrows get another thing in place of this one.
func (l *loan) drop(was *thing) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.thing == was {
		l.thing = nil
	}
}

// A borrowed thing has a finder of its id. drop is for a spec that did something else with
// it than its use says, or to which it was of no use. again reports that other specs had it
// before.
type borrowed struct {
	find  request.Find
	drop  func()
	again bool
	undo  func() // of what only this spec needs
}

// borrow finds a thing for an operation that other specs share. Without a creation it
// finds an existing one.
func (s *suite) borrow(t *rule.T, o *spec.Operation, u use) borrowed {
	nothing := func() {}
	create := s.makes(o)
	if create == nil {
		return borrowed{s.supplied(t, s.find(t)), nothing, false, nothing}
	}
	l := s.lent.of(u, create)
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.thing != nil && s.isGone(l.thing, o) {
		l.thing = nil // another one of the same name was deleted
	}
	again := l.thing != nil
	if !again {
		one, find, undo := s.makeThing(t, create, o, true)
		// What a thing refers to is gone when the spec ends.
		if one == nil || one.needs || !s.takenBack(t, create, one) {
			return borrowed{find, nothing, false, undo}
		}
		l.thing = one
	}
	own := l.thing
	return borrowed{s.findThing(own, o, s.supplied(t, s.find(t))), func() { l.drop(own) }, again, nothing}
}

// takenBack has a thing deleted after the last spec, if the document has a DELETE for it. It
// reports whether the limits of the run leave that.
func (s *suite) takenBack(t *rule.T, create *spec.Operation, one *thing) bool {
	if o, _ := s.removal(create); o == nil {
		return true
	}
	if !s.env.SetAside(t.Context, spec.Writes) {
		return false
	}
	t.AtEnd(func(late *rule.T) { s.removeBy(late, create, one.made, s.env.ExchangeSetAside) })
	return true
}

// isGone reports whether the run has deleted what has the id of a thing.
func (s *suite) isGone(one *thing, o *spec.Operation) bool {
	names := spec.Placeholders(o.Path)
	last := names[len(names)-1]
	v, known := s.createdID(one.made, o.Path, last)
	return known && s.env.Noted(gone(o.Path, last, v))
}
