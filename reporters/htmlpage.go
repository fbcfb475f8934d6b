package reporters

import (
	"cmp"
	"fmt"
	"html/template"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/hostup/api-conformance/spec"
)

// A page is a Run as the template wants it.
type page struct {
	Run          *Run
	Policy       string
	CSS          template.CSS
	JS           template.JS
	VerdictClass string
	Why          string
	Must, Should Score
	Scope        []string // what of the contract was tested, if not all
	Shortfall    string
	Hints        []string
	Recorded     []string // what of recorded traffic was judged

	Failing, NotFailing int
	Unfinished          int
	Unfinishedspecs     []SpecResult

	Started, StartedText string
	Totals               string
	Operations           []string
	First, Others        []pageFinding // causes; the others are folded away
	Broken               []pageBroken  // the first requirements that fail the run
	MoreBroken           int
	Matrix               []pageOperation
	Families             []pageFamily
	Skips                []pageSkip
	Latency              []pageLatency // of the operations of the document
	OtherLatency         []pageLatency
	Axis                 string
}

// A pageBroken is a requirement that fails the run, for the top of the page.
type pageBroken struct {
	Anchor, ID, Sentence string
	Places               string
	operations           []string
}

// shownBroken is how many of them the top of the page names.
const shownBroken = 5

// broken lists the requirements that fail the run in the order of the findings.
func broken(all []pageFinding) (list []pageBroken) {
	for _, f := range all {
		if f.Class != "failed" {
			continue
		}
		i := slices.IndexFunc(list, func(b pageBroken) bool { return b.ID == f.ID })
		if i < 0 {
			list = append(list, pageBroken{Anchor: f.Anchor, ID: f.ID, Sentence: f.Sentence})
			i = len(list) - 1
		}
		if b := &list[i]; !slices.Contains(b.operations, f.Operation) {
			b.operations = append(b.operations, f.Operation)
		}
	}
	for i := range list {
		b := &list[i]
		if b.Places = line(b.operations[0], placeLimit); len(b.operations) > 1 {
			b.Places = count(len(b.operations), "operation", "operations")
		}
	}
	return list
}

// A pageFinding is one cause.
type pageFinding struct {
	Anchor, Class, Label           string
	ID, Level, Sentence, Rationale string
	Operation, Place, Want, Got    string
	Source, Seen, Known, Signature string
	Specs                          []string
	MoreSpecs                      int
	Open                           bool
	Example                        *pageExchange
}

// shownFindings is how many causes the page shows before it folds the others away:
// a server that breaks everything breaks 150.
const shownFindings = 30

// shownSpecs is how many specs of a cause the page names.
const shownSpecs = 5

func newPage(run *Run) *page {
	p := &page{
		Run: run, Policy: policy(), CSS: template.CSS(pageCSS), JS: template.JS(pageJS),
		VerdictClass: verdictClass(run.Verdict),
		Must:         ScoreOf(run, spec.Must), Should: ScoreOf(run, spec.Should),
		Started: run.Started.UTC().Format(time.RFC3339), StartedText: run.Started.UTC().Format("2 January 2006 15:04 UTC"),
		Totals: line(totals(run), unlimited),
		Scope:  scope(run), Shortfall: shortfall(run), Hints: hints(run),
	}
	if r := run.Target.Recording; r != nil {
		p.Recorded = r.summary()
	}
	catalogue := catalogue(run)
	for i, g := range run.Findings {
		if g.Fails {
			p.Failing++
		} else {
			p.NotFailing++
		}
		p.First = append(p.First, finding(run, g, catalogue[g.First.Requirement], i))
	}
	p.Broken = broken(p.First)
	if len(p.Broken) > shownBroken+1 {
		p.Broken, p.MoreBroken = p.Broken[:shownBroken], len(p.Broken)-shownBroken
	}
	if len(p.First) > shownFindings+1 {
		p.First, p.Others = p.First[:shownFindings], p.First[shownFindings:]
	}
	for _, s := range run.Specs {
		if s.Outcome == Errored {
			p.Unfinishedspecs = append(p.Unfinishedspecs, s)
		}
	}
	p.Unfinished = len(p.Unfinishedspecs)
	p.Why = p.why()
	p.Operations = operationsOf(run)
	p.Matrix = matrix(run, p.Operations)
	p.Families = families(run)
	p.Skips = skipsOf(run)
	rows, axis := latencies(run)
	p.Axis = axis
	for _, r := range rows {
		if slices.Contains(p.Operations, r.Operation) {
			p.Latency = append(p.Latency, r)
		} else {
			p.OtherLatency = append(p.OtherLatency, r)
		}
	}
	return p
}

// why is the sentence below the verdict.
func (p *page) why() string {
	if p.Run.Verdict == NonConformant && p.Failing > 0 && p.Unfinished == 0 && !p.Run.Interrupted && p.Run.Baseline == nil {
		return count(p.Failing, "cause fails the run.", "causes fail the run.")
	}
	t := &text{run: p.Run}
	why := t.why()
	if b := besides(p.Run); len(b) > 0 {
		why = strings.TrimPrefix(why+"; the run fails: "+strings.Join(b, "; "), "; ")
	}
	if why != "" {
		return strings.ToUpper(why[:1]) + why[1:] + "."
	}
	if p.Run.Verdict == Conformant {
		return "Every MUST requirement of the selection was tested, and none is violated."
	}
	return ""
}

func finding(run *Run, g FindingGroup, q spec.Requirement, i int) pageFinding {
	f := g.First
	p := pageFinding{
		Anchor: "finding-" + strconv.Itoa(i+1), Class: "warned", Label: "warning",
		ID: f.Requirement, Level: levelWord(cmp.Or(f.Level, q.Level)), Rationale: q.Rationale,
		Sentence:  cmp.Or(q.Sentence, "(this requirement is not in the catalogue)"),
		Operation: f.Operation, Place: where(f), Want: line(f.Want, 1000), Got: line(f.Got, 1000),
		Source: source(f, q), Signature: g.Signature, Specs: g.Specs,
		Open: i == 0,
	}
	if g.Fails {
		p.Class, p.Label = "failed", "fails"
	}
	if g.Known != nil {
		p.Label, p.Known = "known", knownText(*g.Known)
		g.Known = nil // told apart
	}
	p.Seen = seen(FindingGroup{Exchanges: g.Exchanges, Of: g.Of, Count: g.Count})
	if len(p.Specs) > shownSpecs {
		p.Specs, p.MoreSpecs = p.Specs[:shownSpecs], len(p.Specs)-shownSpecs
	}
	if e := example(run, g); e != nil {
		p.Example = newPageExchange(*e, f)
	}
	return p
}

// operationsOf lists the operations in the order of the document, if the result
// knows it, then others that specs are about.
func operationsOf(run *Run) []string {
	var out []string
	if run.Coverage != nil {
		for _, o := range run.Coverage.Operations {
			out = append(out, o.Operation)
		}
	}
	var rest []string
	for _, s := range run.Specs {
		if s.Operation != "" && !slices.Contains(out, s.Operation) && !slices.Contains(rest, s.Operation) {
			rest = append(rest, s.Operation)
		}
	}
	slices.Sort(rest)
	return append(out, rest...)
}

// A pageSkip is a reason with what it left untested.
type pageSkip struct {
	Skip
	Count int
	IDs   []string
}

func skipsOf(run *Run) []pageSkip {
	var out []pageSkip
	at := func(s *Skip) *pageSkip {
		key := Skip{Code: SkipUnexplained, Reason: "no reason given"}
		if s != nil {
			key = *s
		}
		i := slices.IndexFunc(out, func(o pageSkip) bool { return o.Skip == key })
		if i < 0 {
			out = append(out, pageSkip{Skip: key})
			i = len(out) - 1
		}
		return &out[i]
	}
	for _, s := range run.Specs {
		if s.Outcome == Skipped {
			e := at(s.Skip)
			e.Count++
			e.IDs = append(e.IDs, s.Requirements...)
		}
	}
	for _, q := range run.Requirements {
		if q.Outcome == Skipped && len(q.Specs) == 0 {
			e := at(q.Skip)
			e.IDs = append(e.IDs, q.ID)
		}
	}
	for i := range out {
		out[i].IDs = sorted(out[i].IDs)
	}
	slices.SortFunc(out, func(a, b pageSkip) int {
		return cmp.Or(cmp.Compare(a.Code, b.Code), cmp.Compare(a.Reason, b.Reason))
	})
	return out
}

func text2(v any) string {
	if s, ok := v.(string); ok {
		return s
	}
	return fmt.Sprint(v)
}

func verdictTitle(v Verdict) string {
	switch v {
	case Conformant:
		return "Conformant"
	case Partial:
		return "Partial"
	case NonConformant:
		return "Not conformant"
	}
	return line(string(v), 40)
}

// verdictClass and its like keep what a file says out of class attributes.
func verdictClass(v Verdict) string {
	if v == Conformant || v == Partial {
		return string(v)
	}
	return string(NonConformant)
}

func outcomeClass(o Outcome) string {
	switch o {
	case Passed, Failed, Warned, Skipped:
		return string(o)
	}
	return string(Errored)
}

func outcomeWord(o Outcome) string {
	return map[string]string{"passed": "holds", "failed": "violated", "warned": "warning", "skipped": "not tested", "error": "not finished"}[outcomeClass(o)]
}

func levelWord(l spec.Level) string {
	if l == spec.Should {
		return string(spec.Should)
	}
	return string(spec.Must)
}
