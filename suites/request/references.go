package request

import (
	"maps"
	"slices"
	"strings"

	"github.com/hostup/api-conformance/spec"
)

// Refers reports whether a name is that of a reference to another thing by its id, or to
// several: petId, pet_id, petIds.
func Refers(name string) bool {
	for _, end := range []string{"_id", "_ids", "-id", "-ids", "Id", "Ids", "ID", "IDs", "_uuid", "Uuid"} {
		if before, ok := strings.CutSuffix(name, end); ok && before != "" {
			return true
		}
	}
	return false
}

// withReferences is the draft with a body that refers to things which the target has, as
// far as it shows any: what is made up is refused by whoever looks for it. What was given
// with --data stays.
func (b *Builder) withReferences(s *spec.Sampler, d Draft) Draft {
	o, isObject := d.body.(map[string]any)
	if _, given := b.data[d.Operation.ID+".body"]; given || !isObject || d.find == nil || d.Operation.Method == "" {
		return d
	}
	const deepest = 4 // {"data": {"relationships": {"owner": {"data": {"type": "people", "id": "7"}}}}}
	with := copied(o)
	meets := func() bool { return s.Meets(d.media.Schema, with) }
	if !b.refer(s, d, with, d.media.Schema, meets, deepest) {
		return d
	}
	return d.WithBody(with)
}

// refer puts what is found into the members of an object and of those within it, each as
// far as the body is allowed with it. It reports whether it has changed anything.
func (b *Builder) refer(s *spec.Sampler, d Draft, o map[string]any, schema string, meets func() bool, deepest int) (changed bool) {
	kind := identified(o)
	for _, name := range slices.Sorted(maps.Keys(o)) {
		was := o[name]
		if inner, isObject := was.(map[string]any); isObject {
			changed = deepest > 0 && b.refer(s, d, inner, s.Property(schema, name), meets, deepest-1) || changed
			continue
		}
		list, isList := was.([]any)
		if was == nil || isList && len(list) != 1 {
			continue
		}
		in := spec.Input{Name: name, In: "body"}
		if kind != "" && name == "id" {
			in.Name = kind + "Id"
		}
		if !isList {
			in.Schema = s.Property(schema, name)
		}
		v, ok := d.find(d.Operation, in)
		if !ok {
			continue
		}
		values := []any{v, plain(v)}
		if parsed, ok := parse([]byte(plain(v))); ok {
			values = append(values, parsed) // an address has only texts
		}
		found := false
		for _, v := range values {
			if isList {
				v = []any{v}
			}
			if o[name] = v; meets() {
				found = true
				break
			}
		}
		if !found {
			o[name] = was
		}
		changed = changed || found
	}
	return changed
}

// identified is the type of a thing that an object names with that and an id alone, as JSON:API
// has them; "" if it is none.
func identified(o map[string]any) string {
	kind, _ := o["type"].(string)
	if _, named := o["id"]; !named || len(o) != 2 {
		return ""
	}
	return kind
}
