package schema

import (
	"maps"
	"slices"
	"strconv"
)

// resources adds a $id to each schema with an anchor that other schemas have, too: an
// anchor is unique within a resource (JSON Schema core section 8.2.2), and $dynamicRef
// searches one resource after another.
func resources(defs map[string]any) {
	used := map[string]int{}
	of := map[string][]string{}
	for at, def := range defs {
		of[at] = anchors(def, nil)
		for _, name := range of[at] {
			used[name]++
		}
	}
	for i, at := range slices.Sorted(maps.Keys(defs)) {
		if slices.ContainsFunc(of[at], func(name string) bool { return used[name] > 1 }) {
			defs[at].(map[string]any)["$id"] = address + "schemas/" + strconv.Itoa(i)
		}
	}
}

// anchors appends the names of the anchors in a rewritten schema, except those below a
// $id, to names.
func anchors(written any, names []string) []string {
	switch s := written.(type) {
	case map[string]any:
		if s["$id"] != nil {
			return names
		}
		for _, keyword := range []string{"$anchor", "$dynamicAnchor"} {
			if name, ok := s[keyword].(string); ok && !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
		for _, keyword := range slices.Sorted(maps.Keys(s)) {
			names = anchors(s[keyword], names)
		}
	case []any:
		for _, v := range s {
			names = anchors(v, names)
		}
	}
	return names
}
