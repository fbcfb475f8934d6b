package diff

import (
	"cmp"
	"slices"
	"time"

	"github.com/hostup/api-conformance/reporters"
)

// A Delta is what changed from one result to another, of the same target at
// another time or of another target.
type Delta struct {
	Old DeltaSide `json:"old"`
	New DeltaSide `json:"new"`

	Appeared []reporters.FindingGroup `json:"appeared"` // causes that the new result has and the old has not
	Remains  []reporters.FindingGroup `json:"remains"`  // as the new result has them
	Fixed    []reporters.FindingGroup `json:"fixed"`    // as the old result has them; tested and gone
	Unknown  []reporters.FindingGroup `json:"unknown"`  // of the old result; the new one did not test the requirement

	NewlySkipped []RequirementChange `json:"newlySkipped"`
	NewlyTested  []RequirementChange `json:"newlyTested"`
	NewlyStopped []RequirementChange `json:"newlyErrored"` // tested before; the specs could not finish now
	Slower       []LatencyChange     `json:"slower"`
	Faster       []LatencyChange     `json:"faster"`
}

// A DeltaSide says which result is compared.
type DeltaSide struct {
	Verdict  reporters.Verdict  `json:"verdict"`
	Started  time.Time          `json:"started"`
	Suite    reporters.Suite    `json:"suite"`
	Document reporters.Document `json:"document"`
	Target   reporters.Target   `json:"target"`
	Settings reporters.Settings `json:"settings"`
}

// A RequirementChange is a requirement that became tested or untested.
type RequirementChange struct {
	ID       string            `json:"id"`
	Sentence string            `json:"sentence"`
	Old      reporters.Outcome `json:"old"` // "" where the old result does not know it
	New      reporters.Outcome `json:"new"`
	Skip     *reporters.Skip   `json:"skip,omitempty"`
}

// A LatencyChange is an operation whose median changed by more than noise.
type LatencyChange struct {
	Operation string        `json:"operation"`
	Old       time.Duration `json:"oldMedianNanoseconds"`
	New       time.Duration `json:"newMedianNanoseconds"`
	Samples   [2]int        `json:"samples"` // old, new
}

// What is more than noise: a median that doubled and grew by 20 ms, in both
// results of enough exchanges. Shared CI machines have been seen to give medians
// that differ by half of that from run to run. A shift of the median must show in
// the quarter too: half of the new exchanges are above what three quarters of the
// old ones stay below.
const (
	slowerFactor = 2
	slowerBy     = 20 * time.Millisecond
	slowerOf     = 8 // exchanges
)

// Results compares two results. A cause is one that both have if its signature is
// the same. A finding of the old result counts as fixed only if the new one
// tested its requirement to the end; else it is unknown.
func Results(old, new *reporters.Run) Delta {
	d := Delta{
		Old: side(old), New: side(new),
		Appeared: []reporters.FindingGroup{}, Remains: []reporters.FindingGroup{}, Fixed: []reporters.FindingGroup{}, Unknown: []reporters.FindingGroup{},
		NewlySkipped: []RequirementChange{}, NewlyTested: []RequirementChange{}, NewlyStopped: []RequirementChange{},
		Slower: []LatencyChange{}, Faster: []LatencyChange{},
	}
	has := func(r *reporters.Run, signature string) bool {
		return slices.ContainsFunc(r.Findings, func(g reporters.FindingGroup) bool { return g.Signature == signature })
	}
	for _, g := range new.Findings {
		if has(old, g.Signature) {
			d.Remains = append(d.Remains, g)
		} else {
			d.Appeared = append(d.Appeared, g)
		}
	}
	before, now := requirementsOf(old), requirementsOf(new)
	for _, g := range old.Findings {
		switch {
		case has(new, g.Signature):
		case retested(new, g):
			d.Fixed = append(d.Fixed, g)
		default:
			d.Unknown = append(d.Unknown, g)
		}
	}
	for _, q := range new.Requirements {
		was, known := before[q.ID]
		c := RequirementChange{ID: q.ID, Sentence: q.Sentence, Old: was.Outcome, New: q.Outcome, Skip: q.Skip}
		switch {
		case known && tested(was.Outcome) && q.Outcome == reporters.Skipped:
			d.NewlySkipped = append(d.NewlySkipped, c)
		case known && tested(was.Outcome) && q.Outcome == reporters.Errored:
			d.NewlyStopped = append(d.NewlyStopped, c)
		case (!known || !tested(was.Outcome)) && tested(q.Outcome):
			d.NewlyTested = append(d.NewlyTested, c)
		}
	}
	for _, q := range old.Requirements {
		if _, known := now[q.ID]; !known && tested(q.Outcome) {
			d.NewlySkipped = append(d.NewlySkipped, RequirementChange{ID: q.ID, Sentence: q.Sentence, Old: q.Outcome, New: reporters.Skipped,
				Skip: &reporters.Skip{Code: reporters.SkipNotSelected, Reason: "the new result does not have the requirement"}})
		}
	}
	d.latency(old, new)
	return d
}

// Worse reports whether the new result has findings that fail it and that the
// old one did not have, or lost requirements to specs that could not finish: what
// makes the command diff exit with 1.
func (d Delta) Worse() bool {
	return len(d.NewlyStopped) > 0 || slices.ContainsFunc(d.Appeared, func(g reporters.FindingGroup) bool { return g.Fails })
}

func side(r *reporters.Run) DeltaSide {
	return DeltaSide{Verdict: r.Verdict, Started: r.Started, Suite: r.Suite, Document: r.Document, Target: r.Target, Settings: r.Settings}
}

func requirementsOf(r *reporters.Run) map[string]reporters.RequirementResult {
	m := map[string]reporters.RequirementResult{}
	for _, q := range r.Requirements {
		m[q.ID] = q
	}
	return m
}

func tested(o reporters.Outcome) bool {
	return o == reporters.Passed || o == reporters.Failed || o == reporters.Warned
}

// retested reports whether the specs that showed a finding ran to their end
// again. Those that the new result no longer has do not count; if none of them
// is left, the requirement has to have been tested. Recorded traffic asks for
// nothing again: what it does not show may still be there.
func retested(new *reporters.Run, g reporters.FindingGroup) bool {
	if new.Target.Recording != nil {
		return false
	}
	found := false
	for _, name := range g.Specs {
		i := slices.IndexFunc(new.Specs, func(s reporters.SpecResult) bool { return s.Name == name })
		if i < 0 {
			continue
		}
		if !tested(new.Specs[i].Outcome) {
			return false
		}
		found = true
	}
	if found {
		return true
	}
	q, known := requirementsOf(new)[g.First.Requirement]
	return known && tested(q.Outcome)
}

func (d *Delta) latency(old, new *reporters.Run) {
	for _, n := range new.Traffic.Operations {
		i := slices.IndexFunc(old.Traffic.Operations, func(o reporters.OperationCount) bool { return o.Operation == n.Operation })
		if i < 0 {
			continue
		}
		o := old.Traffic.Operations[i]
		c := LatencyChange{Operation: n.Operation, Old: o.Median, New: n.Median, Samples: [2]int{reporters.Samples(o.Latency), reporters.Samples(n.Latency)}}
		if min(c.Samples[0], c.Samples[1]) < slowerOf {
			continue
		}
		switch {
		case slower(o, n):
			d.Slower = append(d.Slower, c)
		case slower(n, o):
			d.Faster = append(d.Faster, c)
		}
	}
	byChange := func(a, b LatencyChange) int { return cmp.Compare(b.New-b.Old, a.New-a.Old) }
	slices.SortStableFunc(d.Slower, byChange)
	slices.SortStableFunc(d.Faster, func(a, b LatencyChange) int { return byChange(b, a) })
}

func slower(o, n reporters.OperationCount) bool {
	return n.Median > slowerFactor*o.Median && n.Median-o.Median > slowerBy && n.Median > reporters.Quantile(o.Latency, 0.75)
}
