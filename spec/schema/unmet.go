package schema

import (
	"slices"
	"strings"

	"github.com/hostup/api-conformance/spec/document"
)

// A Conflict is keywords that leave no value to a part that each value of a schema
// has: so nothing meets that schema.
type Conflict struct {
	Path   []string // names of properties that lead to the part; "*" is each item
	Places []string // of the keywords, as pointers into the document, see [Set.Place]
}

// Has reports whether the keyword at a place, broken at a path of a value, is one
// of the conflict.
func (c Conflict) Has(path []string, place string) bool {
	return slices.Contains(c.Places, place) && slices.EqualFunc(c.Path, path, func(p, name string) bool { return p == "*" || p == name })
}

// Unmet returns the conflicts that leave no value to the schema at a canonical
// pointer, none where it may have one. Only type, enum and const are compared, of
// what $ref, allOf, required properties and required items apply to the same value
// whatever the value is: what is not sure is no conflict.
func (s *Set) Unmet(pointer string) []Conflict {
	at, rest, ok := within(s.defs, pointer)
	if !ok {
		return nil
	}
	return s.unmet([]string{"/$defs/" + document.Escape(at) + rest})
}

// unmet returns the conflicts among schemas that apply to one value.
func (s *Set) unmet(places []string) []Conflict {
	key := strings.Join(places, " ")
	if known, done := s.unmets[key]; done {
		return known
	}
	s.unmets[key] = nil // while it is looked for: what requires itself is no conflict
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
