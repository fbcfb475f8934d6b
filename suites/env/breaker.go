package env

import (
	"fmt"
	"sync"

	"github.com/hostup/api-conformance/spec"
)

// A breaker keeps a run from waiting for a target that has stopped answering.
// Hundreds of specs that each wait for a time-out would take an hour to say what
// three of them say.
type breaker struct {
	mu   sync.Mutex
	runs map[string]int // operation -> requests in a row without an answer
	all  int            // the same over all operations
}

const (
	giveUpOperation = 3
	giveUpTarget    = 12
)

// note counts an exchange of an operation.
func (b *breaker) note(operation string, answered bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.runs == nil {
		b.runs = map[string]int{}
	}
	if answered {
		b.runs[operation], b.all = 0, 0
		return
	}
	b.runs[operation]++
	b.all++
}

// open says why requests to an operation are not worth sending any more.
func (b *breaker) open(operation string) string {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch {
	case b.runs[operation] >= giveUpOperation:
		return fmt.Sprintf("the last %d requests to %s got no answer", b.runs[operation], operation)
	case b.all >= giveUpTarget:
		return fmt.Sprintf("the last %d requests to the target got no answer", b.all)
	}
	return ""
}

// GivenUp says why a request is not sent any more: the requests before it, to
// the same operation or to the whole target, got no answer. "" for one that is.
func (e *Env) GivenUp(method, path string) string {
	return e.breaker.open(e.operationAt(method, path))
}

func (e *Env) operationAt(method, path string) string {
	if o := e.Contract.Match(method, path); o != nil {
		return o.Name()
	}
	return method + " " + path
}

// answered reports whether an answer came that was not cut off by a time-out.
func answered(ex spec.Exchange) bool {
	return ex.Response != nil && ex.Response.ReadCause != spec.CauseTime
}
