package sample

import (
	"slices"
	"strconv"
)

// array has too few items, too many, or one twice, and makes the first one wrong.
func (b *breaker) array(p part, f *facts, list []any) {
	if n := f.minItems - 1; n >= 0 && n < len(list) {
		b.add(p, "minItems", "with "+p.what()+" of "+items(n)+", fewer than minItems", list[:n])
	}
	if f.unique && len(list) > 0 && f.maxItems != 1 {
		b.add(p, "uniqueItems", "with an item twice in "+p.what(), append([]any{list[0]}, list[:max(1, min(len(list), f.maxItems-1))]...))
	}
	if most := f.maxItems; most > 0 && most < 1000 && len(list) > 0 {
		more := slices.Clone(list)
		for n := 1; len(more) <= most; n++ {
			more = append(more, b.another(f, list[0], n))
		}
		b.add(p, "maxItems", "with "+p.what()+" of "+items(most+1)+", more than maxItems", more)
	}
	if len(list) > 0 && len(f.items) > 0 {
		b.walk(part{place: p.place + "[0]", pointers: f.items, value: list[0], depth: p.depth + 1, put: func(v any) any {
			with := slices.Clone(list)
			with[0] = v
			return p.put(with)
		}})
	}
}

func items(n int) string {
	if n == 1 {
		return "1 item"
	}
	return strconv.Itoa(n) + " items"
}

// another is the n-th item of a list, like the first one if there is no other.
func (b *breaker) another(f *facts, like any, n int) any {
	if len(f.items) > 0 {
		if v, ok := b.m.make(f.items, n, 1); ok {
			return v
		}
	}
	return like
}
