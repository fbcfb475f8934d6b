package lists

import (
	"slices"
	"strconv"
)

// Distinct returns s without repetitions, in its order.
func Distinct(s []string) []string {
	var out []string
	for _, v := range s {
		if !slices.Contains(out, v) {
			out = append(out, v)
		}
	}
	return out
}

// Sorted returns a sorted copy of s without repetitions.
func Sorted(s []string) []string {
	out := append(make([]string, 0, len(s)), s...)
	slices.Sort(out)
	return slices.Compact(out)
}

// Some returns the first limit of n entries, and "and N more" for the rest.
func Some(n, limit int, entry func(int) string) []string {
	if n <= limit+1 { // "and 1 more" takes as much room as the entry
		limit = n
	}
	var out []string
	for i := range limit {
		out = append(out, entry(i))
	}
	if n > limit {
		out = append(out, "and "+strconv.Itoa(n-limit)+" more")
	}
	return out
}
