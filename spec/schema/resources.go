package schema

import (
	"maps"
	"slices"
	"strconv"
)

// resources gives an address of its own to each schema that has an anchor of which
// others have one, too: within one resource an anchor stands once (JSON Schema core
// section 8.2.2), and $dynamicRef looks for it from one resource to the next.
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

// anchors adds the names of the anchors of a written schema, but for those below a
// $id, to a list.
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
