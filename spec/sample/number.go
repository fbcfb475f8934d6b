package sample

import (
	"encoding/json"
	"math/big"
)

// bounds holds a schema's constraints on a number.
type bounds struct {
	least, most         *big.Rat
	openLeast, openMost bool // the bound itself is excluded
	step                *big.Rat
	whole               bool
}

func (b *bounds) atLeast(r *big.Rat, open bool) {
	if b.least == nil || r.Cmp(b.least) > 0 || r.Cmp(b.least) == 0 && open {
		b.least, b.openLeast = r, open
	}
}

func (b *bounds) atMost(r *big.Rat, open bool) {
	if b.most == nil || r.Cmp(b.most) < 0 || r.Cmp(b.most) == 0 && open {
		b.most, b.openMost = r, open
	}
}

// number returns a number within the bounds, a small positive one if possible; ok is
// false if there is none.
func (b *bounds) number(n int) (json.Number, bool) {
	step := b.step
	if step == nil {
		step = big.NewRat(1, 1)
		if !b.whole && b.least != nil && b.most != nil && new(big.Rat).Sub(b.most, b.least).Cmp(big.NewRat(2, 1)) < 0 {
			step = new(big.Rat).Quo(new(big.Rat).Sub(b.most, b.least), big.NewRat(4, 1))
			if step.Sign() == 0 {
				step = big.NewRat(1, 1)
			}
		}
	}
	if b.whole && !step.IsInt() {
		step = new(big.Rat).SetInt(step.Num()) // an integer multiple of p/q is a multiple of p
	}
	start := new(big.Rat).SetInt64(int64(1 + n))
	if b.least != nil && (start.Cmp(b.least) <= 0) {
		start = new(big.Rat).Set(b.least)
	} else if b.most != nil && start.Cmp(b.most) >= 0 {
		if start = new(big.Rat).Set(b.most); b.least != nil {
			start = new(big.Rat).Set(b.least)
		}
	}
	at := new(big.Rat).Quo(start, step)
	if b.step != nil || b.whole {
		below := new(big.Int).Div(new(big.Int).Neg(at.Num()), at.Denom())
		at = new(big.Rat).SetInt(below.Neg(below)) // rounded up
	}
	for _, steps := range []int64{0, 1, 2, 3, 4, 5, -1, -2} {
		v := new(big.Rat).Mul(new(big.Rat).Add(at, big.NewRat(steps, 1)), step)
		if b.holds(v) {
			return text(v), true
		}
	}
	return "", false
}

func (b *bounds) holds(v *big.Rat) bool {
	if b.least != nil && (v.Cmp(b.least) < 0 || b.openLeast && v.Cmp(b.least) == 0) {
		return false
	}
	return b.most == nil || v.Cmp(b.most) < 0 || !b.openMost && v.Cmp(b.most) == 0
}

func text(v *big.Rat) json.Number {
	if v.IsInt() {
		return json.Number(v.Num().String())
	}
	digits, exact := v.FloatPrec()
	if !exact {
		digits = 12
	}
	return json.Number(v.FloatString(digits))
}
