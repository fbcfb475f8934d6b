package env

import (
	"context"
	"slices"

	"github.com/hostup/api-conformance/reporters"
)

// A Declared is one spec of the tree under construction, see Env.OnDeclared.
type Declared struct {
	Record   reporters.SpecRecord // what is known before it runs
	Labels   []string             // its own, without those of its containers
	Sequence *Sequence            // the sequence it belongs to; nil: it may run beside any other
	Long     bool                 // it takes longer than most
	Turn     int                  // number of specs declared before it
	// Run runs the spec and returns what it saw, with its state. It never panics.
	Run func(ctx context.Context) reporters.SpecRecord
}

// A Sequence is a group of specs that run one after the other, in order of declaration.
type Sequence struct {
	When     When
	Together bool // its specs do not affect each other and run side by side
}

// When says when the specs of a sequence run.
type When int

const (
	Beside When = iota // beside any others
	After              // after all that only read, because it changes what they look at
	Alone              // while no other spec runs
)

// In runs build and puts everything that it declares into a container with this name.
func (e *Env) In(text string, build func()) {
	outer := e.containers
	e.containers = append(slices.Clip(outer), text)
	defer func() { e.containers = outer }()
	build()
}

// Containers returns the names of the containers that are open, outermost first.
func (e *Env) Containers() []string { return e.containers }

// Within runs build and adds everything that it declares to the sequence s.
func (e *Env) Within(s *Sequence, build func()) {
	outer := e.sequence
	e.sequence = s
	defer func() { e.sequence = outer }()
	build()
}

// Declare passes a spec to OnDeclared, as part of the sequence that is open.
func (e *Env) Declare(d Declared) {
	d.Sequence, d.Turn = e.sequence, e.turns
	e.turns++
	if e.OnDeclared != nil {
		e.OnDeclared(d)
	}
}

// A Host is a foreign Ginkgo suite that the tree of specs is declared in. The specs run
// as they do without Ginkgo, side by side; when their turn comes in Ginkgo, each reports
// its result: one Ginkgo spec for each result.
type Host struct {
	// Containers is the number of containers of the host that enclose the tree.
	Containers int
	// Tell reports the result of the named spec through Ginkgo.
	Tell func(name string)
}
