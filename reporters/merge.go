package reporters

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Merge makes one Run of the results of several parts of it: shards, parallel
// jobs, jobs with different credentials. Nothing of the runs is changed. The
// rules:
//
// All runs have to be of the same suite, document, target and profile, and all
// strict or none. Otherwise it is an error that names the difference. Embedded servers
// count as one target. A result that a baseline was applied to cannot be merged:
// merge first.
//
// A spec that several runs have is the worst of its outcomes, but any outcome is
// better known than "skipped". A requirement is what its findings say; else
// passed if it passed in one run; else errored, else skipped, for the first
// reason that is not "not-selected".
//
// Findings of one signature become one group, and counts are added. Exchanges of
// different runs that have the same id are told apart by "-2", "-3", … after it.
// The median of an operation becomes that of the buckets of all runs.
func Merge(runs ...*Run) (*Run, error) {
	if len(runs) == 0 {
		return nil, errors.New("merge: no results")
	}
	for _, r := range runs {
		if r.Baseline != nil {
			return nil, errors.New("merge: a baseline was applied to a result: merge the results of the runs, then apply it")
		}
	}
	first := runs[0]
	for _, r := range runs[1:] {
		if err := sameRun(first, r); err != nil {
			return nil, fmt.Errorf("merge: %w", err)
		}
	}
	m := &merger{run: mergedHead(runs)}
	for i, r := range runs {
		m.add(r, i+1)
	}
	return m.finish(), nil
}

func sameRun(a, b *Run) error {
	target := func(r *Run) string {
		if r.Target.Embedded {
			return "the embedded server"
		}
		if r.Target.Recording != nil {
			return "recorded traffic of " + r.Target.URL
		}
		return r.Target.URL
	}
	for _, d := range []struct{ what, a, b string }{
		{"suites", a.Suite.Name + " " + a.Suite.Version, b.Suite.Name + " " + b.Suite.Version},
		{"documents", a.Document.SHA256, b.Document.SHA256},
		{"overlays", a.Document.OverlaySHA256, b.Document.OverlaySHA256},
		{"targets", target(a), target(b)},
		{"settings", fmt.Sprintf("strict %t", a.Settings.Strict), fmt.Sprintf("strict %t", b.Settings.Strict)},
		{"settings", fmt.Sprintf("profile %q", a.Settings.Profile), fmt.Sprintf("profile %q", b.Settings.Profile)},
	} {
		if d.a != d.b {
			return fmt.Errorf("the results are of different %s: %q and %q", d.what, line(d.a, 100), line(d.b, 100))
		}
	}
	return nil
}

// mergedHead is what a result says of its run.
func mergedHead(runs []*Run) *Run {
	first := runs[0]
	out := &Run{
		Schema: SchemaVersion, Suite: first.Suite, Document: first.Document, Target: first.Target,
		Settings: first.Settings, Started: first.Started,
		Requirements: []RequirementResult{}, Specs: []SpecResult{}, Findings: []FindingGroup{}, Exchanges: []Exchange{},
		Traffic: Traffic{Operations: []OperationCount{}},
	}
	end, filters := first.Started, []string{}
	for _, r := range runs {
		if r.Started.Before(out.Started) {
			out.Started = r.Started
		}
		if e := r.Started.Add(r.Duration); e.After(end) {
			end = e
		}
		out.Interrupted = out.Interrupted || r.Interrupted
		out.Notices = append(out.Notices, r.Notices...)
		if slices.Index(tiers, r.Settings.Safety) > slices.Index(tiers, out.Settings.Safety) {
			out.Settings.Safety = r.Settings.Safety
		}
		out.Settings.MinCoverage = max(out.Settings.MinCoverage, r.Settings.MinCoverage)
		filters = append(filters, r.Settings.LabelFilter)
	}
	for _, r := range runs[1:] {
		out.Target.Recording = out.Target.Recording.merged(r.Target.Recording)
	}
	out.Duration = max(end.Sub(out.Started), time.Duration(0))
	out.Notices = distinct(out.Notices)
	out.Settings.LabelFilter = joinFilters(distinct(filters))
	return out
}

var tiers = []string{"read-only", "write", "pay"}

// joinFilters is the filter that selects what any of the filters selects.
func joinFilters(all []string) string {
	if slices.Contains(all, "") {
		return ""
	}
	if len(all) == 1 {
		return all[0]
	}
	return "(" + strings.Join(all, ") || (") + ")"
}

type merger struct {
	run       *Run
	coverages int
}

func (m *merger) add(r *Run, number int) {
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
		i := slices.IndexFunc(m.run.Drift, func(o Drift) bool { return o.Operation == d.Operation && o.Where == d.Where })
		if i < 0 {
			m.run.Drift = append(m.run.Drift, d)
		} else {
			m.run.Drift[i].Count += d.Count
		}
	}
	m.run.Created = append(m.run.Created, r.Created...)
	m.coverage(r.Coverage)
}

// exchanges takes over recorded exchanges and returns the ids that changed.
func (m *merger) exchanges(r *Run, number int) map[string]string {
	renamed := map[string]string{}
	for _, e := range r.Exchanges {
		taken := func(id string) bool {
			return slices.ContainsFunc(m.run.Exchanges, func(o Exchange) bool { return o.ID == id })
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

func (m *merger) finding(g FindingGroup, renamed map[string]string) {
	rename := func(id string) string { return cmp.Or(renamed[id], id) }
	g.First.Exchange = rename(g.First.Exchange)
	g.Examples = slices.Clone(g.Examples)
	for i := range g.Examples {
		g.Examples[i] = rename(g.Examples[i])
	}
	i := slices.IndexFunc(m.run.Findings, func(o FindingGroup) bool { return o.Signature == g.Signature })
	if i < 0 {
		g.Specs = slices.Clone(g.Specs)
		m.run.Findings = append(m.run.Findings, g)
		return
	}
	o := &m.run.Findings[i]
	o.Fails = o.Fails || g.Fails
	o.Count, o.Exchanges, o.Of = o.Count+g.Count, o.Exchanges+g.Exchanges, o.Of+g.Of
	o.Specs = sorted(append(o.Specs, g.Specs...))
	o.Examples = append(o.Examples, g.Examples...)
}

func (m *merger) spec(s SpecResult) {
	i := slices.IndexFunc(m.run.Specs, func(o SpecResult) bool { return o.Name == s.Name })
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
	worse.Signatures = sorted(append(slices.Clone(o.Signatures), s.Signatures...))
	worse.Requirements = sorted(append(slices.Clone(o.Requirements), s.Requirements...))
	*o = worse
}

// severity orders outcomes of the same thing in several runs.
func severity(o Outcome) int {
	return slices.Index([]Outcome{Skipped, Passed, Warned, Failed, Errored}, o)
}

func (m *merger) requirement(q RequirementResult) {
	i := slices.IndexFunc(m.run.Requirements, func(o RequirementResult) bool { return o.ID == q.ID })
	if i < 0 {
		m.run.Requirements = append(m.run.Requirements, q)
		return
	}
	o := &m.run.Requirements[i]
	o.Specs = sorted(append(slices.Clone(o.Specs), q.Specs...))
	o.Signatures = sorted(append(slices.Clone(o.Signatures), q.Signatures...))
	rank := func(x Outcome) int { return slices.Index([]Outcome{Skipped, Errored, Passed, Warned, Failed}, x) }
	switch {
	case rank(q.Outcome) > rank(o.Outcome):
		o.Outcome, o.Skip = q.Outcome, q.Skip
	case q.Outcome == Skipped && o.Outcome == Skipped && o.Skip != nil && q.Skip != nil &&
		o.Skip.Code == SkipNotSelected && q.Skip.Code != SkipNotSelected:
		o.Skip = q.Skip
	}
}

func (m *merger) traffic(t Traffic) {
	m.run.Traffic.Exchanges += t.Exchanges
	for _, n := range t.Operations {
		i := slices.IndexFunc(m.run.Traffic.Operations, func(o OperationCount) bool { return o.Operation == n.Operation })
		if i < 0 {
			i = len(m.run.Traffic.Operations)
			m.run.Traffic.Operations = append(m.run.Traffic.Operations, OperationCount{Operation: n.Operation, Statuses: map[int]int{}, Median: n.Median})
		}
		o := &m.run.Traffic.Operations[i]
		if o.Latency = mergeBuckets(o.Latency, n.Latency); o.Exchanges > 0 && len(o.Latency) > 0 {
			o.Median = quantile(o.Latency, 0.5)
		}
		o.Exchanges += n.Exchanges
		o.Slowest = max(o.Slowest, n.Slowest)
		for status, count := range n.Statuses {
			o.Statuses[status] += count
		}
	}
}

func (m *merger) coverage(c *Coverage) {
	if c == nil {
		return
	}
	m.coverages++
	if m.run.Coverage == nil {
		m.run.Coverage = &Coverage{}
	}
	for _, o := range c.Operations {
		all := &m.run.Coverage.Operations
		i := slices.IndexFunc(*all, func(x OperationCoverage) bool { return x.Operation == o.Operation })
		if i < 0 {
			*all = append(*all, OperationCoverage{Operation: o.Operation, Items: slices.Clone(o.Items)})
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

// finish sorts, chooses examples and judges.
func (m *merger) finish() *Run {
	r := m.run
	slices.SortStableFunc(r.Specs, func(a, b SpecResult) int { return cmp.Compare(a.Name, b.Name) })
	slices.SortStableFunc(r.Findings, func(a, b FindingGroup) int {
		return cmp.Or(cmp.Compare(rank(a.First.Level), rank(b.First.Level)), cmp.Compare(a.Signature, b.Signature))
	})
	kept := map[string]bool{}
	for i := range r.Findings {
		g := &r.Findings[i]
		g.Examples = g.Examples[:min(len(g.Examples), maxExamples)]
		for _, id := range g.Examples {
			kept[id] = true
		}
	}
	r.Exchanges = slices.DeleteFunc(r.Exchanges, func(e Exchange) bool { return !kept[e.ID] })
	slices.SortFunc(r.Exchanges, func(a, b Exchange) int { return cmp.Compare(a.ID, b.ID) })
	slices.SortFunc(r.Traffic.Operations, func(a, b OperationCount) int { return cmp.Compare(a.Operation, b.Operation) })
	slices.SortFunc(r.Drift, func(a, b Drift) int {
		return cmp.Or(cmp.Compare(a.Operation, b.Operation), cmp.Compare(a.Where, b.Where))
	})
	slices.SortFunc(r.Created, func(a, b Created) int {
		return cmp.Or(cmp.Compare(a.What, b.What), cmp.Compare(a.ID, b.ID), cmp.Compare(a.Spec, b.Spec))
	})
	r.Created = slices.Compact(r.Created)
	if r.Coverage != nil {
		r.Coverage.recount()
	}
	if r.Target.Recording != nil {
		dropTested(r)
	}
	r.Verdict = judge(r)
	return r
}

// dropTested takes out the specs that say that one recording does not put a
// requirement to the test, where another one does.
func dropTested(r *Run) {
	open := map[string]bool{}
	for _, q := range r.Requirements {
		open[q.ID] = q.Outcome == Skipped
	}
	gone := map[string]bool{}
	r.Specs = slices.DeleteFunc(r.Specs, func(s SpecResult) bool {
		gone[s.Name] = s.Outcome == Skipped && !slices.ContainsFunc(s.Requirements, func(id string) bool { return open[id] })
		return gone[s.Name]
	})
	for i := range r.Requirements {
		r.Requirements[i].Specs = slices.DeleteFunc(r.Requirements[i].Specs, func(name string) bool { return gone[name] })
	}
}

// judge is the verdict of a result whose parts are known, by the rules of
// [Build]. Violations that a baseline knows, and that would fail the run without
// it, leave it partial.
func judge(r *Run) Verdict {
	ran, excused := false, false
	for _, s := range r.Specs {
		if s.Outcome == Errored {
			return NonConformant
		}
		ran = ran || s.Outcome != Skipped
	}
	for _, g := range r.Findings {
		if g.Fails {
			return NonConformant
		}
		excused = excused || g.Known != nil && fails(g, r.Settings.Strict)
	}
	switch {
	case r.Baseline != nil && len(r.Baseline.Problems) > 0:
		return NonConformant
	case r.Interrupted, !ran, excused, len(r.Untested()) > 0:
		return Partial
	}
	return Conformant
}
