package env

import (
	"sync"
	"time"

	"github.com/hostup/api-conformance/spec"
)

// A pace finds out whether a target answers requests side by side in good time. One that
// serves them one after the other, in half a second each, takes longer than the time limit
// for the last of two dozen, and has no fault.
type pace struct {
	mu      sync.Mutex
	alone   time.Duration // the longest that a request took while there was no other
	crowded bool          // a request took too long since Crowded was asked
	single  bool          // the target serves one connection at a time, see [Env.single]
}

const (
	// slowPart is the part of the time limit from which a response comes late.
	slowPart = 5
	// muchLonger is how many times as long as alone a request takes beside too many others.
	muchLonger = 2
	// mostAtFirst specs start together.
	mostAtFirst = 4
)

// note counts an exchange; the preflight has no other beside it. One that got no whole
// response in time does not count: a target that hangs is not helped by patience.
func (p *pace) note(ex spec.Exchange, alone bool, limit time.Duration) {
	if !answered(ex) {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if alone {
		p.alone, p.crowded = max(p.alone, ex.Duration), false
	} else if ex.Duration > max(limit/slowPart, muchLonger*p.alone) {
		p.crowded = true
	}
}

// Longest returns how long the slowest request took that had no other beside it.
func (e *Env) Longest() time.Duration {
	e.pace.mu.Lock()
	defer e.pace.mu.Unlock()
	return e.pace.alone
}

// Crowded reports whether a request took so long, since it was last asked, that there may
// be too many side by side.
func (e *Env) Crowded() bool {
	e.pace.mu.Lock()
	defer e.pace.mu.Unlock()
	crowded := e.pace.crowded
	e.pace.crowded = false
	return crowded
}

// OneByOne reports whether specs may run only one after the other: large responses have
// come, of which several are too much, or the target serves one connection at a time.
func (e *Env) OneByOne() bool {
	e.pace.mu.Lock()
	single := e.pace.single
	e.pace.mu.Unlock()
	return single || e.heavy()
}

// AtFirst returns how many specs to start with side by side: fewer if the time limit is
// near for those of a target that serves one after the other.
func (e *Env) AtFirst() int {
	e.pace.mu.Lock()
	defer e.pace.mu.Unlock()
	if e.pace.alone <= 0 {
		return mostAtFirst
	}
	return max(1, min(mostAtFirst, int(e.Config.RequestTimeout/muchLonger/e.pace.alone)))
}
