package rule

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/env"
	"github.com/hostup/api-conformance/suites/request"
)

// A T is one spec's view of the target.
type T struct {
	context.Context
	Env *env.Env

	name  string
	about About

	mu       sync.Mutex // guards what follows: SendAll writes from several goroutines
	findings []spec.Finding
	kept     map[string]spec.Exchange // by id; they hold secrets until shown
	observed map[string]int           // items of the contract's universe
	reached  map[string]bool          // requirements that its answers put to the test
	order    []string                 // ids in the order of sending
	tally    map[string]*reporters.Tally
	drift    map[reporters.Drift]int
	created  []reporters.Created
	skip     *reporters.Skip
	down     string // what became of the target; "" while it is the one that it was
}

// Stop ends the spec. What was found so far decides its outcome.
func (t *T) Stop() { panic(stopped{}) }

// Skip ends the spec and says why it tests nothing: a code of reporters
// (reporters.SkipConfiguration, …) and one sentence that says what to do.
// Findings that were made before still count.
func (t *T) Skip(code, reason string, args ...any) {
	t.skip = &reporters.Skip{Code: code, Reason: t.Env.Text(fmt.Sprintf(reason, args...))}
	t.Stop()
}

// Operation is the operation that the spec is about; the spec is skipped when
// the document has no such operation, or the target does not offer it.
func (t *T) Operation() *spec.Operation { return t.OperationNamed(t.about.Operation) }

// OperationNamed is Operation for another one.
func (t *T) OperationNamed(id string) *spec.Operation {
	o := t.Env.Contract.Operation(id)
	if o == nil {
		t.Skip(reporters.SkipNotOffered, "the document %s has no operation %s", t.Env.Contract.Name(), id)
	}
	if reason := t.Env.NotOffered(id); reason != "" {
		t.Skip(reporters.SkipNotOffered, "%s: %s", o.Name(), reason)
	}
	t.there(o)
	return o
}

// Valid is a valid request of the spec's operation. The spec is skipped when a
// datum that it needs was neither given nor found, or when no key was given.
func (t *T) Valid() request.Request { return t.ValidFor(t.about.Operation) }

// ValidFor is Valid for another operation.
func (t *T) ValidFor(id string) request.Request {
	o := t.OperationNamed(id)
	r, err := request.For(o, t.Env.Data)
	if missing := (*request.MissingDataError)(nil); errors.As(err, &missing) {
		t.Skip(reporters.SkipConfiguration, "%s", t.Env.WhyMissing(missing.Name))
	} else if err != nil {
		panic(err)
	}
	return r
}

// Harmless is Valid for a request that has to be refused anyway: where the
// operation writes, what the body names does not exist, so that a target that
// accepts it all the same has nothing to carry out, and nothing that other specs
// need is used up.
func (t *T) Harmless() request.Request {
	r, _, err := request.Harmless(t.Operation(), t.Env.Data)
	if missing := (*request.MissingDataError)(nil); errors.As(err, &missing) {
		t.Skip(reporters.SkipConfiguration, "%s", t.Env.WhyMissing(missing.Name))
	} else if err != nil {
		panic(err)
	}
	return r
}

// Need skips the spec unless the secret was given.
func (t *T) Need(s request.Secret) {
	if t.Env.Config.Secret(s) == "" {
		t.Skip(reporters.SkipConfiguration, "set %s", t.Env.Config.Variable(string(s)))
	}
}

// Datum is a datum of the target, by its name in the document; the spec is
// skipped when it is neither given nor found.
func (t *T) Datum(name string) string {
	v := t.Env.Data[name]
	if v == "" {
		t.Skip(reporters.SkipConfiguration, "%s", t.Env.WhyMissing(name))
	}
	return v
}

// Wait waits for d or until the spec is interrupted; it reports whether it may
// go on.
func (t *T) Wait(d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-t.Done():
		return false
	}
}

// Requirement is the first requirement of the spec.
func (t *T) Requirement() string { return t.about.Requirements[0] }
