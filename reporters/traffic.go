package reporters

import (
	"cmp"
	"maps"
	"slices"
	"time"
)

// traffic adds up the tallies of all specs.
func (b *builder) traffic() Traffic {
	byOperation := map[string]*Tally{}
	for _, s := range b.specs {
		for _, t := range s.Tally {
			sum := byOperation[t.Operation]
			if sum == nil {
				sum = &Tally{Operation: t.Operation, Statuses: map[int]int{}}
				byOperation[t.Operation] = sum
			}
			sum.Exchanges += t.Exchanges
			for status, n := range t.Statuses {
				sum.Statuses[status] += n
			}
			sum.Durations = append(sum.Durations, t.Durations...)
		}
	}
	traffic := Traffic{Operations: make([]OperationCount, 0, len(byOperation))}
	for _, name := range slices.Sorted(maps.Keys(byOperation)) {
		t := byOperation[name]
		slices.Sort(t.Durations)
		traffic.Exchanges += t.Exchanges
		traffic.Operations = append(traffic.Operations, OperationCount{
			Operation: name,
			Exchanges: t.Exchanges,
			Statuses:  t.Statuses,
			Median:    median(t.Durations),
			Slowest:   slowest(t.Durations),
			Latency:   buckets(t.Durations),
		})
	}
	return traffic
}

// median returns the median of sorted durations, 0 if there are none.
func median(d []time.Duration) time.Duration {
	switch n := len(d); {
	case n == 0:
		return 0
	case n%2 == 1:
		return d[n/2]
	default:
		return (d[n/2-1] + d[n/2]) / 2
	}
}

func slowest(d []time.Duration) time.Duration {
	if len(d) == 0 {
		return 0
	}
	return d[len(d)-1]
}

// drift adds up undocumented properties, sorted by operation and location.
func (b *builder) drift() []Drift {
	counts := map[Drift]int{} // keys have no count
	for _, s := range b.specs {
		for _, d := range s.Drift {
			counts[Drift{Operation: d.Operation, Where: d.Where}] += d.Count
		}
	}
	var out []Drift
	for d, n := range counts {
		d.Count = n
		out = append(out, d)
	}
	slices.SortFunc(out, func(x, y Drift) int {
		return cmp.Or(cmp.Compare(x.Operation, y.Operation), cmp.Compare(x.Where, y.Where))
	})
	return out
}

// created returns what the specs created, sorted by kind and id.
func (b *builder) created() []Created {
	var out []Created
	for _, s := range b.specs {
		for _, c := range s.Created {
			c.Spec = cmp.Or(c.Spec, s.Name)
			out = append(out, c)
		}
	}
	slices.SortFunc(out, func(x, y Created) int {
		return cmp.Or(cmp.Compare(x.What, y.What), cmp.Compare(x.ID, y.ID), cmp.Compare(x.Spec, y.Spec))
	})
	return slices.Compact(out)
}
