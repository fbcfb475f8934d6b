package sample

import (
	"encoding/json"
	"slices"
	"strconv"

	"github.com/hostup/api-conformance/spec/document"
)

// strays are values of all types, one of which a property of another alternative does not
// allow.
func strays() []any { return []any{true, json.Number("1"), "text", []any{}, map[string]any{}} }

// apart is an object that meets an alternative of oneOf which others contain: with a
// property that only another one has, and a value that it cannot have there.
func (f *facts) apart(pointers []string, v any) (any, bool) {
	o, isObject := v.(map[string]any)
	if !isObject || f.closed {
		return nil, false
	}
	for _, at := range f.others {
		other := f.m.facts(at)
		if !f.m.meets([]string{at}, v) {
			continue
		}
		for _, name := range other.names {
			if f.properties[name] != nil {
				continue
			}
			for _, x := range strays() {
				if o[name] = x; f.m.meets(pointers, o) {
					return o, true
				}
			}
			delete(o, name)
		}
	}
	return nil, false
}

// besides remembers the alternatives of oneOf that are not chosen.
func (f *facts) besides(at string, n *document.Node, chosen int) {
	for i := range n.Content {
		if below := at + "/" + strconv.Itoa(i); i != chosen && !slices.Contains(f.others, below) {
			f.others = append(f.others, below)
		}
	}
}
