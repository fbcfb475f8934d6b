package sample

import (
	"encoding/json"
	"math/big"

	"github.com/hostup/api-conformance/spec/document"
)

// limit reads a keyword that bounds a value.
func (f *facts) limit(name string, n *document.Node) {
	v, _ := document.Value(n)
	if open, ok := v.(bool); ok {
		f.flag(name, open)
		return
	}
	number, ok := v.(json.Number)
	if !ok {
		return
	}
	r, ok := new(big.Rat).SetString(number.String())
	if !ok {
		return
	}
	count := int(new(big.Int).Quo(r.Num(), r.Denom()).Int64())
	switch name {
	case "minimum":
		f.bounds.atLeast(r, false)
	case "maximum":
		f.bounds.atMost(r, false)
	case "exclusiveMinimum":
		f.bounds.atLeast(r, true)
	case "exclusiveMaximum":
		f.bounds.atMost(r, true)
	case "multipleOf":
		if r.Sign() > 0 {
			f.bounds.step = r
		}
	case "minLength":
		f.minLength = max(f.minLength, count)
	case "maxLength":
		f.maxLength = least(f.maxLength, count)
	case "minItems", "minContains":
		f.minItems = max(f.minItems, count)
	case "maxItems":
		f.maxItems = least(f.maxItems, count)
	case "minProperties":
		f.minProps = max(f.minProps, count)
	case "maxProperties":
		f.maxProps = least(f.maxProps, count)
	}
}

// flag reads uniqueItems, and the boolean bounds of OpenAPI 3.0.
func (f *facts) flag(name string, on bool) {
	switch {
	case !on:
	case name == "uniqueItems":
		f.unique = true
	case name == "exclusiveMinimum":
		f.bounds.openLeast = true
	case name == "exclusiveMaximum":
		f.bounds.openMost = true
	}
}

func least(old, new int) int {
	if old == 0 {
		return new
	}
	return min(old, new)
}
