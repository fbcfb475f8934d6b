package env

import (
	"context"

	"github.com/hostup/api-conformance/reporters"
)

// A Declared is a spec of the tree that is being built, see Env.OnDeclared.
type Declared struct {
	Name     string
	Sequence *Sequence // that it is a part of; nil: it may run beside any other
	// Run runs it and returns what it saw, with its state. It never panics.
	Run func(ctx context.Context) reporters.SpecRecord
}

// A Sequence is specs that run one after the other, in the order in which they are
// declared.
type Sequence struct{ When When }

// When says when the specs of a sequence run.
type When int

const (
	Beside When = iota // any others
	After              // all that only read, because it changes what they look at
	Alone              // when nothing else does
)

// Within has everything that build declares be a part of a sequence.
func (e *Env) Within(s *Sequence, build func()) {
	outer := e.sequence
	e.sequence = s
	defer func() { e.sequence = outer }()
	build()
}

// Declare tells OnDeclared of a spec.
func (e *Env) Declare(name string, run func(ctx context.Context) reporters.SpecRecord) {
	if e.OnDeclared != nil {
		e.OnDeclared(Declared{name, e.sequence, run})
	}
}
