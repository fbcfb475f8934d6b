package run

import (
	"slices"
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

// completeCreated adds to the set-up record what no record of a spec has.
func (s *Session) completeCreated() {
	s.made.mu.Lock()
	defer s.made.mu.Unlock()
	for _, c := range s.made.list {
		if !slices.ContainsFunc(s.outcome.Specs, func(r reporters.SpecRecord) bool {
			return slices.ContainsFunc(r.Created, func(made reporters.Created) bool {
				made.Deleted = c.Deleted
				return made == c
			})
		}) {
			s.discovery.Created = append(s.discovery.Created, c)
		}
	}
}
