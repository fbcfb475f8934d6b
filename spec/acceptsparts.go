package spec

import (
	"slices"

	"github.com/pb33f/jsonschema/v6"
)

// sameValueTests returns the tests of the keywords that apply schemas to the same value.
func (all acceptors) sameValueTests(s *jsonschema.Schema) (tests []func(any) bool) {
	if s.Ref != nil {
		tests = append(tests, all.of(s.Ref).accepts)
	}
	for _, sub := range s.AllOf {
		tests = append(tests, all.of(sub).accepts)
	}
	if len(s.AnyOf) > 0 {
		tests = append(tests, all.counted(s.AnyOf, func(n int) bool { return n > 0 }))
	}
	if len(s.OneOf) > 0 {
		tests = append(tests, all.counted(s.OneOf, func(n int) bool { return n == 1 }))
	}
	if s.Not != nil {
		refused := all.of(s.Not)
		tests = append(tests, func(v any) bool { return !refused.accepts(v) })
	}
	if s.If != nil {
		condition, then, otherwise := all.of(s.If), all.optional(s.Then), all.optional(s.Else)
		tests = append(tests, func(v any) bool {
			if condition.accepts(v) {
				return then.accepts(v)
			}
			return otherwise.accepts(v)
		})
	}
	return tests
}

// optional returns the acceptor of a schema that may be missing.
func (all acceptors) optional(s *jsonschema.Schema) *acceptor {
	if s == nil {
		return &acceptor{}
	}
	return all.of(s)
}

// counted returns a test of the number of schemas that a value meets.
func (all acceptors) counted(list []*jsonschema.Schema, right func(n int) bool) func(any) bool {
	var alternatives []*acceptor
	for _, sub := range list {
		alternatives = append(alternatives, all.of(sub))
	}
	return func(v any) bool {
		n := 0
		for _, a := range alternatives {
			if a.accepts(v) {
				n++
			}
		}
		return right(n)
	}
}

// partTests returns the tests of the keywords about properties and items.
func (all acceptors) partTests(s *jsonschema.Schema) (tests []func(any) bool) {
	if len(s.Required) > 0 || len(s.Properties) > 0 {
		tests = append(tests, all.properties(s))
	}
	if s.MinItems != nil || s.MaxItems != nil || len(s.PrefixItems) > 0 {
		var first []*acceptor
		for _, sub := range s.PrefixItems {
			first = append(first, all.of(sub))
		}
		tests = append(tests, func(v any) bool {
			items, ok := v.([]any)
			if !ok {
				return true
			}
			for i := range min(len(first), len(items)) {
				if !first[i].accepts(items[i]) {
					return false
				}
			}
			return within(len(items), s.MinItems, s.MaxItems)
		})
	}
	for _, ext := range s.Extensions {
		switch ext := ext.(type) {
		case eachItem:
			each := all.of(ext.schema)
			tests = append(tests, func(v any) bool {
				items, _ := v.([]any)
				return len(items) <= ext.from || !slices.ContainsFunc(items[ext.from:], func(item any) bool { return !each.accepts(item) })
			})
		case eachProperty:
			tests = append(tests, all.others(ext))
		}
	}
	return tests
}

// properties returns the test of properties and required.
func (all acceptors) properties(s *jsonschema.Schema) func(any) bool {
	named := map[string]*acceptor{}
	for name, sub := range s.Properties {
		named[name] = all.of(sub)
	}
	return func(v any) bool {
		object, ok := v.(map[string]any)
		if !ok {
			return true
		}
		for _, name := range s.Required {
			if _, ok := object[name]; !ok {
				return false
			}
		}
		for name, value := range object {
			if a := named[name]; a != nil && !a.accepts(value) {
				return false
			}
		}
		return true
	}
}

// others returns the test of additionalProperties.
func (all acceptors) others(k eachProperty) func(any) bool {
	other := &acceptor{[]func(any) bool{func(any) bool { return k.additional != false }}}
	if sub, ok := k.additional.(*jsonschema.Schema); ok {
		other = all.of(sub)
	}
	return func(v any) bool {
		object, _ := v.(map[string]any)
		for name, value := range object {
			if _, known := k.named[name]; !known && !other.accepts(value) {
				return false
			}
		}
		return true
	}
}
