package generic

import (
	"slices"
	"strings"
	"sync"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/config"
	"github.com/hostup/api-conformance/suites/env"
	"github.com/hostup/api-conformance/suites/request"
	"github.com/hostup/api-conformance/suites/rule"
)

// A suite is the specs of one document.
type suite struct {
	env   *env.Env
	build *request.Builder
	depth config.Depth
	index func() *index
}

// A probe is one spec with what it sends: the list that is run and the list that is
// planned are the same.
type probe struct {
	area  string
	op    *spec.Operation // nil for one about the whole target
	text  string
	ids   []string // requirements, the first one that of its findings
	sends []sent
	run   func(t *rule.T)
}

// sent is how many requests of a kind a probe sends.
type sent struct {
	method, path string
	effect       spec.Effect
	least, most  int
	why          string
}

// areas in the order of reports.
var areas = []string{"responses", "input", "access", "protocol"}

// Register adds the specs of any document to the tree.
func Register(e *env.Env) {
	s := newSuite(e)
	all := s.probes()
	for _, area := range areas {
		rule.Describe(e, area, func() {
			for i := 0; i < len(all); {
				p, j := all[i], i+1
				for j < len(all) && all[j].op == p.op && all[j].area == p.area {
					j++
				}
				if p.area == area {
					s.declare(all[i:j])
				}
				i = j
			}
		})
	}
}

func (s *suite) declare(group []probe) {
	each := func() {
		for _, p := range group {
			about := rule.Of("", p.ids...)
			if p.op != nil {
				about.Operation = p.op.ID
			}
			rule.It(s.env, p.text, about, p.run)
		}
	}
	if group[0].op == nil {
		each()
		return
	}
	rule.Describe(s.env, group[0].op.Name(), each)
}

func newSuite(e *env.Env) *suite {
	s := &suite{env: e, build: request.New(e.Contract, e.Config.Data), depth: e.Config.Depth}
	s.index = sync.OnceValue(s.newIndex)
	return s
}

// probes lists all specs, by area and operation, in an order that asks collections
// before what is in them.
func (s *suite) probes() (list []probe) {
	ops := slices.Clone(s.env.Contract.Operations())
	slices.SortStableFunc(ops, func(a, b *spec.Operation) int {
		return strings.Count(a.Path, "{") - strings.Count(b.Path, "{")
	})
	for _, area := range []func(*spec.Operation) []probe{s.responses, s.input, s.access, s.protocol} {
		for _, o := range ops {
			list = append(list, area(o)...)
		}
	}
	list = append(append(list, s.withoutIdentity()...), s.unknownPath())
	for i := range list {
		list[i].ids = slices.DeleteFunc(slices.Clone(list[i].ids), s.env.Contract.Unbound)
	}
	return list
}

// upTo is n at most what the depth allows for a kind of request.
func (s *suite) upTo(n, quick, standard int) int {
	switch s.depth {
	case config.Quick:
		return min(n, quick)
	case config.Standard:
		return min(n, standard)
	}
	return n
}

// sends is a line of the plan for requests of an operation.
func sends(o *spec.Operation, least, most int, why string) []sent {
	return []sent{{method: o.Method, path: o.Path, effect: o.Effect, least: least, most: most, why: why}}
}
