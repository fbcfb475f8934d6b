package schema

import (
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/hostup/api-conformance/spec/document"
)

// A conjunction holds the combined constraints of several schemas on one value.
type conjunction struct {
	set        *Set
	roots      []string
	seen       []string
	choices    []choice            // of anyOf and oneOf
	places     []string            // of type, enum and const
	types      map[string]bool     // remaining types; nil: any
	allowed    []any               // remaining values of enum and const
	limited    bool                // only the values in allowed are valid
	required   map[string]bool     // properties
	properties map[string][]string // by name, the locations of their schemas
	items      []string            // locations
	closed     []closed
	filled     bool // an array has at least one item
}

// A choice is a list of alternatives, one of which a value must meet.
type choice struct {
	place string
	size  int
}

// closed is a schema that refuses all properties but its own.
type closed struct {
	place string // of additionalProperties
	own   map[string]any
}

func (c *conjunction) add(place string) {
	n, ok := c.set.at(place).(map[string]any)
	if !ok || slices.Contains(c.seen, place) {
		return
	}
	c.seen = append(c.seen, place)
	if ref, ok := n["$ref"].(string); ok {
		_, fragment, _ := strings.Cut(ref, "#")
		if target, err := url.PathUnescape(fragment); err == nil {
			c.add(target)
		}
	}
	parts, _ := n["allOf"].([]any)
	for i := range parts {
		c.add(place + "/allOf/" + strconv.Itoa(i))
	}
	for _, name := range []string{"anyOf", "oneOf"} {
		if list, ok := n[name].([]any); ok {
			c.choices = append(c.choices, choice{place + "/" + name, len(list)})
		}
	}
	c.ofValue(place, n)
	c.ofParts(place, n)
}

// at returns the schema at a location of the compiler's input.
func (s *Set) at(place string) any {
	key, rest, _ := strings.Cut(strings.TrimPrefix(place, "/$defs/"), "/")
	n := s.defs[document.Tokens("/" + key)[0]]
	for _, t := range document.Tokens(rest) {
		switch x := n.(type) {
		case map[string]any:
			n = x[t]
		case []any:
			i, err := strconv.Atoi(t)
			if err != nil || i >= len(x) {
				return nil
			}
			n = x[i]
		}
	}
	return n
}

// ofValue reads the keywords that list types and values.
func (c *conjunction) ofValue(place string, n map[string]any) {
	if t, ok := n["type"]; ok {
		list, isList := t.([]any)
		if !isList {
			list = []any{t}
		}
		c.keep(list)
		c.places = append(c.places, place+"/type")
	}
	if list, ok := n["enum"].([]any); ok {
		c.allow(list)
		c.places = append(c.places, place+"/enum")
	}
	if v, ok := n["const"]; ok {
		c.allow([]any{v})
		c.places = append(c.places, place+"/const")
	}
}

func (c *conjunction) keep(list []any) {
	left := map[string]bool{}
	for _, t := range list {
		name, _ := t.(string)
		switch {
		case c.types == nil || c.types[name]:
			left[name] = true
		case name == "integer" && c.types["number"], name == "number" && c.types["integer"]:
			left["integer"] = true
		}
	}
	c.types = left
}

func (c *conjunction) allow(list []any) {
	if c.limited {
		before := c.allowed
		list = slices.DeleteFunc(slices.Clone(list), func(v any) bool {
			return !slices.ContainsFunc(before, func(w any) bool { return mayEqual(v, w) })
		})
	}
	c.allowed, c.limited = list, true
}

// ofParts reads the keywords about required parts.
func (c *conjunction) ofParts(place string, n map[string]any) {
	properties, _ := n["properties"].(map[string]any)
	for _, name := range slices.Sorted(maps.Keys(properties)) {
		c.properties[name] = append(c.properties[name], place+"/properties/"+document.Escape(name))
	}
	if _, patterns := n["patternProperties"]; n["additionalProperties"] == false && !patterns {
		c.closed = append(c.closed, closed{place + "/additionalProperties", properties})
	}
	required, _ := n["required"].([]any)
	for _, name := range required {
		if c.required == nil {
			c.required = map[string]bool{}
		}
		if text, ok := name.(string); ok {
			c.required[text] = true
		}
	}
	if _, tuple := n["prefixItems"]; n["items"] != nil && !tuple {
		c.items = append(c.items, place+"/items")
	}
	if least, ok := n["minItems"]; ok && number(least) != nil && number(least).Sign() > 0 {
		c.filled = true
	}
}

// contradiction returns the locations of keywords that leave no valid value, nil if one
// may remain: those of type, enum and const, of alternatives that leave none with these, or
// of alternatives that are the same.
func (c *conjunction) contradiction() []string {
	if c.leavesNone() {
		return c.places
	}
	for _, choice := range c.choices {
		if c.set.neverOne(choice) {
			return []string{choice.place}
		}
		places := []string{choice.place}
		for i := range choice.size {
			with := c.set.conjunction(append(slices.Clone(c.roots), choice.place+"/"+strconv.Itoa(i)))
			if !with.leavesNone() {
				places = nil
				break
			}
			places = append(places, with.places...)
		}
		if places != nil {
			slices.Sort(places[1:])
			return slices.Compact(places)
		}
	}
	return nil
}

func (c *conjunction) leavesNone() bool {
	return c.types != nil && len(c.types) == 0 || c.limited && !slices.ContainsFunc(c.allowed, c.fits)
}

func (c *conjunction) conflicts() (list []Conflict) {
	if places := c.contradiction(); len(places) > 0 {
		conflict := Conflict{}
		for _, p := range places {
			conflict.Places = append(conflict.Places, Written(p))
		}
		return []Conflict{conflict}
	}
	below := func(step string, places []string) {
		for _, x := range c.set.unmet(places) {
			list = append(list, Conflict{append([]string{step}, x.Path...), x.Places, x.Refused})
		}
	}
	switch {
	case len(c.types) == 1 && c.types["object"]:
		list = c.refused()
		for _, name := range slices.Sorted(maps.Keys(c.required)) {
			below(name, c.properties[name])
		}
	case len(c.types) == 1 && c.types["array"] && c.filled:
		below("*", c.items)
	}
	return list
}

// refused returns a conflict for each closed schema that refuses a required property.
func (c *conjunction) refused() (list []Conflict) {
	for _, schema := range c.closed {
		for _, name := range slices.Sorted(maps.Keys(c.required)) {
			if _, own := schema.own[name]; !own {
				list = append(list, Conflict{Places: []string{Written(schema.place)}, Refused: name})
				break
			}
		}
	}
	return list
}

// fits reports whether a value may have one of the remaining types.
func (c *conjunction) fits(v any) bool {
	if c.types == nil {
		return true
	}
	kind := kindOf(v)
	return kind == "" || c.types[kind] || kind == "number" && c.types["integer"] && number(v).IsInt()
}
