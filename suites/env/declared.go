package env

import (
	"context"
	"slices"

	"github.com/hostup/api-conformance/reporters"
)

// A Declared is a spec of the tree that is being built, see Env.OnDeclared.
type Declared struct {
	Record   reporters.SpecRecord // what is known of it before it is run
	Labels   []string             // of itself, without those of the containers it stands in
	Sequence *Sequence            // that it is a part of; nil: it may run beside any other
	Long     bool                 // it takes longer than most
	Turn     int                  // how many were declared before it
	// Run runs it and returns what it saw, with its state. It never panics.
	Run func(ctx context.Context) reporters.SpecRecord
}

// A Sequence is specs that run one after the other, in the order in which they are
// declared.
type Sequence struct {
	When     When
	Together bool // its specs do not mind each other: they run side by side
}

// When says when the specs of a sequence run.
type When int

const (
	Beside When = iota // any others
	After              // all that only read, because it changes what they look at
	Alone              // when nothing else does
)

// In has everything that build declares stand in a container of that name.
func (e *Env) In(text string, build func()) {
	outer := e.containers
	e.containers = append(slices.Clip(outer), text)
	defer func() { e.containers = outer }()
	build()
}

// Containers are the names of those that specs are just being declared in.
func (e *Env) Containers() []string { return e.containers }

// Within has everything that build declares be a part of a sequence.
func (e *Env) Within(s *Sequence, build func()) {
	outer := e.sequence
	e.sequence = s
	defer func() { e.sequence = outer }()
	build()
}

// Declare tells OnDeclared of a spec, which becomes a part of the sequence that is
// being declared.
func (e *Env) Declare(d Declared) {
	d.Sequence, d.Turn = e.sequence, e.turns
	e.turns++
	if e.OnDeclared != nil {
		e.OnDeclared(d)
	}
}

// A Host is a Ginkgo suite of somebody else that the tree of specs is declared in.
// The specs run as they do without Ginkgo, side by side, and what Ginkgo runs when
// their turn comes tells what became of them: one spec of Ginkgo for each result.
type Host struct {
	// Containers is how many of the host's the tree stands in.
	Containers int
	// Tell tells what became of the spec with that name, by means of Ginkgo.
	Tell func(name string)
}
