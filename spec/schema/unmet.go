package schema

import (
	"slices"
	"strings"

	"github.com/hostup/api-conformance/spec/document"
)

// A Conflict is a set of keywords that leave no valid value for a required part of a
// value, so that nothing meets the schema.
type Conflict struct {
	Path   []string // property names that lead to the part; "*" is each item
	Places []string // locations of the keywords, as pointers into the document, see [Set.Place]

	// Refused is the required property that the only keyword, additionalProperties, refuses:
	// another schema of the same allOf has it. "" for other conflicts.
	Refused string
}

// Has reports whether the conflict includes the keyword at a location, violated at a path
// of a value.
func (c Conflict) Has(path []string, place string) bool {
	return slices.Contains(c.Places, place) && slices.EqualFunc(c.Path, path, func(p, name string) bool { return p == "*" || p == name })
}

// Unmet returns the conflicts that leave no valid value for the schema at a canonical
// pointer, nil if it may have one. It compares only type, enum and const, and required with
// additionalProperties, that $ref, allOf, required properties and required items apply
// unconditionally: what is uncertain is no conflict.
func (s *Set) Unmet(pointer string) []Conflict {
	at, rest, ok := within(s.defs, pointer)
	if !ok {
		return nil
	}
	return s.unmet([]string{"/$defs/" + document.Escape(at) + rest})
}

// Open takes additionalProperties from the schemas that refuse with it what is required
// beside them, so that a value may meet the schema at a canonical pointer. Call it before
// anything is compiled.
func (s *Set) Open(pointer string) {
	for _, c := range s.Unmet(pointer) {
		if c.Refused == "" {
			continue
		}
		keyword := c.Places[0]
		at, rest, ok := within(s.defs, keyword[:strings.LastIndex(keyword, "/")])
		if !ok {
			continue
		}
		if n, ok := s.at("/$defs/" + document.Escape(at) + rest).(map[string]any); ok {
			delete(n, "additionalProperties")
			clear(s.unmets)
		}
	}
}

// unmet returns the conflicts among schemas that apply to one value.
func (s *Set) unmet(places []string) []Conflict {
	key := strings.Join(places, " ")
	if known, done := s.unmets[key]; done {
		return known
	}
	s.unmets[key] = nil // in progress: a schema that requires itself is no conflict
	list := s.conjunction(places).conflicts()
	s.unmets[key] = list
	return list
}

func (s *Set) conjunction(places []string) *conjunction {
	c := &conjunction{set: s, roots: places, properties: map[string][]string{}}
	for _, p := range places {
		c.add(p)
	}
	return c
}
