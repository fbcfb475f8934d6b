package run

import (
	"sync"

	"github.com/hostup/api-conformance/reporters"
)

// made lists what the target has created, recorded at once: a process that is killed
// leaves no records of its specs.
type made struct {
	mu   sync.Mutex
	list []reporters.Created
}

// created records that something was created, or deleted again.
func (s *Session) created(c reporters.Created) {
	s.made.mu.Lock()
	defer s.made.mu.Unlock()
	s.made.list = reporters.NoteCreated(s.made.list, c)
	if s.opt.OnCreated != nil {
		s.opt.OnCreated(c)
	}
}

// completeCreated adds to the set-up record what no record of a spec has, and notes what was
// deleted after the spec that has made it.
func (s *Session) completeCreated() {
	s.made.mu.Lock()
	defer s.made.mu.Unlock()
	listed, deleted := map[reporters.Created]bool{}, map[reporters.Created]bool{}
	for _, c := range s.made.list {
		deleted[kept(c)] = c.Deleted
	}
	for _, r := range s.outcome.Specs {
		for i, c := range r.Created {
			listed[kept(c)] = true
			r.Created[i].Deleted = c.Deleted || deleted[kept(c)] // after the spec
		}
	}
	for _, c := range s.made.list {
		if !listed[kept(c)] {
			s.discovery.Created = append(s.discovery.Created, c)
		}
	}
}

// kept returns what was created, whether or not it has been deleted.
func kept(c reporters.Created) reporters.Created {
	c.Deleted = false
	return c
}
