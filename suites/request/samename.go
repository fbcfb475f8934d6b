package request

import (
	"maps"
	"net/http"
	"strings"

	"github.com/hostup/api-conformance/spec"
)

// withPath makes the body agree with the path: a property with the name of a path
// parameter gets its value, and the "id" in the body of a PUT or PATCH gets that of the
// resource at the path. A body given with --data is left alone.
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

// WithBody returns d with another body, which agrees with the path.
func (b *Builder) WithBody(d Draft, body any) Draft {
	s, err := b.sampler()
	if err != nil {
		return d.WithBody(body)
	}
	return b.withPath(s, d.WithBody(body))
}

// named returns a copy of o in which the properties that repeat path parameters have
// their values, as far as the schema allows them; nil if there are none.
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

// isThing reports whether the path ends with the parameter.
func isThing(path, name string) bool {
	return strings.HasSuffix(strings.TrimRight(path, "/"), "/{"+name+"}")
}
