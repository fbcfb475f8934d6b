package reporters

import "github.com/hostup/api-conformance/spec"

// An Outage says that a target as a whole did not do what a run needs: none of its
// responses concerns the contract.
type Outage struct {
	Kind string `json:"kind"` // one of the Outage constants
	Text string `json:"text"` // one sentence: what the target does, to which requests

	// Hints say what to look at, most likely first.
	Hints []string `json:"hints,omitempty"`

	// For a target that went away during the run, After is the id of the last exchange
	// with it, and Unjudged the number of specs left.
	After    string `json:"after,omitempty"`
	Unjudged int    `json:"unjudged,omitempty"`
}

// Kinds of an [Outage]. Only the last three occur during a run; with the others no spec
// was run.
const (
	OutageError    = "server-error"   // every operation returns a 5xx status
	OutageKey      = "key-refused"    // every operation refuses the key
	OutageAbsent   = "absent"         // no operation exists
	OutagePage     = "page"           // every operation returns an HTML page
	OutageRedirect = "redirect"       // every operation returns a redirect
	OutageSame     = "same-answer"    // every path, known or not, gets the same response
	OutageLimited  = "rate-limited"   // every operation returns 429
	OutageClosed   = "closed"         // every operation wants a credential, and the document declares none
	OutageSlow     = "slow"           // responses take most of the time limit
	OutageSilent   = "silent"         // no operation returns a complete response
	OutageHead     = "head-too-large" // no response head can be read
	OutageGone     = "gone"           // the target went away during the run
	OutageChanged  = "changed"        // from some request on it answered everything differently
	OutageDown     = "was-down"       // it was down for a while, and came back
)

// During reports whether the outage occurred during a run.
func (o *Outage) During() bool {
	return o != nil && (o.Kind == OutageGone || o.Kind == OutageChanged || o.Kind == OutageDown)
}

// OutageOf returns the kind of outage that a finding about the whole target describes.
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

// Down reports whether a run says nothing about the contract because the target as a
// whole did not respond: before the first spec or during the run, without another finding
// that fails it.
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
