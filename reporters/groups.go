package reporters

import (
	"cmp"
	"maps"
	"slices"

	"github.com/hostup/api-conformance/spec"
)

// MaxExamples is the number of recorded exchanges that a cause keeps. Reports show one; a
// second and a third distinguish a value from a pattern.
const MaxExamples = 3

// A builder holds the material, sorted by name, with what Build derives from it.
type builder struct {
	m      Material
	specs  []*record
	groups []*group // MUST first, then by the number of specs they explain

	recorded map[string]Exchange // by id
}

// A record is a spec with what it met.
type record struct {
	SpecRecord
	met     map[string]*group
	outcome Outcome
	ended   bool // it ran to its end: it passed, or failed only because of causes
}

// A group is a cause with the specs that met it.
type group struct {
	FindingGroup
	findings []spec.Finding
	again    Again
	owners   []*record // specs that own its requirement, met it and could finish
}

func newBuilder(m Material) *builder {
	b := &builder{m: m}
	for _, s := range m.Specs {
		b.specs = append(b.specs, &record{SpecRecord: s, met: map[string]*group{}})
	}
	slices.SortStableFunc(b.specs, func(x, y *record) int { return cmp.Compare(x.Name, y.Name) })
	b.group()
	b.count()
	for _, s := range b.specs {
		if s.stopped() {
			s.outcome = Errored
		}
	}
	for _, g := range b.groups {
		g.owners = slices.DeleteFunc(slices.Clone(b.specs), func(s *record) bool {
			return s.met[g.Signature] == nil || s.outcome == Errored || !s.owns(g)
		})
	}
	for _, s := range b.specs {
		if s.outcome == "" {
			s.judge()
		}
	}
	return b
}

// group groups the findings of all specs by signature.
func (b *builder) group() {
	groups := map[string]*group{}
	for _, s := range b.specs {
		for _, f := range s.Findings {
			signature := f.Signature()
			g := groups[signature]
			if g == nil {
				g = &group{FindingGroup: FindingGroup{Signature: signature}}
				groups[signature] = g
			}
			if s.met[signature] == nil {
				s.met[signature] = g
				g.again.Findings += s.Again[signature].Findings
				g.again.Exchanges += s.Again[signature].Exchanges
				g.Specs = append(g.Specs, s.Name)
			}
			g.findings = append(g.findings, f)
			g.Fails = g.Fails || Fails(f.Level, b.m.Settings.Strict)
		}
	}
	for _, g := range groups {
		slices.SortStableFunc(g.findings, func(x, y spec.Finding) int { return cmp.Compare(x.Exchange, y.Exchange) })
		spec.SortFindings(g.findings)
		g.First, g.Count, g.Specs = g.findings[0], len(g.findings)+g.again.Findings, slices.Compact(g.Specs)
		for _, f := range g.findings {
			g.Count += f.More
		}
	}
	b.groups = slices.SortedFunc(maps.Values(groups), func(x, y *group) int {
		return compareGroups(x.FindingGroup, y.FindingGroup)
	})
	b.entail()
}

// stopped reports whether something other than the contract ended the spec.
func (s *record) stopped() bool {
	switch s.State {
	case StatePassed, StateSkipped, StatePending:
		return false
	case StateFailed:
		for _, g := range s.met {
			if g.Fails {
				return false
			}
		}
	}
	return true
}

func (s *record) owns(g *group) bool {
	return slices.Contains(s.Requirements, g.First.Requirement)
}

// judge decides the outcome of a spec that was not stopped.
func (s *record) judge() {
	// A spec that met a violation and then found nothing to test has failed, but it also
	// says why it did not get further.
	skipped := s.State == StateSkipped || s.State == StatePending || s.Skip != nil
	s.ended = !skipped
	s.outcome = Passed
	if skipped {
		s.outcome = Skipped
	}
	for _, g := range s.met {
		switch charged := len(g.owners) == 0 || s.owns(g); {
		case charged && g.Fails:
			s.outcome = Failed
			return
		case charged && s.outcome == Passed:
			s.outcome = Warned
		}
	}
}

// signatures returns the signatures that the spec met, sorted.
func (s *record) signatures() []string {
	return slices.Sorted(maps.Keys(s.met))
}

// count counts the exchanges of each group and selects its examples.
func (b *builder) count() {
	b.recorded = map[string]Exchange{}
	sent, all := map[string]int{}, 0
	for _, s := range b.specs {
		for _, e := range s.Exchanges {
			if _, ok := b.recorded[e.ID]; !ok {
				b.recorded[e.ID] = e
			}
		}
		for _, t := range s.Tally {
			sent[t.Operation] += t.Exchanges
			all += t.Exchanges
		}
	}
	for _, g := range b.groups {
		seen, at := map[string]bool{}, map[string]bool{}
		of := 0
		for _, f := range g.findings {
			if !at[f.Operation] { // several, if the findings have a scope
				at[f.Operation] = true
				of += sent[f.Operation]
			}
			if f.Exchange == "" || seen[f.Exchange] {
				continue
			}
			seen[f.Exchange] = true
			if _, ok := b.recorded[f.Exchange]; ok && len(g.Examples) < MaxExamples {
				g.Examples = append(g.Examples, f.Exchange)
			}
		}
		if g.First.Scope == spec.WholeTarget {
			of = all
		}
		if g.First.Shared() && len(at) > 1 {
			g.Operations = slices.Sorted(maps.Keys(at))
		}
		g.Exchanges = len(seen) + g.again.Exchanges
		g.Of = max(of, g.Exchanges)
	}
}

// findingGroups returns the groups as the result shows them.
func (b *builder) findingGroups() []FindingGroup {
	out := make([]FindingGroup, 0, len(b.groups))
	for _, g := range b.groups {
		out = append(out, g.FindingGroup)
	}
	return out
}

// exchanges returns the examples of the groups, sorted by id.
func (b *builder) exchanges() []Exchange {
	chosen := map[string]Exchange{}
	for _, g := range b.groups {
		for _, id := range g.Examples {
			chosen[id] = b.recorded[id]
		}
	}
	out := make([]Exchange, 0, len(chosen))
	for _, id := range slices.Sorted(maps.Keys(chosen)) {
		out = append(out, chosen[id])
	}
	return out
}
