package changes

import (
	"math/big"
	"regexp"
	"strconv"
	"strings"
)

var decimal = regexp.MustCompile(`^[-+]?[0-9]*\.?[0-9]+([eE][-+]?[0-9]{1,4})?$`)

// rational parses a decimal number. It returns nil if s is not one, or if it is so large
// that its exact value would be expensive.
func rational(s string) *big.Rat {
	if len(s) > 400 || !decimal.MatchString(s) {
		return nil
	}
	if i := strings.IndexAny(s, "eE"); i >= 0 {
		if e, err := strconv.Atoi(s[i+1:]); err != nil || e > 400 || e < -400 {
			return nil
		}
	}
	r, ok := new(big.Rat).SetString(s)
	if !ok {
		return nil
	}
	return r
}

// A bound is a limit of numbers and its location.
type bound struct {
	value     *big.Rat
	exclusive bool
	at        *node
}

// below reports whether upper bound a is at least as strict as b; nil is no bound.
func (a *bound) below(b *bound) bool {
	if b == nil {
		return true
	}
	if a == nil {
		return false
	}
	order := a.value.Cmp(b.value)
	return order < 0 || order == 0 && (a.exclusive || !b.exclusive)
}

// above is below for lower bounds.
func (a *bound) above(b *bound) bool {
	if b == nil {
		return true
	}
	if a == nil {
		return false
	}
	order := a.value.Cmp(b.value)
	return order > 0 || order == 0 && (a.exclusive || !b.exclusive)
}

// multiple reports whether every multiple of a is one of b.
func multiple(a, b *big.Rat) bool {
	return b.Sign() != 0 && new(big.Rat).Quo(a, b).IsInt()
}

// round turns a bound into the inclusive one of the values of a: whole numbers if they are
// integers, and multiples of what they are multiples of; step is 1 for a lower bound and
// -1 for an upper one. Other bounds are returned as they are.
func (q *question) round(b *bound, step int64) *bound {
	unit := q.a.unit()
	if b == nil || unit == nil {
		return b
	}
	n := round(&bound{new(big.Rat).Quo(b.value, unit), b.exclusive, b.at}, step)
	return &bound{n.value.Mul(n.value, unit), false, b.at}
}

// unit returns a number that all numbers of a shape are multiples of, nil if none is known.
func (s *shape) unit() *big.Rat {
	whole := s.types&isFraction == 0
	for _, m := range s.multiples {
		if r := rational(m.text); r.Sign() > 0 && (!whole || r.IsInt()) {
			return r
		}
	}
	if !whole {
		return nil
	}
	return rational("1")
}

// round turns a bound of integers into an inclusive whole number.
func round(b *bound, step int64) *bound {
	if b == nil {
		return nil
	}
	whole := new(big.Int).Div(b.value.Num(), b.value.Denom()) // the floor
	if b.value.IsInt() && b.exclusive || !b.value.IsInt() && step > 0 {
		whole.Add(whole, big.NewInt(step))
	}
	return &bound{new(big.Rat).SetInt(whole), false, b.at}
}

func itoa(n int) string { return strconv.Itoa(n) }
