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

// A suite holds the specs of one document.
type suite struct {
	env      *env.Env
	build    *request.Builder
	depth    config.Depth
	index    func() *index
	near     *neighbours
	met      *met
	vain     *vain
	accepted *accepted
	half     halves
	after    *steps
	lent     *lent
	observed *observed
	lived    func() map[*spec.Operation]bool // see lives

	sharedQuery func() map[string]int   // see readers
	wrongBodies func() int              // see budget
	withBody    func() map[string][]int // see bodyTurns
}

// A probe is one spec with what it sends: runs and plans use the same list.
type probe struct {
	area  string
	op    *spec.Operation // nil if it is about the whole target
	text  string
	ids   []string // requirements; findings belong to the first
	sends []sent
	run   func(t *rule.T)
	after stage
}

// A stage is what a probe has to come after, beyond what its area and effect say.
type stage int

const (
	anything   stage = iota
	lifecycles       // it judges what they got
	refusals         // it changes what specs share whose requests are refused
)

// sent is the number of requests of a kind that a probe sends.
type sent struct {
	method, path string
	effect       spec.Effect
	least, most  int
	why          string
}

// areas in the order of reports.
var areas = []string{"responses", "input", "access", "protocol", "lists", "state"}

// Register adds the specs of any document to the tree. What changes the target follows
// after all reads: first creations and changes, in sequence, then what judges their answers,
// then what must be refused, then what changes the things that is about, then deletions.
func Register(e *env.Env) {
	s := newSuite(e)
	var reads, changes, judged, late, refused, last, deletes []probe
	for _, p := range s.probes() {
		switch {
		case p.after == lifecycles:
			judged = append(judged, p)
		case p.after == refusals:
			last = append(last, p)
		case p.op != nil && p.area != "state" && s.late(p.op):
			late = append(late, p)
		case p.op == nil || p.op.Effect == spec.Reads && p.area != "state":
			reads = append(reads, p)
		case p.area != "responses" && p.area != "state":
			refused = append(refused, p)
		case p.op.Effect == spec.Deletes:
			deletes = append(deletes, p)
		default:
			changes = append(changes, p)
		}
	}
	creationsFirst(changes)
	partsFirst(deletes)
	s.declare(nil, reads)
	s.declare(&env.Sequence{When: env.After}, changes)
	s.declare(&env.Sequence{When: env.After}, judged)
	s.declare(&env.Sequence{When: env.After}, late)
	s.declare(&env.Sequence{When: env.After, Together: true}, refused)
	s.declare(&env.Sequence{When: env.After}, last)
	s.declare(&env.Sequence{When: env.After}, deletes)
}

// creationsFirst puts creations before changes, and keeps the order otherwise.
func creationsFirst(list []probe) {
	slices.SortStableFunc(list, func(a, b probe) int { return rank(a.op) - rank(b.op) })
}

func rank(o *spec.Operation) int {
	if o.Method == "POST" {
		return 0
	}
	return 1
}

// partsFirst puts deletions deeper in a path before those of their parents, which may
// delete them as well.
func partsFirst(list []probe) {
	depth := func(p probe) int { return strings.Count(trimmed(p.op.Path), "/") }
	slices.SortStableFunc(list, func(a, b probe) int { return depth(b) - depth(a) })
}

// declare declares probes as parts of a sequence, nil for none, in their order, each in a
// container of its area and operation.
func (s *suite) declare(sequence *env.Sequence, list []probe) {
	for _, area := range areas {
		var own []probe
		for _, p := range list {
			if p.area == area {
				own = append(own, p)
			}
		}
		if len(own) == 0 {
			continue
		}
		rule.Describe(s.env, area, func() { // Ginkgo calls it later
			s.env.Within(sequence, func() { s.declareEach(own) })
		})
	}
}

func (s *suite) declareEach(list []probe) {
	for len(list) > 0 {
		n := 1
		for n < len(list) && list[n].op == list[0].op {
			n++
		}
		s.declareOf(list[:n])
		list = list[n:]
	}
}

// declareOf declares the probes of one operation, or of none.
func (s *suite) declareOf(group []probe) {
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
	s := &suite{env: e, build: request.New(e.Contract, e.Config.Data), depth: e.Config.Depth, met: &met{}, vain: &vain{refusals: map[string]refusal{}}, accepted: &accepted{bodies: map[string]any{}}, after: &steps{before: map[string]*spec.Operation{}}, lent: &lent{list: map[string]*loan{}}, observed: &observed{list: map[answerKey]*rule.Answer{}}, near: newNeighbours(e.Contract.Operations())}
	s.index, s.sharedQuery = sync.OnceValue(s.newIndex), sync.OnceValue(s.readers)
	s.wrongBodies, s.withBody = sync.OnceValue(s.budget), sync.OnceValue(s.bodyTurns)
	s.half = s.newHalves()
	s.lived = sync.OnceValue(s.lives)
	return s
}

// probes returns all specs, by area and operation; collections precede their items. Those
// about rules that can break nowhere in the document are none.
func (s *suite) probes() (list []probe) {
	ops := slices.Clone(s.env.Contract.Operations())
	slices.SortStableFunc(ops, func(a, b *spec.Operation) int {
		return strings.Count(a.Path, "{") - strings.Count(b.Path, "{")
	})
	for _, area := range []func(*spec.Operation) []probe{s.responses, s.strangers, s.otherTypes, s.input, s.atEdges, s.access, s.protocol, s.current, s.ranges, s.lists, s.lifecycle, s.adding, s.standing, s.contents, s.acting, s.creations, s.once} {
		for _, o := range ops {
			list = append(list, area(o)...)
		}
	}
	list = append(append(list, s.withoutIdentity()...), s.unknownPath())
	for i := range list {
		list[i].ids = slices.DeleteFunc(slices.Clone(list[i].ids), s.env.Contract.Unbound)
	}
	return slices.DeleteFunc(list, func(p probe) bool { return len(p.ids) == 0 })
}

// upTo returns n, limited to what the depth allows for a kind of request.
func (s *suite) upTo(n, quick, standard int) int {
	switch s.depth {
	case config.Quick:
		return min(n, quick)
	case config.Standard:
		return min(n, standard)
	}
	return n
}

// sends returns a line of the plan for requests of an operation.
func sends(o *spec.Operation, least, most int, why string) []sent {
	return []sent{{method: o.Method, path: o.Path, effect: o.Effect, least: least, most: most, why: why}}
}
