package sample

import (
	"encoding/json"
	"fmt"
	"math/big"
	"slices"
	"strings"

	"github.com/hostup/api-conformance/spec/schema"
)

// listed is a value that enum or const does not list.
func (b *breaker) listed(p part, f *facts) {
	if !f.limited {
		return
	}
	other := any(nothing)
	for _, v := range f.allowed {
		switch x := v.(type) {
		case json.Number:
			if r, ok := new(big.Rat).SetString(string(x)); ok && !slices.ContainsFunc(f.allowed, isText) {
				other = text(r.Add(r, big.NewRat(1000, 1)))
			}
		case bool:
			if len(f.allowed) == 1 {
				other = !x
			}
		}
	}
	b.add(p, "enum", "with "+p.shown(other)+", which the document does not list", other)
}

func isText(v any) bool { _, is := v.(string); return is }

// shown is the part with another value.
func (p part) shown(v any) string {
	s, err := json.Marshal(v)
	if err != nil || len(s) > 60 {
		return p.what()
	}
	if p.place == "" {
		return string(s)
	}
	return p.place + " = " + string(s)
}

// text is a text that is too short, too long, or breaks a pattern or format.
func (b *breaker) text(p part, f *facts, v string) {
	runes := []rune(v)
	if n := f.minLength - 1; n >= 0 && n < len(runes) {
		b.add(p, "minLength", fmt.Sprintf("with %s of %s, shorter than minLength", p.what(), characters(n)), string(runes[:n]))
	}
	if most := f.maxLength; most > 0 && most < longest {
		long := v
		last := "x"
		if len(runes) > 0 {
			last = string(runes[len(runes)-1])
		}
		long += strings.Repeat(last, max(0, most+1-len(runes)))
		b.add(p, "maxLength", fmt.Sprintf("with %s of %s, longer than maxLength", p.what(), characters(most+1)), long)
	}
	for _, pattern := range f.pattern {
		for _, other := range unlike(v) {
			if whole, err := schema.ECMA(pattern); err == nil && !whole.MatchString(other) && len([]rune(other)) >= f.minLength && (f.maxLength == 0 || len([]rune(other)) <= f.maxLength) {
				b.add(p, "pattern", "with "+p.shown(other)+", which does not match the pattern", other)
			}
		}
	}
	if len(f.formats) > 0 && len(f.pattern) == 0 && !f.limited {
		b.add(p, "format", "with "+p.shown(nothing)+", which is no "+f.formats[0], nothing)
	}
}

func characters(n int) string {
	if n == 1 {
		return "1 character"
	}
	return fmt.Sprintf("%d characters", n)
}

// unlike are texts that few patterns have in common with v: of the same length first, as
// a server may look at that alone.
func unlike(v string) []string {
	n := len([]rune(v))
	list := []string{strings.Repeat("!", n), strings.Repeat("a", n), strings.Repeat("0", n), v + "!", "conformance!none"}
	return slices.DeleteFunc(list, func(s string) bool { return s == "" })
}

// number is a number beyond its bounds, between its steps, or with a fraction.
func (b *breaker) number(p part, f *facts, v any) {
	was, isNumber := ratOf(v)
	if !isNumber {
		return
	}
	step := f.bounds.step
	if step == nil {
		step = big.NewRat(1, 1)
	}
	beyond := func(bound *big.Rat, open bool, by *big.Rat) (json.Number, bool) {
		out := new(big.Rat).Set(bound)
		if !open {
			out.Add(out, by)
		}
		a, _ := out.Float64()
		c, _ := bound.Float64()
		return text(out), open || a != c // programs that read doubles see the bound
	}
	if f.bounds.least != nil {
		if n, ok := beyond(f.bounds.least, f.bounds.openLeast, new(big.Rat).Neg(step)); ok {
			b.add(p, "minimum", "with "+p.shown(n)+", below the minimum", n)
		}
	}
	if f.bounds.most != nil {
		if n, ok := beyond(f.bounds.most, f.bounds.openMost, step); ok {
			b.add(p, "maximum", "with "+p.shown(n)+", above the maximum", n)
		}
	}
	half := text(new(big.Rat).Add(was, big.NewRat(1, 2)))
	if f.bounds.step != nil {
		half = text(new(big.Rat).Add(was, new(big.Rat).Quo(f.bounds.step, big.NewRat(2, 1))))
		b.add(p, "multipleOf", "with "+p.shown(half)+", which is no multiple", half)
	}
	if slices.Contains(f.types, "integer") {
		b.add(p, "integer", "with "+p.shown(half)+", which is no integer", half)
	}
}

func ratOf(v any) (*big.Rat, bool) {
	n, isNumber := v.(json.Number)
	if !isNumber || len(n) > 40 {
		return nil, false
	}
	return new(big.Rat).SetString(string(n))
}

// typed is a value of another type: of one that is not read as the documented one, such
// as "7" for 7.
func (b *breaker) typed(p part, f *facts) {
	object := any(map[string]any{"conformance": []any{}})
	switch p.value.(type) {
	case map[string]any:
		if p.place == "" {
			b.add(p, "type", "that is an empty list", []any{})
			break
		}
		b.add(p, "type", "with "+p.shown(nothing)+" in place of an object", nothing)
	case []any:
		b.add(p, "type", "with an object as "+p.what(), object)
	case string:
		b.add(p, "type", "with an object as "+p.what(), object)
	default:
		b.add(p, "type", "with "+p.shown(nothing)+", a text", nothing)
		b.add(p, "type", "with an object as "+p.what(), object)
	}
	if p.value != nil {
		b.add(p, "null", "with null as "+p.what(), nil)
	}
}
