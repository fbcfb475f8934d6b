package request

import (
	"maps"
	"slices"

	"github.com/hostup/api-conformance/spec"
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
	r := renamer{s, d.media.Schema, copied(o), s.Discriminators(d.media.Schema), suffix}
	if !r.rename(r.root) {
		return d, false
	}
	renamed = b.withPath(s, d.WithBody(r.root))
	return renamed, jsonText(renamed.body) != jsonText(d.body)
}

type renamer struct {
	s      *spec.Sampler
	schema string
	root   map[string]any
	fixed  []string // what chooses the kind of the body
	suffix string
}

// rename changes each free text within an object of the body, and reports whether
// there is one: the body with it still meets its schema.
func (r renamer) rename(o map[string]any) (found bool) {
	for _, name := range slices.Sorted(maps.Keys(o)) {
		switch v := o[name].(type) {
		case map[string]any:
			found = r.rename(v) || found
		case string:
			if v == "" || slices.Contains(r.fixed, name) {
				continue
			}
			if o[name] = v + r.suffix; r.s.Meets(r.schema, r.root) {
				found = true
			} else {
				o[name] = v
			}
		}
	}
	return found
}

// copied is an object with copies of the objects within it.
func copied(o map[string]any) map[string]any {
	c := maps.Clone(o)
	for name, v := range c {
		if inner, ok := v.(map[string]any); ok {
			c[name] = copied(inner)
		}
	}
	return c
}
