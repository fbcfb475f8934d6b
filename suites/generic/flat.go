package generic

import (
	"encoding/json"
	"maps"
	"math/big"
	"reflect"
	"slices"
)

// flat are the texts, numbers and booleans of an object and the objects within it, by
// place ("data.attributes.title"). An object around one other is left out: one side may
// have such a wrapper and the other not.
func flat(v any) map[string]any {
	out := map[string]any{}
	flatten(out, "", unwrapped(v))
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

func ordered(o map[string]any) []string { return slices.Sorted(maps.Keys(o)) }

// differing are the places where an answer shows another value than was sent, of the
// same type.
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

// same compares two values that are no list or object: 1 and 1.0 are the same.
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
			return nil, false // what no double holds is compared as it is written
		}
		return new(big.Rat).SetString(string(x))
	case float64:
		return new(big.Rat).SetFloat64(x), true
	case int:
		return new(big.Rat).SetInt64(int64(x)), true
	}
	return nil, false
}
