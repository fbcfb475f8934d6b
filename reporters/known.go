package reporters

// Known marks a finding group that the baseline has.
type Known struct {
	Reason  string `json:"reason"`
	Ticket  string `json:"ticket"`
	Expires string `json:"expires,omitempty"`
}

// A BaselineResult is the result of applying a baseline to a run.
type BaselineResult struct {
	Entries  int               `json:"entries"`
	Known    int               `json:"known"`              // entries that occurred and were excused
	Unjudged []string          `json:"unjudged,omitempty"` // signatures that this run could not have shown
	Problems []BaselineProblem `json:"problems,omitempty"` // each of them fails the run
}

// Codes of a [BaselineProblem].
const (
	BaselineExpired = "expired" // its last day is over
	BaselineGone    = "gone"    // it was tested and did not occur
	BaselineUnknown = "unknown" // it names an unknown requirement or operation
)

// A BaselineProblem is an entry that needs attention.
type BaselineProblem struct {
	Signature string `json:"signature"`
	Code      string `json:"code"`
	Text      string `json:"text"` // one sentence that says what to do
}
