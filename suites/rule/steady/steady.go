// Package steady compares the responses to one request that is repeated, in a row or
// concurrently. Data that no client has changed must not change (HTTP-REPEAT-001).
package steady

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/suites/rule"
)

const (
	// InARow is enough to meet what happens every tenth time.
	InARow = 12
	// AtOnce is a few, as one dashboard page would send; this is no load test.
	AtOnce = 6
)

// Compare compares the responses to one request that was sent several times in a row.
// Other clients may write meanwhile, so a single change is no violation: a row may come
// or go, a value may change. A row or value that goes and comes back, or a value that
// differs each time, is caused by the target itself.
func Compare(t *rule.T, answers []*rule.Answer) {
	var series []rule.Rows
	var seen []*rule.Answer
	for _, a := range answers {
		if a.Success() {
			series, seen = append(series, rule.RowsOf(t, a)), append(seen, a)
		}
	}
	const fewest = 3 // two responses cannot tell a legitimate write from a fault
	if len(series) < fewest {
		t.Skip(reporters.SkipNoData, "%d of %d requests were answered with success, and %d are needed to compare", len(series), len(answers), fewest)
	}
	if !slices.ContainsFunc(series, rule.Rows.Shown) {
		NothingToCompare(t)
	}
	for _, key := range allKeys(series) {
		if at := gap(series, key); at > 0 {
			place, id, _ := strings.Cut(key, " ")
			t.Violation(seen[at], "HTTP-REPEAT-001", place, "present", "the row "+id+", which the responses before and after it have", "no such row")
			return // a response that lacks one row usually lacks all
		}
	}
	reported := map[string]bool{}
	for _, key := range allKeys(series) {
		place, id, _ := strings.Cut(key, " ")
		for _, member := range membersOf(series, key) {
			where := place + "." + member
			if at, from := restless(series, key, member); at > 0 && !reported[where] {
				reported[where] = true
				t.Violation(seen[at], "HTTP-REPEAT-001", where, "same", fmt.Sprintf("%s for %s, as in exchange %s", series[from][key][member], id, seen[from].ID), series[at][key][member])
			}
		}
	}
}

// untouched compares the responses to concurrent requests with those before and after:
// what these two share existed all the time.
func untouched(t *rule.T, before *rule.Answer, during []*rule.Answer, after *rule.Answer) {
	first, last := rule.RowsOf(t, before), rule.RowsOf(t, after)
	if !first.Shown() || !last.Shown() {
		NothingToCompare(t)
	}
	for _, a := range during {
		if !a.Success() || a.Response.ReadFailure != "" {
			continue
		}
		rows := rule.RowsOf(t, a)
		for _, key := range slices.Sorted(maps.Keys(first)) {
			place, id, _ := strings.Cut(key, " ")
			if last[key] == nil {
				continue
			}
			if rows[key] == nil {
				t.Violation(a, "HTTP-REPEAT-001", place, "present", "the row "+id+", which the responses before and after it have", "no such row")
				return
			}
			for _, member := range slices.Sorted(maps.Keys(first[key])) {
				want, got := first[key][member], rows[key][member]
				if got != want && got != "" && last[key][member] == want {
					t.Violation(a, "HTTP-REPEAT-001", place+"."+member, "same", fmt.Sprintf("%s for %s, as before and after", want, id), got)
					return
				}
			}
		}
	}
}

// NothingToCompare skips the spec because the responses have no rows.
func NothingToCompare(t *rule.T) {
	t.Skip(reporters.SkipNoData, "the responses show no row with an id: test with an account that has some")
}

func allKeys(series []rule.Rows) []string {
	all := map[string]bool{}
	for _, rows := range series {
		for key := range rows {
			all[key] = true
		}
	}
	return slices.Sorted(maps.Keys(all))
}

func membersOf(series []rule.Rows, key string) []string {
	all := map[string]bool{}
	for _, rows := range series {
		for member := range rows[key] {
			all[member] = true
		}
	}
	return slices.Sorted(maps.Keys(all))
}

// gap returns the index of the first response that lacks a row which earlier and later
// ones have, 0 if none does.
func gap(series []rule.Rows, key string) int {
	missing, had := 0, false
	for i, rows := range series {
		switch {
		case rows[key] == nil && had && missing == 0:
			missing = i
		case rows[key] != nil && missing > 0:
			return missing
		case rows[key] != nil:
			had = true
		}
	}
	return 0
}

// restless returns the index at which a property has returned to an earlier value, or
// changed more often than real writes explain, and the index that had its value before;
// at is 0 if neither happened. Missing properties are left to the schema.
func restless(series []rule.Rows, key, member string) (at, from int) {
	const often = 3 // an invoice may become pending and then paid while we look
	var had []string
	last := -1
	for i, rows := range series {
		value := rows[key][member]
		if value == "" || last >= 0 && value == series[last][key][member] {
			continue
		}
		if slices.Contains(had, value) || len(had) == often {
			return i, last
		}
		had, last = append(had, value), i
	}
	return 0, 0
}
