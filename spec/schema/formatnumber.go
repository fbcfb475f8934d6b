package schema

import (
	"encoding/json"
	"fmt"
	"math/big"
)

// whole returns a format of integers between bounds, exact in every spelling. The library
// reads 9.223372036854775807e18 by way of a double.
func whole(low, high int64) func(any) error {
	return func(v any) error {
		n, ok := v.(json.Number)
		if !ok {
			return nil
		}
		if i, err := n.Int64(); err == nil {
			if i >= low && i <= high {
				return nil
			}
		} else if r, ok := new(big.Rat).SetString(n.String()); ok && r.IsInt() && r.Num().IsInt64() {
			if i := r.Num().Int64(); i >= low && i <= high {
				return nil
			}
		}
		return fmt.Errorf("must be a whole number from %d to %d", low, high)
	}
}

// fits returns a format of numbers that a float, whose greatest value is given, can
// approximate. What rounds to this value is within it.
func fits(name string, greatest float64) func(any) error {
	limit := new(big.Float).Mul(big.NewFloat(greatest), big.NewFloat(1+1e-7))
	return func(v any) error {
		n, ok := v.(json.Number)
		if !ok {
			return nil
		}
		f, _, err := big.ParseFloat(n.String(), 10, 64, big.ToNearestEven)
		if err == nil && f.Abs(f).Cmp(limit) > 0 {
			return fmt.Errorf("beyond what a %s holds", name)
		}
		return nil
	}
}
