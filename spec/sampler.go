package spec

import (
	"strings"
	"sync"

	"github.com/hostup/api-conformance/spec/sample"
	"github.com/hostup/api-conformance/spec/schema"
)

// A Sampler makes and checks values of requests by the schemas of a document. It is safe
// for concurrent use.
type Sampler struct {
	mu    sync.Mutex
	set   *schema.Set
	maker *sample.Maker
}

// Sampler compiles the schemas for requests. Make one per contract.
func (c *Contract) Sampler() (*Sampler, error) {
	dialect, err := c.base.Dialect()
	if err != nil {
		return nil, err
	}
	set, err := schema.New(c.base, dialect, schema.Requests, vocabulary())
	if err != nil {
		return nil, err
	}
	return &Sampler{set: set, maker: sample.New(c.base, set, schema.Requests)}, nil
}

// Value returns a value that meets the schema at a pointer, see [sample.Maker.Value].
func (s *Sampler) Value(pointer string, n int) (any, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.maker.Value(pointer, n)
}

// Full returns a value with its optional parts, see [sample.Maker.Full].
func (s *Sampler) Full(pointer string, n int) (any, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.maker.Full(pointer, n)
}

// Other makes a value by other alternatives, see [sample.Maker.Other].
func (s *Sampler) Other(pointer string, n int) (any, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.maker.Other(pointer, n)
}

// Listed lists the values of the schema at a pointer, nil where it does not list them.
func (s *Sampler) Listed(pointer string) []any {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.maker.Listed(pointer)
}

// Shown returns the values that the schema at a pointer shows, see [sample.Maker.Shown].
func (s *Sampler) Shown(pointer string) []any {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.maker.Shown(pointer)
}

// Defaults returns the defaults of the properties of the schema at a pointer.
func (s *Sampler) Defaults(pointer string) map[string]any {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.maker.Defaults(pointer)
}

// ReadOnly returns values for the properties of the schema at a pointer that requests do
// not have.
func (s *Sampler) ReadOnly(pointer string, n int) map[string]any {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.maker.Hidden(pointer, n)
}

// Names returns the properties of the schema at a pointer, and whether each is required.
func (s *Sampler) Names(pointer string) map[string]bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.maker.Names(pointer)
}

// Discriminators returns the properties of the schema at a pointer that select the type
// of a value.
func (s *Sampler) Discriminators(pointer string) []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.maker.Discriminators(pointer)
}

// Faults returns values that each break the schema at a pointer in one place, see
// [sample.Maker.Faults].
func (s *Sampler) Faults(pointer string, value any) []sample.Fault {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.maker.Faults(pointer, value)
}

// Described returns what the schema at a pointer says of a property, see
// [sample.Maker.Described].
func (s *Sampler) Described(pointer string, path ...string) (sample.Description, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.maker.Described(pointer, path...)
}

// Takes reports whether a property of an object of the schema at a pointer may have a value, see
// [sample.Maker.Takes].
func (s *Sampler) Takes(pointer string, in, value any, path ...string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.maker.Takes(pointer, in, value, path...)
}

// Same reports whether two pointers lead to one schema.
func (s *Sampler) Same(pointer, other string) bool {
	at, ok := s.End(pointer)
	end, too := s.End(other)
	return ok && too && at == end
}

// End returns the pointer of the schema that a pointer leads to; ok is false without one.
func (s *Sampler) End(pointer string) (at string, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.set.Resolve(pointer)
}

// Meets reports whether a value meets the schema at a pointer; an unresolved pointer
// accepts every value.
func (s *Sampler) Meets(pointer string, value any) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	at, ok := s.set.Resolve(pointer)
	if pointer == "" || !ok {
		return true
	}
	return s.set.Compile(at).Validate(value) == nil
}

// Shows reports whether a value may be an example for the schema at a pointer: it meets
// it, or breaks only a format that documents use in a sense of their own.
func (s *Sampler) Shows(pointer string, value any) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	at, ok := s.set.Resolve(pointer)
	if pointer == "" || !ok {
		return true
	}
	err := s.set.Compile(at).Validate(value)
	return err == nil || schema.FormatAlone(err)
}

// Property returns the pointer of the schema of a property of the schema at a pointer, ""
// if that schema does not list the property itself.
func (s *Sampler) Property(pointer, name string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	at, ok := s.set.Resolve(pointer)
	if !ok {
		return ""
	}
	if p, ok := s.set.Resolve(strings.Join([]string{at, "properties", escapeToken(name)}, "/")); ok {
		return p
	}
	return ""
}
