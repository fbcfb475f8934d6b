package request

import (
	"maps"
	"slices"
)

// Renamed is a draft with another value for every free text of its body: a target may
// have each name once, and shows by it what was changed. It is ok if there is one; what
// was given with --data, or stands in the path, stays.
func (b *Builder) Renamed(d Draft, suffix string) (renamed Draft, ok bool) {
	s, err := b.sampler()
	o, isObject := d.body.(map[string]any)
	if _, given := b.data[d.Operation.ID+".body"]; err != nil || !isObject || given {
		return d, false
	}
	e := editor{s: s, schema: d.media.Schema, root: copied(o), fixed: s.Discriminators(d.media.Schema)}
	e.text = func(was string, meets func(string) bool) (string, bool) {
		return was + suffix, was != "" && meets(was+suffix)
	}
	if !e.edit(e.root) {
		return d, false
	}
	renamed = b.withPath(s, d.WithBody(e.root))
	return renamed, jsonText(renamed.body) != jsonText(d.body)
}

// copied is an object with copies of the objects within it.
func copied(o map[string]any) map[string]any {
	c := maps.Clone(o)
	for name, v := range c {
		switch x := v.(type) {
		case map[string]any:
			c[name] = copied(x)
		case []any:
			list := slices.Clone(x)
			for i := range list {
				if inner, ok := list[i].(map[string]any); ok {
					list[i] = copied(inner)
				}
			}
			c[name] = list
		}
	}
	return c
}
