package reporters

import (
	"slices"
	"time"

	"github.com/hostup/api-conformance/spec"
)

// Material is what a run leaves behind, in any order. [Build] makes a [Run] from it.
type Material struct {
	Suite       Suite
	Document    Document
	Target      Target
	Settings    Settings
	Started     time.Time
	Duration    time.Duration
	Interrupted bool
	Notices     []string
	Problems    []DocumentProblem
	Catalogue   []spec.Requirement
	Universe    []spec.CoverageItem // what can be observed; without it there is no coverage
	Specs       []SpecRecord        // one for each spec, names unique: see [DuplicateNames]
}

// A SpecRecord is what one spec leaves behind.
type SpecRecord struct {
	Name, Area   string
	Requirements []string // ids of the requirements that it tests
	Parts        []string `json:",omitempty"` // names of their results, if each has its own; see suites
	Operation    string
	State        string // one of the States
	Skip         *Skip  // why, if State is "skipped"
	Problem      string // text of what stopped it
	Duration     time.Duration
	Findings     []spec.Finding // everything that its exchanges showed, with the ids of the exchanges
	Exchanges    []Exchange     // recorded ones that findings name, redacted
	Tally        []Tally        // one for each operation
	Observed     map[string]int // keys of spec.Universe.Observe -> exchanges
	Drift        []Drift
	Created      []Created

	// Again counts, by signature, the further occurrences of causes of Findings.
	Again map[string]Again `json:",omitempty"`

	// Unseen maps those of Requirements that no response exercised to what was missing:
	// they were not tested, whatever the state of the spec.
	Unseen map[string]string
}

// Again counts occurrences of a cause that are not listed.
type Again struct {
	Findings  int
	Exchanges int // exchanges that Findings of the record do not name
}

// States of a spec, as Ginkgo names them.
const (
	StatePassed      = "passed"
	StateFailed      = "failed"
	StateSkipped     = "skipped"
	StatePending     = "pending"
	StatePanicked    = "panicked"
	StateTimedout    = "timedout"
	StateInterrupted = "interrupted"
	StateAborted     = "aborted"
)

// Codes of a [Skip].
const (
	SkipConfiguration = "needs-configuration"
	SkipSafety        = "safety"
	SkipNotOffered    = "not-offered"
	SkipNotSelected   = "not-selected"
	SkipInterrupted   = "interrupted"
	SkipNoData        = "no-data"
	SkipDown          = "target-down" // no response of the target concerns the contract, or the target has gone away
	SkipNoAnswer      = "no-answer"   // the target stopped responding before
	SkipUnfinished    = "unfinished"  // its process died
	SkipPending       = "pending"
	SkipUnexplained   = "unexplained" // a spec was skipped without a reason: a bug of the suite
)

// A Tally counts the exchanges of one operation.
type Tally struct {
	Operation string
	Exchanges int         // including those without a response
	Statuses  map[int]int // of those with a response
	Durations []time.Duration
}

// DuplicateNames returns the names shared by several specs, sorted. Reports that compare
// runs cannot distinguish such specs, so a run must refuse them.
func DuplicateNames(specs []SpecRecord) []string {
	seen := map[string]int{}
	var names []string
	for _, s := range specs {
		if seen[s.Name]++; seen[s.Name] == 2 {
			names = append(names, s.Name)
		}
	}
	slices.Sort(names)
	return names
}
