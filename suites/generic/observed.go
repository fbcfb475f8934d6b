package generic

import (
	"strings"
	"sync"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/config"
	"github.com/hostup/api-conformance/suites/rule"
)

// A lifecycle sends a valid change and a deletion of what it has made, and asks again for
// what is gone. Other specs of these operations judge the same answers and send nothing,
// unless the lifecycle got no such answer.

// observed are answers that lifecycles got.
type observed struct {
	mu   sync.Mutex
	list map[answerKey]*rule.Answer
}

type answerKey struct {
	operation string
	gone      bool // to a request for what is gone; else to a valid one
}

// note keeps the first answer of its kind.
func (f *observed) note(o *spec.Operation, gone bool, a *rule.Answer) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if key := (answerKey{o.ID, gone}); f.list[key] == nil {
		f.list[key] = a
	}
}

// answer is what a lifecycle got from an operation, nil if nothing. With --depth thorough
// each spec sends its own request.
func (s *suite) answer(o *spec.Operation, gone bool) *rule.Answer {
	if s.depth != config.Standard {
		return nil
	}
	s.observed.mu.Lock()
	defer s.observed.mu.Unlock()
	return s.observed.list[answerKey{o.ID, gone}]
}

// follows reports whether a lifecycle may send a request of an operation.
func (s *suite) follows(o *spec.Operation) bool {
	get := s.sibling(o, "GET")
	if s.depth != config.Standard || get == nil || !s.env.Config.Safety.Allows(spec.Writes) || !strings.HasSuffix(trimmed(o.Path), "}") {
		return false
	}
	return s.lived()[get]
}

// lives returns the reads that a lifecycle follows.
func (s *suite) lives() map[*spec.Operation]bool {
	all := map[*spec.Operation]bool{}
	for _, o := range s.env.Contract.Operations() {
		if len(s.lifecycle(o)) > 0 {
			all[o] = true
		}
	}
	return all
}
