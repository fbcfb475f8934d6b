package env

import (
	"slices"
	"strings"
	"time"

	"github.com/hostup/api-conformance/reporters"
)

// A Tally counts the exchanges of one operation in one process. Tallies go from
// workers to the process that reports, as JSON: medians could not be merged.
type Tally struct {
	Operation string          `json:"operation"`
	Statuses  map[int]int     `json:"statuses"` // 0: no response
	Durations []time.Duration `json:"durationsNanoseconds"`
}

// Tallies is a copy of the counts so far, sorted by operation.
func (r *Recorder) Tallies() []Tally {
	r.mu.Lock()
	defer r.mu.Unlock()
	out := []Tally{}
	for _, t := range r.tallies {
		c := Tally{Operation: t.Operation, Statuses: map[int]int{}, Durations: slices.Clone(t.Durations)}
		for status, n := range t.Statuses {
			c.Statuses[status] = n
		}
		out = append(out, c)
	}
	slices.SortFunc(out, func(a, b Tally) int { return strings.Compare(a.Operation, b.Operation) })
	return out
}

// Traffic sums up the tallies of all processes.
func Traffic(tallies ...Tally) reporters.Traffic {
	merged := map[string]*Tally{}
	for _, t := range tallies {
		m := merged[t.Operation]
		if m == nil {
			m = &Tally{Operation: t.Operation, Statuses: map[int]int{}}
			merged[t.Operation] = m
		}
		for status, n := range t.Statuses {
			m.Statuses[status] += n
		}
		m.Durations = append(m.Durations, t.Durations...)
	}
	out := reporters.Traffic{Operations: []reporters.OperationCount{}}
	for _, m := range merged {
		slices.Sort(m.Durations)
		count := reporters.OperationCount{Operation: m.Operation, Exchanges: len(m.Durations), Statuses: m.Statuses}
		if n := len(m.Durations); n > 0 {
			count.Median, count.Slowest = m.Durations[n/2], m.Durations[n-1]
		}
		out.Exchanges += count.Exchanges
		out.Operations = append(out.Operations, count)
	}
	slices.SortFunc(out.Operations, func(a, b reporters.OperationCount) int { return strings.Compare(a.Operation, b.Operation) })
	return out
}
