package generic

import (
	"net/http"
	"sync"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/rule"
)

// vain knows the creations of which the target refuses every valid request. Others that
// need what they make do not ask again: each would be refused like the ones before.
type vain struct {
	mu       sync.Mutex
	refusals map[string]refusal // by operation
}

// A refusal counts the refused requests since the last success.
type refusal struct {
	n    int
	last *rule.Answer
}

// enoughRefusals is how many specs try: the first may have met something that was there
// by chance.
const enoughRefusals = 2

// note records the answer to the valid request of a creation. A server that has no time
// says nothing about it.
func (v *vain) note(o *spec.Operation, a *rule.Answer) {
	v.mu.Lock()
	defer v.mu.Unlock()
	switch status := a.Status(); {
	case a.Success():
		delete(v.refusals, o.ID)
	case o.Method == http.MethodPost && status != http.StatusTooManyRequests && status != http.StatusServiceUnavailable:
		v.refusals[o.ID] = refusal{v.refusals[o.ID].n + 1, a}
	}
}

// is reports whether a creation is asked in vain.
func (v *vain) is(o *spec.Operation) bool { return v.last(o) != nil }

// last is the last refusal of a creation that is asked in vain, else nil.
func (v *vain) last(o *spec.Operation) *rule.Answer {
	v.mu.Lock()
	defer v.mu.Unlock()
	if r := v.refusals[o.ID]; r.n >= enoughRefusals {
		return r.last
	}
	return nil
}
