package flow

import (
	"encoding/json"
	"math/big"
	"slices"
	"strings"
)

// Number returns a JSON number, or text that contains one, in a comparable form, exact up
// to six decimals: 98.75, "98.750" and 9875e-2 all become "98.750000". It returns "" if v
// is no number, or one with more than 40 characters.
func Number(v any) string {
	var text string
	switch x := v.(type) {
	case json.Number:
		text = x.String()
	case string:
		text = x
	default:
		return ""
	}
	const most = 40 // an exponent of a million digits is no amount of money
	if len(text) > most {
		return ""
	}
	r, ok := new(big.Rat).SetString(text)
	if !ok {
		return ""
	}
	return r.FloatString(6)
}

// Positive reports whether v is a number above zero.
func Positive(v any) bool {
	r, ok := new(big.Rat).SetString(Number(v))
	return ok && r.Sign() > 0
}

// Less reports whether amount is below the largest of the totals, all in the form of
// [Number]; false if amount is no number.
func Less(amount string, totals []string) bool {
	a, ok := new(big.Rat).SetString(amount)
	for _, t := range totals {
		b, isNumber := new(big.Rat).SetString(t)
		if ok && isNumber && a.Cmp(b) < 0 {
			return true
		}
	}
	return false
}

// Plain returns the different ones of numbers in the form of [Number], without trailing
// zeros, for people.
func Plain(numbers []string) []string {
	var list []string
	for _, n := range numbers {
		if plain := strings.TrimSuffix(strings.TrimRight(n, "0"), "."); !slices.Contains(list, plain) {
			list = append(list, plain)
		}
	}
	return list
}
