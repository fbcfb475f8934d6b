package hostup

import (
	"slices"
	"strconv"
	"strings"

	"github.com/hostup/api-conformance/spec"
)

// anyRow reports whether a value is a list with an object that has the property.
func anyRow(v any, member string) bool {
	rows, _ := v.([]any)
	return slices.ContainsFunc(rows, func(row any) bool {
		o, _ := row.(map[string]any)
		return hasAny(o, member)
	})
}

func hasAny(o map[string]any, names ...string) bool {
	return slices.ContainsFunc(names, func(n string) bool { _, ok := o[n]; return ok })
}

// uniqueIDs reports duplicate ids in a list.
func uniqueIDs(k *spec.Judgement, id string, rows []any, path ...string) {
	seen := map[string]int{}
	for i, row := range rows {
		r, _ := row.(map[string]any)
		key, ok := r["id"].(string)
		if !ok {
			continue
		}
		if first, twice := seen[key]; twice {
			at := append(slices.Clone(path), strconv.Itoa(i), "id")
			k.Report(id, k.InBody(at...), "unique", "an id that no other item has", strconv.Quote(key)+", as item "+strconv.Itoa(first)+" has")
		} else {
			seen[key] = i
		}
	}
}

// memberNames lists the property names of an object that lacks the expected ones.
func memberNames(o map[string]any) string {
	if len(o) == 0 {
		return "{}"
	}
	var names []string
	for name := range o {
		names = append(names, strconv.Quote(name))
	}
	slices.Sort(names)
	const most = 8
	if len(names) > most {
		names = append(names[:most], "…")
	}
	return "only " + strings.Join(names, ", ")
}
