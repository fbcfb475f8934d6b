package merge

import (
	"cmp"
	"slices"

	"github.com/hostup/api-conformance/reporters"
)

// finish sorts, selects examples and computes the verdict.
func (m *merger) finish() *reporters.Run {
	r := m.run
	slices.SortStableFunc(r.Specs, func(a, b reporters.SpecResult) int { return cmp.Compare(a.Name, b.Name) })
	reporters.SortGroups(r.Findings)
	kept := map[string]bool{}
	for i := range r.Findings {
		g := &r.Findings[i]
		g.Examples = g.Examples[:min(len(g.Examples), reporters.MaxExamples)]
		for _, id := range g.Examples {
			kept[id] = true
		}
	}
	r.Exchanges = slices.DeleteFunc(r.Exchanges, func(e reporters.Exchange) bool { return !kept[e.ID] })
	slices.SortFunc(r.Exchanges, func(a, b reporters.Exchange) int { return cmp.Compare(a.ID, b.ID) })
	slices.SortFunc(r.Traffic.Operations, func(a, b reporters.OperationCount) int { return cmp.Compare(a.Operation, b.Operation) })
	slices.SortFunc(r.Drift, func(a, b reporters.Drift) int {
		return cmp.Or(cmp.Compare(a.Operation, b.Operation), cmp.Compare(a.Where, b.Where))
	})
	slices.SortFunc(r.Created, func(a, b reporters.Created) int {
		return cmp.Or(cmp.Compare(a.What, b.What), cmp.Compare(a.ID, b.ID), cmp.Compare(a.Spec, b.Spec))
	})
	r.Created = slices.Compact(r.Created)
	if r.Coverage != nil {
		r.Coverage.Recount()
	}
	if r.Target.Recording != nil {
		dropTested(r)
	}
	r.Verdict = reporters.Judge(r)
	return r
}

// dropTested removes the specs that say that one recording does not exercise a
// requirement, if another one does.
func dropTested(r *reporters.Run) {
	open := map[string]bool{}
	for _, q := range r.Requirements {
		open[q.ID] = q.Outcome == reporters.Skipped
	}
	gone := map[string]bool{}
	r.Specs = slices.DeleteFunc(r.Specs, func(s reporters.SpecResult) bool {
		gone[s.Name] = s.Outcome == reporters.Skipped && !slices.ContainsFunc(s.Requirements, func(id string) bool { return open[id] })
		return gone[s.Name]
	})
	for i := range r.Requirements {
		r.Requirements[i].Specs = slices.DeleteFunc(r.Requirements[i].Specs, func(name string) bool { return gone[name] })
	}
}
