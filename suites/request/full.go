package request

import (
	"encoding/json"
	"maps"
	"net/http"
	"slices"

	"github.com/hostup/api-conformance/spec"
)

// withChange adds one property to the empty body of a PATCH, if the document allows the
// body to be empty: a target may refuse a request that changes nothing, and its response
// would show nothing. A text property is preferred.
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

// Full returns d with the optional properties of its body, too; ok is false if nothing
// was added. A body given with --data is left alone.
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

// Other is the draft with a full body of other alternatives, see [spec.Sampler.Other]; ok
// is false where there is none.
func (b *Builder) Other(d Draft, n int) (other Draft, ok bool) {
	s, err := b.sampler()
	o, isObject := d.body.(map[string]any)
	if _, given := b.data[d.Operation.ID+".body"]; err != nil || given || !isObject {
		return d, false
	}
	v, err := s.Other(d.media.Schema, n)
	body, _ := v.(map[string]any)
	if err != nil || body == nil || jsonText(body) == jsonText(o) {
		return d, false
	}
	return b.withPath(s, d.WithBody(copied(body))), true
}

// deeper reports whether an object nested in more has more properties than its
// counterpart in o.
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

// At returns d with other values in its body, as far as the document allows them: each
// text is replaced by a result of text, each number by the first of numbers that is
// valid. ok is false if nothing was replaced.
func (b *Builder) At(d Draft, text func(meets func(string) bool) (string, bool), numbers []json.Number) (at Draft, ok bool) {
	s, err := b.sampler()
	o, isObject := d.body.(map[string]any)
	if _, given := b.data[d.Operation.ID+".body"]; err != nil || given || !isObject {
		return d, false
	}
	e := editor{s, d.media.Schema, copied(o), s.Discriminators(d.media.Schema), func(_ string, meets func(string) bool) (string, bool) { return text(meets) }, numbers}
	if ok = e.edit(e.root); !ok {
		return d, false
	}
	return b.withPath(s, d.WithBody(e.root)), true
}

type editor struct {
	s       *spec.Sampler
	schema  string
	root    map[string]any
	fixed   []string // properties that choose the variant of the body
	text    func(was string, meets func(string) bool) (string, bool)
	numbers []json.Number
}

// edit replaces the values in o that can be replaced, and reports whether there was one.
// The body still meets its schema afterwards.

func (e editor) edit(o map[string]any) (edited bool) {
	for _, name := range slices.Sorted(maps.Keys(o)) {
		was := o[name]
		meets := func(v any) bool { o[name] = v; return e.s.Meets(e.schema, e.root) }
		found := false
		switch v := was.(type) {
		case map[string]any:
			edited = e.edit(v) || edited
			continue
		case []any:
			for _, item := range v {
				if inner, ok := item.(map[string]any); ok {
					edited = e.edit(inner) || edited
				}
			}
			continue
		case string:
			if !slices.Contains(e.fixed, name) {
				var text string
				if text, found = e.text(v, func(t string) bool { return meets(t) }); found {
					o[name] = text
				}
			}
		default:
			if _, isNumber := was.(json.Number); isNumber {
				found = slices.ContainsFunc(e.numbers, func(n json.Number) bool { return meets(n) })
			}
		}
		if !found {
			o[name] = was
		}
		edited = edited || found
	}
	return edited
}
