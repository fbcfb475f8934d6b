package schema

import (
	"encoding/json"
	"math/big"
)

// mayEqual reports whether two enum values may be equal: scalars are compared, lists and
// objects are not.
func mayEqual(v, w any) bool {
	kind := kindOf(v)
	switch {
	case kind == "" || kindOf(w) == "":
		return true
	case kind != kindOf(w):
		return false
	case kind == "number":
		return number(v).Cmp(number(w)) == 0
	case kind == "object" || kind == "array":
		return true
	}
	return v == w
}

// kindOf returns the JSON type of a value from a document, "" if it has none.
func kindOf(v any) string {
	switch v.(type) {
	case nil:
		return "null"
	case bool:
		return "boolean"
	case string:
		return "string"
	case []any:
		return "array"
	case map[string]any:
		return "object"
	}
	if number(v) != nil {
		return "number"
	}
	return ""
}

// number returns the value of a number, nil if it is none or not exact.
func number(v any) *big.Rat {
	n, ok := v.(json.Number)
	if !ok {
		return nil
	}
	if r, ok := new(big.Rat).SetString(n.String()); ok {
		return r
	}
	return nil
}
