package reporters

import "github.com/hostup/api-conformance/spec"

// An Outage says that a target as a whole did not do what a run needs: nothing
// that it answered is about the contract.
type Outage struct {
	Kind string `json:"kind"` // one of the Outage constants
	Text string `json:"text"` // one sentence: what the target does, to which requests

	// Hints say what to look at, most likely first.
	Hints []string `json:"hints,omitempty"`

	// After is the id of the last exchange that the target took part in, and
	// Unjudged the number of specs that it left, where it went away during the run.
	After    string `json:"after,omitempty"`
	Unjudged int    `json:"unjudged,omitempty"`
}

// Kinds of an [Outage]. Only the last one comes during a run; with the others
// no spec was run.
const (
	OutageError    = "server-error"   // every operation is answered with a 5xx status
	OutageKey      = "key-refused"    // every operation refuses the key
	OutageAbsent   = "absent"         // no operation is there
	OutagePage     = "page"           // every operation is answered with a page for people
	OutageRedirect = "redirect"       // every operation is answered with a redirect
	OutageSame     = "same-answer"    // every path, known or not, is answered alike
	OutageLimited  = "rate-limited"   // every operation is answered with 429
	OutageHead     = "head-too-large" // no head of an answer can be read
	OutageGone     = "gone"           // the target went away during the run
)

// Prevented returns the outage that kept the run from beginning, nil if it began.
func (r *Run) Prevented() *Outage {
	if o := r.Target.Outage; o != nil && o.Kind != OutageGone {
		return o
	}
	return nil
}

// Down reports whether a run says nothing of the contract because its target, as a
// whole, did not answer: before the first spec or during the run, with no finding
// that fails it besides.
func (r *Run) Down() bool {
	if r.Target.Outage == nil {
		return false
	}
	for _, g := range r.Findings {
		if g.Fails && !(g.First.Keyword == spec.KeywordGone && r.Target.Outage.Kind == OutageGone) {
			return false
		}
	}
	return true
}
