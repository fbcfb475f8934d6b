package generic

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/onsi/ginkgo/v2/types"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/config"
	"github.com/hostup/api-conformance/suites/env"
	"github.com/hostup/api-conformance/suites/rule"
)

// Plan returns the requests that a run would send, from the same list as a run. It sends
// and creates nothing. The number of reads that find ids for others depends on responses,
// so Least is what each spec sends at least.
func Plan(c *spec.Contract, cfg config.Config) (*reporters.Plan, error) {
	s := newSuite(env.New(c, cfg, nil, 1))
	selects := func([]string) bool { return true }
	if text := cfg.Selection(); text != "" {
		filter, err := types.ParseLabelFilter(text)
		if err != nil {
			return nil, fmt.Errorf("label-filter: %w", err)
		}
		selects = filter
	}
	p := planner{suite: s, lines: map[lineKey]*reporters.PlanLine{}, skips: map[reporters.Skip]int{}}
	for _, probe := range s.probes() {
		about := rule.Of("", probe.ids...)
		if probe.op != nil {
			about.Operation = probe.op.ID
		}
		if selects(rule.Labels(s.env, about)) {
			p.add(probe)
		}
	}
	return p.plan(cfg), nil
}

type planner struct {
	*suite
	lines map[lineKey]*reporters.PlanLine
	skips map[reporters.Skip]int
}

type lineKey struct {
	effect            spec.Effect
	method, path, why string
}

func (p *planner) add(x probe) {
	if why := p.unsent(x); why != nil {
		p.skips[*why]++
		return
	}
	for _, n := range x.sends {
		key := lineKey{n.effect, n.method, n.path, n.why}
		line := p.lines[key]
		if line == nil {
			line = &reporters.PlanLine{Method: n.method, Path: n.path, Why: n.why, Other: x.op == nil}
			p.lines[key] = line
		}
		line.Least, line.Most = line.Least+n.least, line.Most+n.most
		for _, id := range x.ids {
			if !slices.Contains(line.Requirements, id) {
				line.Requirements = append(line.Requirements, id)
			}
		}
	}
}

// unsent returns why a probe would send nothing, nil if it would.
func (p *planner) unsent(x probe) *reporters.Skip {
	if why := p.env.Config.Ends(x.op); why != "" {
		return &reporters.Skip{Code: reporters.SkipSafety, Reason: why}
	}
	if len(x.sends) == 0 {
		return &reporters.Skip{Code: reporters.SkipConfiguration, Reason: "no credentials of other identities were given: name them in a file of --identities"}
	}
	effect := x.sends[0].effect
	created := effect == spec.Deletes && p.env.Config.Safety.Allows(spec.Writes) && x.area == "responses" // it deletes its own resource
	if !p.env.Config.Safety.Allows(effect) && !created {
		return &reporters.Skip{Code: reporters.SkipSafety, Reason: fmt.Sprintf("the requests have the effect %q, above --safety %v", effect, p.env.Config.Safety)}
	}
	if why := ""; x.op != nil && x.area != "access" {
		if why = p.missing(x.op); why != "" {
			return &reporters.Skip{Code: reporters.SkipConfiguration, Reason: why}
		}
	}
	return nil
}

func (p *planner) plan(cfg config.Config) *reporters.Plan {
	plan := &reporters.Plan{Target: cfg.BaseURL, Counted: true, Settings: cfg.Settings(), Data: []reporters.PlanDatum{}, Skipped: []reporters.PlanSkip{}, RPS: cfg.RPS}
	for _, tier := range []struct {
		safety config.Safety
		effect spec.Effect
	}{{config.ReadOnly, spec.Reads}, {config.Write, spec.Writes}, {config.Delete, spec.Deletes}, {config.Pay, spec.Charges}} {
		t := reporters.PlanTier{Safety: tier.safety.String(), Lines: []reporters.PlanLine{}}
		for key, line := range p.lines {
			if key.effect == tier.effect {
				slices.Sort(line.Requirements)
				t.Lines = append(t.Lines, *line)
			}
		}
		slices.SortFunc(t.Lines, func(a, b reporters.PlanLine) int {
			return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.Method, b.Method), cmp.Compare(a.Why, b.Why))
		})
		plan.Tiers = append(plan.Tiers, t)
	}
	for skip, n := range p.skips {
		plan.Skipped = append(plan.Skipped, reporters.PlanSkip{Code: skip.Code, Reason: skip.Reason, Specs: n})
	}
	slices.SortFunc(plan.Skipped, func(a, b reporters.PlanSkip) int {
		return cmp.Or(cmp.Compare(b.Specs, a.Specs), cmp.Compare(a.Reason, b.Reason))
	})
	return plan
}
