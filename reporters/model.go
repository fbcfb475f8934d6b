package reporters

import (
	"time"

	"github.com/hostup/api-conformance/spec"
)

// SchemaVersion identifies the shape of a Run as JSON. It changes when a member is
// renamed, removed or changes its meaning, or when a Run gets a new top-level member; new
// members further inside do not change it. See [ReadJSON].
const SchemaVersion = "hostup-conformance/run/1"

// A Verdict is the overall result of a run.
type Verdict string

const (
	// Conformant: every selected MUST requirement was tested and none is violated; in a
	// strict run no SHOULD either.
	Conformant Verdict = "conformant"
	// Partial: only violations known to a baseline, and a MUST requirement could not be
	// tested or is violated as known, nothing was tested, or the run was interrupted.
	Partial Verdict = "partial"
	// NonConformant: a requirement is violated, or a spec could not finish.
	NonConformant Verdict = "non-conformant"
)

// An Outcome is the result of one spec or one requirement.
type Outcome string

const (
	Passed  Outcome = "passed"
	Failed  Outcome = "failed"  // a finding that fails the run
	Warned  Outcome = "warned"  // only findings that do not fail the run: SHOULD in a run that is not strict, or known
	Skipped Outcome = "skipped" // not tested, with a reason
	Errored Outcome = "error"   // the suite itself could not finish: panic, time-out of a spec, interruption
)

// A Run is the result of one run of the suite. [Build] makes it.
type Run struct {
	Schema   string        `json:"schema"`
	Suite    Suite         `json:"suite"`
	Document Document      `json:"document"`
	Target   Target        `json:"target"`
	Settings Settings      `json:"settings"`
	Started  time.Time     `json:"started"`
	Duration time.Duration `json:"durationNanoseconds"`

	Verdict     Verdict `json:"verdict"`
	Interrupted bool    `json:"interrupted,omitempty"`

	// Notices are sentences that every report must show ("the certificate of the target
	// was not verified").
	Notices []string `json:"notices,omitempty"`

	Requirements []RequirementResult `json:"requirements"` // in the order of the catalogue
	Specs        []SpecResult        `json:"specs"`        // sorted by name
	Findings     []FindingGroup      `json:"findings"`     // MUST first, then what explains more
	Exchanges    []Exchange          `json:"exchanges"`    // those that findings name, redacted
	Traffic      Traffic             `json:"traffic"`

	// Coverage says what of the document the exchanges showed; nil if the run did not
	// observe it.
	Coverage *Coverage `json:"coverage,omitempty"`
	// Baseline is the result of applying known findings; nil without a baseline.
	Baseline *BaselineResult `json:"baseline,omitempty"`

	// Problems lists the faults of the document itself; they are never violations.
	Problems []DocumentProblem `json:"documentProblems,omitempty"`
	// Drift lists undocumented properties in responses; they are never violations.
	Drift []Drift `json:"drift,omitempty"`
	// Created lists what the run created at the target ("order ord_…, invoice inv_…").
	Created []Created `json:"created,omitempty"`
}

// A Suite identifies the program that made the run.
type Suite struct {
	Name    string `json:"name"`
	Version string `json:"version"`
}

// Document identifies the contract that was tested.
type Document struct {
	Path          string `json:"path"` // "spec/openapi.yaml", or as given by --spec
	Title         string `json:"title"`
	Version       string `json:"version"`
	SHA256        string `json:"sha256"`        // of the document as written
	OverlaySHA256 string `json:"overlaySha256"` // of the overlay as written

	Lines map[string]int `json:"lines,omitempty"` // first line of each operation
}

// A Target is what was tested.
type Target struct {
	URL      string `json:"url"`
	Embedded bool   `json:"embedded"` // the reference server inside the command

	// Recording describes the judged recorded traffic, nil for a run; nothing was sent
	// then, and URL is where the traffic went.
	Recording *Recording `json:"recording,omitempty"`

	// Outage says that the target as a whole did not respond, or went away; nil if it was
	// up all the time.
	Outage *Outage `json:"outage,omitempty"`
}

// Settings are the settings of the run that change what is tested.
type Settings struct {
	Safety         string `json:"safety"` // "read-only", "write", "delete", "pay"
	Strict         bool   `json:"strict"`
	Procs          int    `json:"procs"`
	LabelFilter    string `json:"labelFilter,omitempty"`
	Profile        string `json:"profile,omitempty"` // what kind of target was expected
	Seed           int64  `json:"seed"`
	Timeout        string `json:"requestTimeout"`
	MinCoverage    int    `json:"minCoverage,omitempty"`    // percent of the document that the run must observe
	AllowPartial   bool   `json:"allowPartial,omitempty"`   // the run may test fewer than half of its MUST requirements
	StrictDocument bool   `json:"strictDocument,omitempty"` // problems of the document fail the run

	// Credentials maps an identity to the variable that its credential comes from, if
	// any: what to check when a credential is refused.
	Credentials map[string]string `json:"credentials,omitempty"`

	MayMake string `json:"mayMake,omitempty"` // what the run could have created and charged at the target, as announced before it began
}

// Identities of [Settings.Credentials].
const (
	Primary  = "primary"
	ReadOnly = "read-only"
)

// A RequirementResult is one requirement of the catalogue with its result. Outcome is
// Skipped if none of its specs ran to its end, Errored if one could not.
type RequirementResult struct {
	spec.Requirement
	Outcome    Outcome  `json:"outcome"`
	Specs      []string `json:"specs"`                // names of the specs that test it
	Signatures []string `json:"signatures,omitempty"` // of the findings that name it
	Skip       *Skip    `json:"skip,omitempty"`       // first reason, if skipped
}

// A SpecResult is the result of one spec, or of one requirement of a spec.
type SpecResult struct {
	// Name is unique and stable between runs: containers and text joined by " / ",
	// without labels or positions.
	Name         string        `json:"name"`
	Area         string        `json:"area"` // first container: "activity"
	Requirements []string      `json:"requirements"`
	Level        spec.Level    `json:"level"`               // the strictest of its requirements
	Operation    string        `json:"operation,omitempty"` // "GET /orders"
	Outcome      Outcome       `json:"outcome"`
	Duration     time.Duration `json:"durationNanoseconds"`
	Exchanges    int           `json:"exchanges"`            // number sent
	Signatures   []string      `json:"signatures,omitempty"` // findings it shows
	Skip         *Skip         `json:"skip,omitempty"`
	Problem      string        `json:"problem,omitempty"` // text of a panic, time-out or interruption
}

// A Skip says why something was not tested.
type Skip struct {
	Code   string `json:"code"`   // one of the Skip codes: "needs-configuration", "safety", …
	Reason string `json:"reason"` // one sentence that says what to do: "set SESSION to test sessions"
}

// A FindingGroup is all findings of one signature: one cause.
type FindingGroup struct {
	Signature string       `json:"signature"`
	First     spec.Finding `json:"first"`
	Fails     bool         `json:"fails"`              // it fails this run: MUST, or SHOULD in a strict run, and not known
	Known     *Known       `json:"known,omitempty"`    // set if the baseline has it
	Count     int          `json:"count"`              // findings
	Exchanges int          `json:"exchanges"`          // responses of the operation that show it
	Of        int          `json:"of"`                 // responses of the operation that were judged
	Specs     []string     `json:"specs"`              // names of the specs that met it
	Examples  []string     `json:"examples,omitempty"` // ids of recorded exchanges, at most 3

	// Operations are those that a cause of the whole target was met at, if several.
	Operations []string `json:"operations,omitempty"`

	// EntailedBy is the signature of the cause that entails this one, see [Told].
	EntailedBy string `json:"entailedBy,omitempty"`
}

// An Exchange is a recorded exchange as reports show it: redacted, the bodies cut at 8
// KiB.
type Exchange struct {
	ID          string           `json:"id"`
	Spec        string           `json:"spec,omitempty"`
	Operation   string           `json:"operation,omitempty"`
	Request     Message          `json:"request"`
	Response    *Message         `json:"response,omitempty"`
	Failure     string           `json:"failure,omitempty"`
	FailureKind spec.FailureKind `json:"failureKind,omitempty"` // classifies Failure, if there was no response
	Duration    time.Duration    `json:"durationNanoseconds"`
	Curl        string           `json:"curl"` // a command that repeats the request, secrets as variables
}

// A Message is a request or a response.
type Message struct {
	Line    string   `json:"line"`    // "GET /orders HTTP/1.1", "HTTP/1.1 200 OK"
	Headers []Header `json:"headers"` // sorted by name
	Body    string   `json:"body"`    // text; bytes that are not UTF-8 are escaped as \xNN
	Bytes   int      `json:"bytes"`   // length before it was cut
	Cut     bool     `json:"cut,omitempty"`

	// HeadersCut is the number of headers that are left out.
	HeadersCut int `json:"headersCut,omitempty"`
}

// A Header is one header line; a name may occur in several.
type Header struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// Traffic sums up what went over the wire.
type Traffic struct {
	Exchanges  int              `json:"exchanges"`
	Operations []OperationCount `json:"operations"` // sorted by operation
}

// An OperationCount counts the exchanges of one operation.
type OperationCount struct {
	Operation string        `json:"operation"`
	Exchanges int           `json:"exchanges"`
	Statuses  map[int]int   `json:"statuses"`
	Median    time.Duration `json:"medianNanoseconds"`
	Slowest   time.Duration `json:"slowestNanoseconds"`
	Latency   []Bucket      `json:"latency,omitempty"` // sorted, without empty ones
}

// Drift is an undocumented property.
type Drift struct {
	Operation string `json:"operation"`
	Where     string `json:"where"` // "$.entries[*].fee"
	Count     int    `json:"count"`
}

// Created is something that the run created at the target.
type Created struct {
	What string `json:"what"` // "order", "invoice", "payment"

	// Deleted says that the run removed it again.
	Deleted bool   `json:"deleted,omitempty"`
	ID      string `json:"id"`
	Spec    string `json:"spec"`

	// Unsure says why it may not exist after all: there was no response.
	Unsure string `json:"unsure,omitempty"`
}
