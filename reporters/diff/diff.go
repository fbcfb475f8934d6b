package diff

import (
	"cmp"
	"slices"
	"time"

	"github.com/hostup/api-conformance/reporters"
)

// A Delta is the difference between two results, of the same target at different times or
// of two targets.
type Delta struct {
	Old DeltaSide `json:"old"`
	New DeltaSide `json:"new"`

	Appeared []reporters.FindingGroup `json:"appeared"` // causes only in the new result
	Remains  []reporters.FindingGroup `json:"remains"`  // as in the new result
	Fixed    []reporters.FindingGroup `json:"fixed"`    // as in the old result; retested and gone
	Unknown  []reporters.FindingGroup `json:"unknown"`  // of the old result; the new one did not test the requirement

	NewlySkipped []RequirementChange `json:"newlySkipped"`
	NewlyTested  []RequirementChange `json:"newlyTested"`
	NewlyStopped []RequirementChange `json:"newlyErrored"` // tested before; now the specs could not finish
	Slower       []LatencyChange     `json:"slower"`
	Faster       []LatencyChange     `json:"faster"`
}

// A DeltaSide identifies one of the compared results.
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
	Old      reporters.Outcome `json:"old"` // "" if the old result does not have it
	New      reporters.Outcome `json:"new"`
	Skip     *reporters.Skip   `json:"skip,omitempty"`
}

// A LatencyChange is an operation whose median changed significantly.
type LatencyChange struct {
	Operation string        `json:"operation"`
	Old       time.Duration `json:"oldMedianNanoseconds"`
	New       time.Duration `json:"newMedianNanoseconds"`
	Samples   [2]int        `json:"samples"` // old, new
}

// A change is significant if the median doubled and grew by 20 ms, in two results with
// enough exchanges. Shared CI machines have shown medians that differ by half of that
// from run to run. The shift must show in the quartile too: half of the new exchanges are
// above the third quartile of the old ones.
const (
	slowerFactor = 2
	slowerBy     = 20 * time.Millisecond
	slowerOf     = 8 // exchanges
)

// Results compares two results. Causes are the same if their signatures are. A finding of
// the old result counts as fixed only if the new one tested its requirement to the end;
// else it is unknown.
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

// Worse reports whether the new result has new findings that fail it, or lost
// requirements because specs could not finish. The command diff then exits with 1.
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

// retested reports whether the specs that showed a finding ran to their end again. Specs
// that no longer exist do not count; if none is left, the requirement must have been
// tested. Recorded traffic retests nothing: what it does not show may still be there.
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
