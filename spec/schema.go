package spec

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/pb33f/jsonschema/v6"
	"github.com/pb33f/jsonschema/v6/kind"

	"github.com/hostup/api-conformance/spec/jsontext"
	"github.com/hostup/api-conformance/spec/schema"
)

// A breach is one violated keyword of a schema: its location in the value and in the
// document, and the values themselves.
type breach struct {
	path    []string // in the value
	place   string   // JSON Pointer of the schema node in the document
	keyword string
	missing string // the missing property, for keyword "required"
	want    string
	got     string
}

// breaches validates a value and returns every violated keyword, flat and in a stable
// order; nil for a valid value. Of alternatives (anyOf, oneOf) only the closest one is
// listed.
func breaches(s *compiled, value any) []breach {
	if s.accepts(value) {
		return nil
	}
	err := s.Validate(value)
	if err == nil {
		return nil
	}
	top, ok := err.(*jsonschema.ValidationError)
	if !ok {
		return []breach{{keyword: "schema", want: "a value that a schema can judge", got: err.Error()}}
	}
	list := flatten(top, value)
	slices.SortFunc(list, func(a, b breach) int {
		if c := slices.Compare(a.path, b.path); c != 0 {
			return c
		}
		if c := strings.Compare(a.place, b.place); c != 0 {
			return c
		}
		return strings.Compare(a.keyword+" "+a.missing, b.keyword+" "+b.missing)
	})
	list = slices.CompactFunc(list, func(a, b breach) bool {
		return slices.Equal(a.path, b.path) && a.place == b.place && a.keyword == b.keyword && a.missing == b.missing
	})
	// a value of the wrong type is in no enum either: one cause
	mistyped := map[string]bool{}
	for _, b := range list {
		if b.keyword == "type" {
			mistyped[pointerOf(b.path)] = true
		}
	}
	return slices.DeleteFunc(list, func(b breach) bool {
		return b.keyword != "type" && mistyped[pointerOf(b.path)]
	})
}

func flatten(e *jsonschema.ValidationError, root any) []breach {
	switch k := e.ErrorKind.(type) {
	case *kind.AnyOf:
		return closest(e, root)
	case *kind.OneOf:
		if len(k.Subschemas) > 1 {
			return []breach{leaf(e, root, "oneOf", "exactly one of the alternatives", fmt.Sprintf("%d of them", len(k.Subschemas)))}
		}
		return closest(e, root)
	case *kind.PropertyNames:
		list := flatten(e.Causes[0], k.Property)
		return []breach{leaf(e, root, "propertyNames", "a name that is "+list[0].want, strconv.Quote(k.Property))}
	case *kind.Required:
		var list []breach
		for _, name := range k.Missing {
			b := leaf(e, root, "required", "property "+strconv.Quote(name), "no such property")
			b.missing = name
			list = append(list, b)
		}
		return list
	}
	if len(e.Causes) == 0 {
		keyword, want, got := describe(e, root)
		return []breach{leaf(e, root, keyword, want, got)}
	}
	var list []breach
	for _, c := range e.Causes {
		list = append(list, flatten(c, root)...)
	}
	return list
}

// closest returns the violations of the closest alternative: one with a matching type and
// the fewest violations.
func closest(e *jsonschema.ValidationError, root any) []breach {
	var best []breach
	for _, c := range e.Causes {
		list := flatten(c, root)
		fits := !slices.ContainsFunc(list, func(b breach) bool {
			return b.keyword == "type" && len(b.path) == len(e.InstanceLocation)
		})
		if fits && (best == nil || len(list) < len(best)) {
			best = list
		}
	}
	if best == nil {
		return []breach{leaf(e, root, "anyOf", "one of the documented alternatives", show(jsontext.At(root, e.InstanceLocation)))}
	}
	return best
}

func leaf(e *jsonschema.ValidationError, root any, keyword, want, got string) breach {
	return breach{path: slices.Clone(e.InstanceLocation), place: placeOf(e.SchemaURL), keyword: keyword, want: want, got: got}
}

// placeOf returns the JSON Pointer in the URL by which the compiler names a schema.
func placeOf(address string) string {
	_, fragment, _ := strings.Cut(address, "#")
	if p, err := url.PathUnescape(fragment); err == nil {
		fragment = p
	}
	return schema.Written(fragment)
}
