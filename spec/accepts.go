package spec

import (
	"reflect"
	"slices"
	"strings"
	"sync"

	"github.com/pb33f/jsonschema/v6"
)

// A compiled schema is that of the library and a fast way to recognise what meets it. Nearly
// every value does, and the library makes several objects for each part of a value, in
// case an error has to be placed.
type compiled struct {
	*jsonschema.Schema
	accepts func(v any) bool // exactly the values without an error; built on first use
}

func newCompiled(s *jsonschema.Schema, shared *sharedAcceptors) *compiled {
	built := sync.OnceValue(func() *acceptor { return shared.of(s) })
	return &compiled{s, func(v any) bool { return built().accepts(v) }}
}

func byLibrary(s *jsonschema.Schema) func(v any) bool {
	return func(v any) bool { return s.Validate(v) == nil }
}

// An acceptor accepts the values that meet all its tests, one or more for each keyword.
type acceptor struct{ tests []func(v any) bool }

func (a *acceptor) accepts(v any) bool {
	for _, meets := range a.tests {
		if !meets(v) {
			return false
		}
	}
	return true
}

// sharedAcceptors are those of all schemas of a document: one often refers to most others,
// so that each with acceptors of its own would cost the square of their number.
type sharedAcceptors struct {
	mu  sync.Mutex
	all acceptors
}

func (s *sharedAcceptors) of(schema *jsonschema.Schema) *acceptor {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.all.of(schema)
}

// acceptors are those that are built, by schema.
type acceptors map[*jsonschema.Schema]*acceptor

// of returns the acceptor of a schema. It has no tests yet if the schema refers to itself.
func (all acceptors) of(s *jsonschema.Schema) *acceptor {
	if a := all[s]; a != nil {
		return a
	}
	a := &acceptor{}
	all[s] = a
	switch {
	case !plain(s):
		a.tests = []func(any) bool{byLibrary(s)}
	case s.Bool != nil:
		a.tests = []func(any) bool{func(any) bool { return *s.Bool }}
	default:
		a.tests = slices.Concat(scalarTests(s), all.sameValueTests(s), all.partTests(s))
	}
	return a
}

// accepted are the keywords with tests here, and those that only describe.
var accepted = strings.Fields(`
	DraftVersion Location ID Anchor DynamicAnchor
	Bool Types Enum Const Format MinLength MaxLength Pattern MinItems MaxItems Required
	Ref AllOf AnyOf OneOf Not If Then Else Properties PrefixItems Extensions
	Title Description Default Comment ReadOnly WriteOnly Examples Deprecated`)

// plain reports whether all keywords of a schema have tests here. One that refers to
// itself for the same value is left to the library, which finds the endless loop.
func plain(s *jsonschema.Schema) bool {
	for field, value := range reflect.ValueOf(s).Elem().Fields() {
		if field.IsExported() && !value.IsZero() && !slices.Contains(accepted, field.Name) {
			return false
		}
	}
	for _, ext := range s.Extensions {
		switch ext := ext.(type) {
		case eachItem:
		case eachProperty:
			if len(ext.patterns) > 0 || ext.names != nil {
				return false
			}
		default:
			return false
		}
	}
	return s.DraftVersion >= 2020 && !leadsTo(s, s, map[*jsonschema.Schema]bool{})
}

// leadsTo reports whether a schema applies another one to the same value.
func leadsTo(from, to *jsonschema.Schema, seen map[*jsonschema.Schema]bool) bool {
	list := sameValue(from)
	if from.Not != nil {
		list = append(list, from.Not)
	}
	for _, sub := range list {
		if sub == to {
			return true
		}
		if !seen[sub] {
			seen[sub] = true
			if leadsTo(sub, to, seen) {
				return true
			}
		}
	}
	return false
}
