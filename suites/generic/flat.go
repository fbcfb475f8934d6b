package generic

import (
	"encoding/json"
	"maps"
	"math/big"
	"reflect"
	"slices"
)

// flat returns the strings, numbers and booleans of an object and its nested objects, by
// location ("data.attributes.title"). It drops an object that only wraps another: one
// side may have such a wrapper and the other not.
func flat(v any) map[string]any { return scalars(unwrapped(v)) }

// scalars is flat for an object without a wrapper.
func scalars(o map[string]any) map[string]any {
	out := map[string]any{}
	flatten(out, "", o)
	return out
}

func flatten(out map[string]any, above string, o map[string]any) {
	for name, v := range o {
		switch x := v.(type) {
		case map[string]any:
			flatten(out, above+name+".", x)
		case []any:
		default:
			out[above+name] = x
		}
	}
}

// arrays returns the lists of an object and its nested objects, by location, as flat does
// other values.
func arrays(v any) map[string][]any { return listsOf(unwrapped(v)) }

// listsOf is arrays for an object without a wrapper.
func listsOf(o map[string]any) map[string][]any {
	out := map[string][]any{}
	var look func(above string, o map[string]any)
	look = func(above string, o map[string]any) {
		for name, v := range o {
			switch x := v.(type) {
			case map[string]any:
				look(above+name+".", x)
			case []any:
				out[above+name] = x
			}
		}
	}
	look("", o)
	return out
}

func ordered(o map[string]any) []string { return slices.Sorted(maps.Keys(o)) }

// differing returns the locations where a response shows another value of the same type
// than was sent.
func differing(sent, shown map[string]any) (list []string) {
	for _, at := range ordered(sent) {
		is, there := shown[at]
		if there && is != nil && sent[at] != nil && kind(is) == kind(sent[at]) && !same(is, sent[at]) {
			list = append(list, at)
		}
	}
	return list
}

func kind(v any) string {
	if _, ok := number(v); ok {
		return "number"
	}
	return reflect.TypeOf(v).String()
}

// same compares two scalars: 1 and 1.0 are equal.
func same(a, b any) bool {
	x, isNumber := number(a)
	y, areNumbers := number(b)
	if isNumber && areNumbers {
		return x.Cmp(y) == 0
	}
	return a == b
}

func number(v any) (*big.Rat, bool) {
	switch x := v.(type) {
	case json.Number:
		if len(x) > 40 {
			return nil, false // numbers beyond a double are compared as text
		}
		return new(big.Rat).SetString(string(x))
	case float64:
		return new(big.Rat).SetFloat64(x), true
	case int:
		return new(big.Rat).SetInt64(int64(x)), true
	}
	return nil, false
}
