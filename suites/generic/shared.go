package generic

import (
	"slices"

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

// turn is the position of an operation in the document: what is shared is tested by turns.
func (s *suite) turn(o *spec.Operation) int { return slices.Index(s.env.Contract.Operations(), o) }

// inTurn returns the element of a list that is the turn of an operation.
func inTurn[T any](s *suite, o *spec.Operation, list []T) []T {
	if len(list) < 2 || !s.spares() {
		return list
	}
	i := s.turn(o) % len(list)
	return list[i : i+1]
}

// everyOther reports whether an operation is the first, third, … of those of a kind: what
// a server does for all of them in one place is tested at half of them.
func (s *suite) everyOther(o *spec.Operation, kind func(*spec.Operation) bool) bool {
	const few = 4
	if s.depth != config.Standard || len(s.env.Contract.Operations()) < few {
		return true
	}
	n := 0
	for _, other := range s.env.Contract.Operations() {
		if other == o {
			break
		}
		if kind(other) {
			n++
		}
	}
	return n%2 == 0
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
