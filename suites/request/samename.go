package request

import (
	"maps"
	"net/http"
	"strings"

	"github.com/hostup/api-conformance/spec"
)

// withPath is the draft with a body that names what its path names: what is said twice
// has to be the same. A member of the name of a path parameter is that parameter, and
// the "id" of what a PUT or PATCH sends is that of the thing at its path. What was
// given with --data stays.
func (b *Builder) withPath(s *spec.Sampler, d Draft) Draft {
	d = b.withReferences(s, d)
	o, isObject := d.body.(map[string]any)
	if _, given := b.data[d.Operation.ID+".body"]; given || !isObject || len(spec.Placeholders(d.Operation.Path)) == 0 {
		return d
	}
	schema := d.media.Schema
	if named := b.named(s, d, o, schema); named != nil {
		return d.WithBody(named)
	}
	for wrapper, v := range o { // {"data": {"id": "7"}}
		inner, isObject := v.(map[string]any)
		if len(o) != 1 || !isObject {
			break
		}
		if named := b.named(s, d, inner, s.Property(schema, wrapper)); named != nil {
			if outer := map[string]any{wrapper: named}; s.Meets(schema, outer) {
				return d.WithBody(outer)
			}
		}
	}
	return d
}

// named is an object with the values of path parameters in the members that name
// them, as far as the schema takes them; nil if there is none.
func (b *Builder) named(s *spec.Sampler, d Draft, o map[string]any, schema string) map[string]any {
	var named map[string]any
	put := func(member string, v any) {
		values := []any{v, plain(v)}
		if parsed, ok := parse([]byte(plain(v))); ok {
			values = append(values, parsed)
		}
		for _, v := range values {
			with := maps.Clone(o)
			maps.Copy(with, named)
			if with[member] = v; s.Meets(schema, with) {
				named = with
				return
			}
		}
	}
	names := s.Names(schema)
	for _, p := range d.Inputs.Parameters {
		v, sent := d.Value(p)
		if p.In != "path" || !sent {
			continue
		}
		if _, there := o[p.Name]; there {
			put(p.Name, v)
			continue
		}
		_, there := o["id"]
		_, known := names["id"]
		replaces := d.Operation.Method == http.MethodPut || d.Operation.Method == http.MethodPatch
		if replaces && isThing(d.Operation.Path, p.Name) && (there || known && d.Operation.Method == http.MethodPut) {
			put("id", v)
		}
	}
	return named
}

// isThing reports whether a path ends in a parameter.
func isThing(path, name string) bool {
	return strings.HasSuffix(strings.TrimRight(path, "/"), "/{"+name+"}")
}
