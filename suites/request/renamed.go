package request

import (
	"maps"
	"slices"
)

// Renamed returns d with suffix appended to every free text of its body: a target may
// require names to be unique, and its response then shows what was changed. ok is false
// if nothing was changed. A body given with --data, and values that are also in the path,
// are left alone.
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

// copied returns o with copies of the objects in it.
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
