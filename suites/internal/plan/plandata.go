package plan

import (
	"cmp"
	"maps"
	"slices"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/config"
	"github.com/hostup/api-conformance/suites/env"
	"github.com/hostup/api-conformance/suites/internal/shipped"
	"github.com/hostup/api-conformance/suites/request"
)

// inBoth returns the reasons of a that b has as well, with the lower number of specs: a
// spec that one of the customers can run is not skipped for lack of input.
func inBoth(a, b []reporters.PlanSkip) (both []reporters.PlanSkip) {
	for _, x := range a {
		for _, y := range b {
			if x.Code == y.Code && x.Reason == y.Reason {
				x.Specs = min(x.Specs, y.Specs)
				both = append(both, x)
			}
		}
	}
	return both
}

// planSkips returns the reasons for which specs would send nothing.
func planSkips(run *reporters.Run) (list []reporters.PlanSkip) {
	specs := map[reporters.Skip]int{}
	for _, s := range run.Specs {
		if s.Outcome == reporters.Skipped && s.Skip != nil {
			specs[*s.Skip]++
		}
	}
	for skip, n := range specs {
		list = append(list, reporters.PlanSkip{Code: skip.Code, Reason: skip.Reason, Specs: n})
	}
	slices.SortFunc(list, func(a, b reporters.PlanSkip) int {
		return cmp.Or(cmp.Compare(b.Specs, a.Specs), cmp.Compare(a.Reason, b.Reason))
	})
	return list
}

// sources says where each datum that the document asks for comes from.
func (p *planner) sources(e *env.Env) (list []reporters.PlanDatum) {
	c := p.cfg
	given := given(p.contract, c)
	for _, name := range dataOf(p.contract) {
		d := reporters.PlanDatum{Name: name}
		switch {
		case c.BaseURL == "":
			d.From = "the embedded reference server"
		case given[name] != "":
			d.From = "given"
		case e.Data[name] != "":
			d.From = "discovered by the first reads, depends on their responses"
		default:
			d.From = "missing: " + e.WhyMissing(name)
		}
		list = append(list, d)
	}
	return list
}

// given returns the data that a configuration gives, by their names in the document.
func given(c *spec.Contract, cfg config.Config) request.Data {
	if pack := shipped.Of(c); pack.Given != nil {
		return pack.Given(cfg)
	}
	return nil
}

// pathData returns the data that a configuration gives for path parameters.
func (p *planner) pathData(cfg config.Config) request.Data {
	all, inPath := given(p.contract, cfg), request.Data{}
	for _, o := range p.contract.Operations() {
		for _, parameter := range o.Parameters {
			if id := all[parameter.Data]; parameter.In == "path" && id != "" {
				inPath[parameter.Data] = id
			}
		}
	}
	return inPath
}

// dataOf returns the names of the data that the document asks for, sorted.
func dataOf(c *spec.Contract) []string {
	names := map[string]bool{}
	for _, o := range c.Operations() {
		for _, parameter := range o.Parameters {
			names[parameter.Data] = true
		}
		if o.Body == nil {
			continue
		}
		for _, m := range o.Body.Members {
			names[m.Data] = true
		}
	}
	delete(names, "")
	return slices.Sorted(maps.Keys(names))
}
