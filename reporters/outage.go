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

// Kinds of an [Outage]. Only the last three come during a run; with the others
// no spec was run.
const (
	OutageError    = "server-error"   // every operation is answered with a 5xx status
	OutageKey      = "key-refused"    // every operation refuses the key
	OutageAbsent   = "absent"         // no operation is there
	OutagePage     = "page"           // every operation is answered with a page for people
	OutageRedirect = "redirect"       // every operation is answered with a redirect
	OutageSame     = "same-answer"    // every path, known or not, is answered alike
	OutageLimited  = "rate-limited"   // every operation is answered with 429
	OutageClosed   = "closed"         // every operation wants a credential, and the document knows none
	OutageSilent   = "silent"         // no operation gets a whole answer
	OutageHead     = "head-too-large" // no head of an answer can be read
	OutageGone     = "gone"           // the target went away during the run
	OutageChanged  = "changed"        // from some request on it answered everything in another way
	OutageDown     = "was-down"       // it was down for a while, and came back
)

// During reports an outage that came during a run.
func (o *Outage) During() bool {
	return o != nil && (o.Kind == OutageGone || o.Kind == OutageChanged || o.Kind == OutageDown)
}

// OutageOf is the kind of the outage that a finding about the whole target tells.
func OutageOf(f spec.Finding) string {
	switch f.Keyword {
	case spec.KeywordGone:
		return OutageGone
	case spec.KeywordDown:
		return OutageDown
	}
	return OutageChanged
}

// Prevented returns the outage that kept the run from beginning, nil if it began.
func (r *Run) Prevented() *Outage {
	if o := r.Target.Outage; o != nil && !o.During() {
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
		if g.Fails && !(g.First.Outage() && r.Target.Outage.During()) {
			return false
		}
	}
	return true
}
