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

// A T gives one spec access to the target and records what it sees.
type T struct {
	context.Context
	Env *env.Env

	name  string
	about About

	keeping map[string]kept // see Keep
	keys    []string        // of keeping, in the order in which they came

	mu       sync.Mutex // guards what follows: SendAll writes from several goroutines
	findings []spec.Finding
	kept     map[string]func() reporters.Exchange // by id, as reports show them
	observed map[string]int                       // items of the contract's universe
	reached  map[string]bool                      // requirements that its responses exercised
	order    []string                             // ids in sending order
	counted  map[string]bool                      // ids of the exchanges in tally
	tally    map[string]*reporters.Tally
	drift    map[reporters.Drift]int
	created  []reporters.Created
	skip     *reporters.Skip
	down     string // what became of the target; "" while it is still the same
}

// Stop ends the spec. Its findings so far decide its state.
func (t *T) Stop() { panic(stopped{}) }

// Skip ends the spec and says why it tests nothing: a code (reporters.SkipConfiguration,
// …) and a sentence that says what to do. Earlier findings still count.
func (t *T) Skip(code, reason string, args ...any) {
	t.skip = &reporters.Skip{Code: code, Reason: t.Env.Text(fmt.Sprintf(reason, args...))}
	t.Stop()
}

// Operation returns the operation that the spec is about. It skips the spec if the
// document has no such operation, or the target does not offer it.
func (t *T) Operation() *spec.Operation { return t.OperationNamed(t.about.Operation) }

// OperationNamed is Operation for the operation with this id.
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

// Valid returns a valid request of the spec's operation. It skips the spec if input or a
// key for it is missing.
func (t *T) Valid() request.Request { return t.ValidFor(t.about.Operation) }

// ValidFor is Valid for the operation with this id.
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

// Harmless is Valid for a request that must be refused anyway: if the operation writes,
// the body names what does not exist, so that a target that accepts it nevertheless has
// nothing to carry out, and uses up nothing that other specs need.
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

// Datum returns a datum of the target by its name in the document. It skips the spec if
// the datum was neither given nor found.
func (t *T) Datum(name string) string {
	v := t.Env.Data[name]
	if v == "" {
		t.Skip(reporters.SkipConfiguration, "%s", t.Env.WhyMissing(name))
	}
	return v
}

// Wait waits for d and reports true, or false as soon as the spec is interrupted.
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

// Requirement returns the first requirement of the spec.
func (t *T) Requirement() string { return t.about.Requirements[0] }
