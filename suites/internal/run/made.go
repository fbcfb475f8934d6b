package run

import (
	"slices"
	"sync"

	"github.com/hostup/api-conformance/reporters"
)

// made is what the target was made to make, noted at once: a process that is
// killed leaves no record of its specs behind.
type made struct {
	mu   sync.Mutex
	list []reporters.Created
}

// created notes that something was made, or is deleted again.
func (s *Session) created(c reporters.Created) {
	s.made.mu.Lock()
	defer s.made.mu.Unlock()
	s.made.list = reporters.NoteCreated(s.made.list, c)
	if s.opt.OnCreated != nil {
		s.opt.OnCreated(c)
	}
}

// completeCreated gives the record of the set-up what no record of a spec has.
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
