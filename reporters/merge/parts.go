package merge

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/reporters/internal/lists"
)

type merger struct {
	run       *reporters.Run
	coverages int
}

func (m *merger) add(r *reporters.Run, number int) {
	renamed := m.exchanges(r, number)
	for _, g := range r.Findings {
		m.finding(g, renamed)
	}
	for _, s := range r.Specs {
		m.spec(s)
	}
	for _, q := range r.Requirements {
		m.requirement(q)
	}
	m.traffic(r.Traffic)
	for _, d := range r.Drift {
		i := slices.IndexFunc(m.run.Drift, func(o reporters.Drift) bool { return o.Operation == d.Operation && o.Where == d.Where })
		if i < 0 {
			m.run.Drift = append(m.run.Drift, d)
		} else {
			m.run.Drift[i].Count += d.Count
		}
	}
	m.run.Created = append(m.run.Created, r.Created...)
	m.coverage(r.Coverage)
}

// exchanges adds recorded exchanges and returns the ids that changed.
func (m *merger) exchanges(r *reporters.Run, number int) map[string]string {
	renamed := map[string]string{}
	for _, e := range r.Exchanges {
		taken := func(id string) bool {
			return slices.ContainsFunc(m.run.Exchanges, func(o reporters.Exchange) bool { return o.ID == id })
		}
		id := e.ID
		for n := number; taken(id); n++ {
			id = fmt.Sprintf("%s-%d", e.ID, n)
		}
		if id != e.ID {
			renamed[e.ID] = id
		}
		e.ID = id
		m.run.Exchanges = append(m.run.Exchanges, e)
	}
	return renamed
}

func (m *merger) finding(g reporters.FindingGroup, renamed map[string]string) {
	rename := func(id string) string { return cmp.Or(renamed[id], id) }
	g.First.Exchange = rename(g.First.Exchange)
	g.Examples = slices.Clone(g.Examples)
	for i := range g.Examples {
		g.Examples[i] = rename(g.Examples[i])
	}
	i := slices.IndexFunc(m.run.Findings, func(o reporters.FindingGroup) bool { return o.Signature == g.Signature })
	if i < 0 {
		g.Specs = slices.Clone(g.Specs)
		m.run.Findings = append(m.run.Findings, g)
		return
	}
	o := &m.run.Findings[i]
	o.Fails = o.Fails || g.Fails
	o.Count, o.Exchanges, o.Of = o.Count+g.Count, o.Exchanges+g.Exchanges, o.Of+g.Of
	o.Specs = lists.Sorted(append(o.Specs, g.Specs...))
	o.Examples = append(o.Examples, g.Examples...)
	if o.EntailedBy != g.EntailedBy {
		o.EntailedBy = "" // in one of the runs it was a cause of its own
	}
	if g.First.Shared() {
		all := append([]string{o.First.Operation, g.First.Operation}, o.Operations...)
		if all = lists.Sorted(append(all, g.Operations...)); len(all) > 1 {
			o.Operations = all
		}
	}
}

func (m *merger) spec(s reporters.SpecResult) {
	i := slices.IndexFunc(m.run.Specs, func(o reporters.SpecResult) bool { return o.Name == s.Name })
	if i < 0 {
		m.run.Specs = append(m.run.Specs, s)
		return
	}
	o := &m.run.Specs[i]
	worse := *o
	if severity(s.Outcome) > severity(o.Outcome) {
		worse = s
	}
	worse.Exchanges, worse.Duration = o.Exchanges+s.Exchanges, o.Duration+s.Duration
	worse.Signatures = lists.Sorted(append(slices.Clone(o.Signatures), s.Signatures...))
	worse.Requirements = lists.Sorted(append(slices.Clone(o.Requirements), s.Requirements...))
	*o = worse
}

// severity ranks outcomes of the same spec in several runs.
func severity(o reporters.Outcome) int {
	return slices.Index([]reporters.Outcome{reporters.Skipped, reporters.Passed, reporters.Warned, reporters.Failed, reporters.Errored}, o)
}

func (m *merger) requirement(q reporters.RequirementResult) {
	i := slices.IndexFunc(m.run.Requirements, func(o reporters.RequirementResult) bool { return o.ID == q.ID })
	if i < 0 {
		m.run.Requirements = append(m.run.Requirements, q)
		return
	}
	o := &m.run.Requirements[i]
	o.Specs = lists.Sorted(append(slices.Clone(o.Specs), q.Specs...))
	o.Signatures = lists.Sorted(append(slices.Clone(o.Signatures), q.Signatures...))
	rank := func(x reporters.Outcome) int {
		return slices.Index([]reporters.Outcome{reporters.Skipped, reporters.Errored, reporters.Passed, reporters.Warned, reporters.Failed}, x)
	}
	switch {
	case rank(q.Outcome) > rank(o.Outcome):
		o.Outcome, o.Skip = q.Outcome, q.Skip
	case q.Outcome == reporters.Skipped && o.Outcome == reporters.Skipped && o.Skip != nil && q.Skip != nil &&
		o.Skip.Code == reporters.SkipNotSelected && q.Skip.Code != reporters.SkipNotSelected:
		o.Skip = q.Skip
	}
}

func (m *merger) traffic(t reporters.Traffic) {
	m.run.Traffic.Exchanges += t.Exchanges
	for _, n := range t.Operations {
		i := slices.IndexFunc(m.run.Traffic.Operations, func(o reporters.OperationCount) bool { return o.Operation == n.Operation })
		if i < 0 {
			i = len(m.run.Traffic.Operations)
			m.run.Traffic.Operations = append(m.run.Traffic.Operations, reporters.OperationCount{Operation: n.Operation, Statuses: map[int]int{}, Median: n.Median})
		}
		o := &m.run.Traffic.Operations[i]
		if o.Latency = reporters.MergeBuckets(o.Latency, n.Latency); o.Exchanges > 0 && len(o.Latency) > 0 {
			o.Median = reporters.Quantile(o.Latency, 0.5)
		}
		o.Exchanges += n.Exchanges
		o.Slowest = max(o.Slowest, n.Slowest)
		for status, count := range n.Statuses {
			o.Statuses[status] += count
		}
	}
}

func (m *merger) coverage(c *reporters.Coverage) {
	if c == nil {
		return
	}
	m.coverages++
	if m.run.Coverage == nil {
		m.run.Coverage = &reporters.Coverage{}
	}
	for _, o := range c.Operations {
		all := &m.run.Coverage.Operations
		i := slices.IndexFunc(*all, func(x reporters.OperationCoverage) bool { return x.Operation == o.Operation })
		if i < 0 {
			*all = append(*all, reporters.OperationCoverage{Operation: o.Operation, Items: slices.Clone(o.Items)})
			continue
		}
		to := &(*all)[i]
		at := map[string]int{}
		for k, item := range to.Items {
			at[item.Key] = k
		}
		for _, item := range o.Items {
			if k, ok := at[item.Key]; ok {
				to.Items[k].Count += item.Count
			} else {
				to.Items = append(to.Items, item)
			}
		}
	}
}
