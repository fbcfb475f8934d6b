package request

import (
	"maps"
	"net/http"
	"slices"

	"github.com/hostup/api-conformance/spec"
)

// withChange is the draft of a PATCH with a change in it, where the document lets
// everything be left out: a target may refuse what changes nothing, and has nothing to
// show for it.
func (b *Builder) withChange(s *spec.Sampler, d Draft) Draft {
	o, isObject := d.body.(map[string]any)
	if _, given := b.data[d.Operation.ID+".body"]; given || !isObject || len(o) > 0 || d.Operation.Method != http.MethodPatch {
		return d
	}
	v, err := s.Full(d.media.Schema, 0)
	full, _ := v.(map[string]any)
	if err != nil {
		return d
	}
	var some []map[string]any
	for _, name := range slices.Sorted(maps.Keys(full)) {
		one := map[string]any{name: full[name]}
		if !s.Meets(d.media.Schema, one) {
			continue
		}
		if _, text := full[name].(string); text {
			return d.WithBody(one)
		}
		some = append(some, one)
	}
	if len(some) == 0 {
		return d
	}
	return d.WithBody(some[0])
}

// Full is the draft with what may be left out of its body, too; ok is false where
// nothing was added. What was given with --data stays.
func (b *Builder) Full(d Draft) (full Draft, ok bool) {
	s, err := b.sampler()
	o, isObject := d.body.(map[string]any)
	if _, given := b.data[d.Operation.ID+".body"]; err != nil || given || !isObject {
		return d, false
	}
	v, err := s.Full(d.media.Schema, 0)
	more, _ := v.(map[string]any)
	if err != nil || len(more) <= len(o) && !deeper(more, o) {
		return d, false
	}
	return b.withPath(s, d.WithBody(more)), true
}

// deeper reports whether one of the objects within an object has more members than
// that of another object.
func deeper(more, o map[string]any) bool {
	for name, v := range o {
		inner, _ := v.(map[string]any)
		other, _ := more[name].(map[string]any)
		if len(other) > len(inner) || len(inner) > 0 && deeper(other, inner) {
			return true
		}
	}
	return false
}
