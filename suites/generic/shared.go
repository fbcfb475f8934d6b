package generic

import (
	"net/http"
	"sync"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/config"
)

// manyOperations is the number of operations from which on what most of them share is
// tested at some of them each: their servers have one place for it.
const manyOperations = 8

// spares reports whether an operation gets only a part of the tests that others get too.
func (s *suite) spares() bool {
	return s.depth == config.Standard && len(s.env.Contract.Operations()) >= manyOperations
}

// startUp is how many requests a run sends before the first spec, of which specs use a few.
const startUp = 15

// small reports whether a document has so few operations that the start of the run is a
// large part of it: what one place of a server does for all of them is tested at fewer.
func (s *suite) small() bool {
	return s.depth == config.Standard && len(s.env.Contract.Operations()) < startUp
}

// inTurn returns the element of a list that is the turn of an operation.
func inTurn[T any](s *suite, o *spec.Operation, list []T) []T {
	if len(list) < 2 || !s.spares() {
		return list
	}
	i := s.near.turn[o] % len(list) // what is shared is tested by turns
	return list[i : i+1]
}

// halves are the operations that are the first, third, … of those of a kind: what a server
// does for all of them in one place is tested at half of them.
type halves struct{ paths, reads, empty, bodies func(*spec.Operation) bool }

func (s *suite) newHalves() halves {
	secured := s.everyOther(func(o *spec.Operation) bool { return s.env.Contract.Access(o).Required() })
	empty := secured
	if s.small() {
		again := s.everyOther(func(o *spec.Operation) bool { return s.env.Contract.Access(o).Required() && secured(o) })
		empty = func(o *spec.Operation) bool { return secured(o) && again(o) }
	}
	return halves{
		paths:  s.everyOther(s.first),
		reads:  s.everyOther(func(o *spec.Operation) bool { return o.Method == http.MethodGet && o.Effect == spec.Reads }),
		empty:  empty,
		bodies: s.everyOther(s.hasBody),
	}
}

// everyOther returns a function that reports whether an even number of operations of a
// kind precedes one.
func (s *suite) everyOther(kind func(*spec.Operation) bool) func(*spec.Operation) bool {
	const few = 4
	ops := s.env.Contract.Operations()
	if s.depth != config.Standard || len(ops) < few {
		return func(*spec.Operation) bool { return true }
	}
	chosen := sync.OnceValue(func() map[*spec.Operation]bool {
		chosen, n := map[*spec.Operation]bool{}, 0
		for _, o := range ops {
			chosen[o] = n%2 == 0
			if kind(o) {
				n++
			}
		}
		return chosen
	})
	return func(o *spec.Operation) bool { return chosen()[o] }
}

// readers counts the operations that read and have a query parameter, by its name, and
// all that read, by "".
func (s *suite) readers() map[string]int {
	n := map[string]int{}
	for _, o := range s.env.Contract.Operations() {
		if o.Effect != spec.Reads {
			continue
		}
		n[""]++
		for _, in := range s.build.Inputs(o).Parameters {
			if in.In == "query" {
				n[in.Name]++
			}
		}
	}
	return n
}

// single returns the optional query parameters that are each tested alone: first those of
// few operations, then one of those that most have.
func (s *suite) single(o *spec.Operation, optional []spec.Input, most int) []spec.Input {
	if !s.spares() {
		return optional[:most]
	}
	n := s.sharedQuery()
	var own, shared []spec.Input
	for _, in := range optional {
		if 2*n[in.Name] > n[""] && n[in.Name] > 2 {
			shared = append(shared, in)
		} else {
			own = append(own, in)
		}
	}
	own = append(own, inTurn(s, o, shared)...)
	return own[:min(most, len(own))]
}
