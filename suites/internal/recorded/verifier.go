package recorded

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/reporters/har"
	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/spec/packs"
	"github.com/hostup/api-conformance/suites/config"
	"github.com/hostup/api-conformance/suites/env"
	"github.com/hostup/api-conformance/suites/internal/shipped"
	"github.com/hostup/api-conformance/suites/redact"
)

// A verifier judges recorded exchanges one by one. It keeps only those that reports show.
type verifier struct {
	cfg      config.Config
	contract *spec.Contract
	profile  spec.Profile
	redactor *redact.Redactor // once all credentials are known
	reach    *spec.Reach
	ids      env.RequestIDs
	unique   []env.UniqueID
	files    int
	examples []map[int]example // for each file, by entry number

	requests   int // in the files
	judged     int
	bodiless   int            // judged exchanges whose body was not recorded
	gaps       map[string]int // reason -> exchanges that match an operation and cannot be judged
	elsewhere  map[string]int // method, origin and path of requests that match none
	odd        []string       // entries that cannot be read, and why
	oddMore    int            // number of those not in odd
	from       map[string]int // origin -> judged exchanges
	seen       map[[sha256.Size]byte]bool
	text       []byte // of the last exchange, see repeated
	twice      int
	operations map[string]*verified
}

// verified holds what the exchanges of one operation showed.
type verified struct {
	reached map[string]int    // requirement -> exchanges
	causes  map[string]*cause // by the signature of their findings
	record  reporters.SpecRecord
	tally   *reporters.Tally
	drift   map[string]int
	cookies bool // a response sets one, so the recorder keeps those of the operation
}

func newVerifier(cfg config.Config, c *spec.Contract, files int) *verifier {
	profile, _ := packs.ProfileNamed(cfg.Profile) // Load refuses an unknown name
	return &verifier{
		cfg: cfg, contract: c, profile: profile,
		reach: c.Reach(), ids: env.RequestIDs{Copies: true}, unique: shipped.Of(c).UniqueIDs,
		gaps: map[string]int{}, elsewhere: map[string]int{}, from: map[string]int{},
		seen: map[[sha256.Size]byte]bool{}, operations: map[string]*verified{},
		files: files, examples: make([]map[int]example, files),
	}
}

// take judges one entry, or records why it cannot.
func (v *verifier) take(r har.Recorded, file int) {
	ex := r.Exchange
	v.requests++
	switch r.Gap {
	case har.GapOdd:
		v.leaveOut(r, file)
		return
	case har.GapScheme:
		v.note("what is not HTTP")
		return
	}
	operation := v.contract.Locate(ex.Request.Method, ex.Request.Path())
	if operation == nil && !r.Own || v.cfg.BaseURL != "" && !redact.SameOrigin(v.cfg.BaseURL, ex.Request.URL) {
		v.note(ex.Request.Method + " " + redact.Origin(ex.Request.URL) + ex.Request.Path())
		return
	}
	if v.repeated(ex) {
		v.twice++
		return
	}
	if r.Gap != "" {
		v.gaps[r.Gap]++
		return
	}
	if ex.ID == "" {
		ex.ID = fmt.Sprintf("entry%05d", r.Index)
	}
	ex.ID = v.prefix(file, "-") + ex.ID
	v.judge(r, ex, file, operation)
}

// leaveOut records an entry that cannot be read.
func (v *verifier) leaveOut(r har.Recorded, file int) {
	const listed = 100
	if len(v.odd) >= listed {
		v.oddMore++
		return
	}
	v.odd = append(v.odd, fmt.Sprintf("%sentries[%d]%s", v.prefix(file, " "), r.Index, r.Odd))
}

// prefix distinguishes the entries of several files.
func (v *verifier) prefix(file int, end string) string {
	if v.files == 1 {
		return ""
	}
	return fmt.Sprintf("file%d%s", file+1, end)
}

// note counts a request that is not judged.
func (v *verifier) note(request string) {
	const most = 4096 // different ones
	if _, known := v.elsewhere[request]; !known && len(v.elsewhere) >= most {
		request = "other addresses"
	}
	v.elsewhere[request]++
}

// repeated reports whether the exchange was judged before: two recordings of the same
// period hold the same traffic.
func (v *verifier) repeated(ex spec.Exchange) bool {
	if ex.Request.Sent.IsZero() || ex.Response == nil {
		return false
	}
	text := binary.BigEndian.AppendUint64(v.text[:0], uint64(ex.Request.Sent.UnixNano()))
	text = binary.BigEndian.AppendUint64(text, uint64(ex.Duration))
	text = binary.BigEndian.AppendUint64(text, uint64(ex.Response.Status))
	for _, s := range []string{ex.ID, ex.Request.Method, ex.Request.URL.String()} {
		text = append(binary.BigEndian.AppendUint64(text, uint64(len(s))), s...)
	}
	text = append(text, ex.Response.Body...)
	if v.text = text; len(text) > 1<<20 {
		v.text = nil
	}
	sum := sha256.Sum256(text)
	if v.seen[sum] {
		return true
	}
	v.seen[sum] = true
	return false
}

func (v *verifier) judge(r har.Recorded, ex spec.Exchange, file int, operation *spec.Operation) {
	v.judged++
	v.from[redact.Origin(ex.Request.URL)]++
	if ex.Response != nil && ex.Response.BodyUnknown && ex.Request.Method != http.MethodHead {
		v.bodiless++
	}
	judged, ex := v.judgement(r, ex)
	findings := judged.Findings()
	for _, f := range r.Leaks {
		if _, known := v.contract.Requirement(f.Requirement); known && spec.IsLeak(f.Requirement) {
			f.Exchange = ex.ID
			findings = slices.DeleteFunc(findings, func(o spec.Finding) bool { return o.Signature() == f.Signature() })
			findings = append(findings, f)
		}
	}
	if f, ok := v.ids.Repeated(v.contract, v.unique, judged); ok {
		findings = append(findings, f)
	}
	refused := refusable(r)
	findings = slices.DeleteFunc(findings, func(f spec.Finding) bool {
		return refused && !spec.IsLeak(f.Requirement) || !v.contract.Counts(v.profile, f) || f.Requirement == "PROB-ERRORS-002" && r.RequestBodyUnknown || r.Rewritten && rounded(f) || ofTakenOut(judged, f)
	})
	o := v.operation(operation)
	o.cookies = o.cookies || ex.Response != nil && ex.Response.Header.Get("Set-Cookie") != ""
	for _, id := range judged.Reached() {
		if (!refused || spec.IsLeak(id)) && !(r.Decoded && lostInText(id)) {
			o.reached[id]++
		}
	}
	if r.Own {
		o.reached["HTTP-LENGTH-001"]++ // the suite saw the framing and would have recorded a fault
	} else {
		delete(o.reached, "HTTP-ANSWER-001") // a request without a response is in no recording
	}
	if o.add(r, findings) {
		v.remember(file, r.Index, example{o, ex.ID, ex.Response != r.Exchange.Response})
	}
	o.count(ex, judged)
}

// judgement judges an exchange as far as it was recorded.
func (v *verifier) judgement(r har.Recorded, ex spec.Exchange) (*spec.Judgement, spec.Exchange) {
	shown := func() spec.Exchange {
		if r.Own {
			return ex
		}
		return veil(v.contract, ex)
	}
	judged := v.contract.Judge(shown())
	if len(judged.Findings()) > 0 && ex.Response != nil && brokenByCleaning(ex.Response.Body) {
		broken := *ex.Response
		broken.Body, broken.BodyUnknown = nil, true
		ex.Response = &broken
		judged = v.contract.Judge(shown())
	}
	return judged, ex
}

// operation returns the record that an exchange of an operation, nil for none, counts
// towards.
func (v *verifier) operation(of *spec.Operation) *verified {
	name, about := "other requests of the suite", ""
	if of != nil {
		name, about = of.Name(), of.Name()
	}
	o := v.operations[name]
	if o == nil {
		o = &verified{
			reached: map[string]int{}, causes: map[string]*cause{}, drift: map[string]int{},
			record: reporters.SpecRecord{
				Name: "recorded traffic / " + name, Area: "recorded traffic", Operation: about, Observed: map[string]int{},
			},
			tally: &reporters.Tally{Operation: name, Statuses: map[int]int{}},
		}
		v.operations[name] = o
	}
	return o
}

func (o *verified) count(ex spec.Exchange, judged *spec.Judgement) {
	o.tally.Exchanges++
	if ex.Response != nil {
		o.tally.Statuses[ex.Response.Status]++
		if ex.Duration > 0 {
			o.tally.Durations = append(o.tally.Durations, ex.Duration)
		}
	}
	for _, key := range judged.Observed() {
		// Exporters remove credentials: a request that was served had one, even if none
		// is recorded.
		if strings.HasSuffix(key, " "+spec.CoverCredential+" none") && (ex.Response == nil || ex.Response.Status != http.StatusUnauthorized) {
			continue
		}
		o.record.Observed[key]++
	}
	for _, where := range judged.Drift() {
		o.drift[where]++
	}
}

func (v *verifier) origins() []string { return slices.Sorted(maps.Keys(v.from)) }
