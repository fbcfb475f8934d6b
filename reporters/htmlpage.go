package reporters

import (
	"fmt"
	"html/template"
	"slices"
	"strings"
	"time"

	"github.com/hostup/api-conformance/spec"
)

// A page is a Run as the template wants it.
type page struct {
	Run    *Run
	Policy string
	CSS    template.CSS
	JS     template.JS

	Headline, Tone string // what happened, and the class that colours it
	Target, Why    string
	Must, Should   Score
	Scope          []string // what of the contract was tested, if not all
	Shortfall      string
	Hints          []string
	Recorded       []string // what of recorded traffic was judged
	Trend          *pageTrend

	Nothing bool // no spec was run, because of the target

	Failing, NotFailing int // causes
	Unfinished          int
	Unfinishedspecs     []SpecResult

	Started, StartedText string
	Totals               string
	Operations           []string
	First, Others        []*pageCard // requirements that are violated; the others are folded away
	Broken               []*pageCard // the first ones that fail the run
	MoreBroken           int
	Matrix, MoreMatrix   []pageOperation
	Families             []pageFamily
	Exports              string // lines of a shell that set what was missing
	Unset                int    // specs that wait for configuration
	Skips                []pageSkip
	MoreSkips            int
	Specs                []SpecResult
	MoreSpecs            int
	Latency              []pageLatency // of the operations of the document
	OtherLatency         []pageLatency
	MoreLatency          int
	Axis                 string
	Covered              []pageCoverage
	MoreCovered          int
}

// What a page holds at most, so that a result of a thousand operations is a page
// that a browser shows at once; report.json has all of it.
const (
	shownBroken   = 5    // requirements that the top of the page names
	shownFindings = 30   // requirements that are shown before the others are folded away
	pageSpecs     = 1500 // rows of the table of specs, those that did not pass first
	pageRows      = 200  // rows of other tables
)

func newPage(run *Run) *page {
	p := &page{
		Run: run, Policy: policy(), CSS: template.CSS(pageCSS), JS: template.JS(pageJS),
		Target: pageTarget(run.Target),
		Must:   ScoreOf(run, spec.Must), Should: ScoreOf(run, spec.Should),
		Started: run.Started.UTC().Format(time.RFC3339), StartedText: run.Started.UTC().Format("2 January 2006 15:04 UTC"),
		Totals: line(totals(run), unlimited),
		Scope:  scope(run), Shortfall: shortfall(run), Hints: hints(run),
		Nothing: down(run) != nil,
	}
	p.Headline, p.Tone = headline(run)
	if r := run.Target.Recording; r != nil {
		p.Recorded = r.summary()
	}
	p.findings()
	p.specs()
	p.Why = p.why()
	p.Operations = operationsOf(run)
	p.matrix()
	p.Families = families(run, p.First, p.Others)
	p.Skips = skipsOf(run)
	p.Exports = exports(p.Skips)
	for _, s := range p.Skips {
		if s.Code == SkipConfiguration {
			p.Unset += s.Count
		}
	}
	if len(p.Skips) > pageRows {
		p.Skips, p.MoreSkips = p.Skips[:pageRows], len(p.Skips)-pageRows
	}
	p.latency()
	p.coverage()
	return p
}

// pageTarget says in the headline what was tested.
func pageTarget(t Target) string {
	if t.Recording != nil {
		return "recorded traffic"
	}
	return targetText(t)
}

// headline says what happened and how it is coloured: the verdict, or what the
// target as a whole did where that is all there is to say.
func headline(run *Run) (text, tone string) {
	if run.Down() {
		return outageTitle(run.Target.Outage.Kind), "down"
	}
	return verdictTitle(run.Verdict), verdictClass(run.Verdict)
}

func outageTitle(kind string) string {
	switch kind {
	case OutageError:
		return "Target down"
	case OutageKey:
		return "Key refused"
	case OutageAbsent:
		return "API not there"
	case OutagePage:
		return "A page for people answers"
	case OutageRedirect:
		return "Everything is redirected"
	case OutageSame:
		return "Everything is answered alike"
	case OutageLimited:
		return "Rate limited"
	case OutageHead:
		return "Answers cannot be read"
	case OutageGone:
		return "Target went away"
	}
	return "Nothing was judged"
}

// why is the sentence below the verdict.
func (p *page) why() string {
	if p.Run.Verdict == NonConformant && p.Failing > 0 && p.Unfinished == 0 && !p.Run.Interrupted && p.Run.Baseline == nil {
		s := count(p.Failing, "cause fails the run", "causes fail the run")
		if rules := p.broken(); p.Failing > 1 {
			s += ", of " + count(rules, "requirement")
		}
		return s + "."
	}
	t := &text{run: p.Run}
	why := t.why(0)
	if p.Run.Down() {
		why = strings.TrimSuffix(string(p.Run.Verdict)+": "+why, ": ")
	}
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

// operationsOf lists the operations in the order of the document, if the result
// knows it, then others that specs are about.
func operationsOf(run *Run) []string {
	var out []string
	known := map[string]bool{"": true}
	if run.Coverage != nil {
		for _, o := range run.Coverage.Operations {
			out = append(out, o.Operation)
			known[o.Operation] = true
		}
	}
	var rest []string
	for _, s := range run.Specs {
		if !known[s.Operation] {
			rest = append(rest, s.Operation)
			known[s.Operation] = true
		}
	}
	slices.Sort(rest)
	return append(out, rest...)
}

// specs chooses the rows of the table of specs.
func (p *page) specs() {
	for _, s := range p.Run.Specs {
		if s.Outcome == Errored {
			p.Unfinished++
			p.Unfinishedspecs = append(p.Unfinishedspecs, s)
		}
	}
	p.Unfinishedspecs = p.Unfinishedspecs[:min(len(p.Unfinishedspecs), pageRows)]
	p.Specs = p.Run.Specs
	if len(p.Specs) > pageSpecs {
		p.Specs = slices.Clone(p.Specs)
		order := []Outcome{Failed, Errored, Warned, Passed, Skipped}
		slices.SortStableFunc(p.Specs, func(a, b SpecResult) int {
			return slices.Index(order, a.Outcome) - slices.Index(order, b.Outcome)
		})
		p.Specs, p.MoreSpecs = p.Specs[:pageSpecs], len(p.Specs)-pageSpecs
	}
}

// latency chooses the rows of the tables of latencies.
func (p *page) latency() {
	rows, axis := latencies(p.Run)
	p.Axis = axis
	documented := map[string]bool{}
	for _, o := range p.Operations {
		documented[o] = true
	}
	for _, r := range rows {
		switch {
		case len(p.Latency)+len(p.OtherLatency) == pageRows:
			p.MoreLatency++
		case documented[r.Operation]:
			p.Latency = append(p.Latency, r)
		default:
			p.OtherLatency = append(p.OtherLatency, r)
		}
	}
}

// A pageCoverage is how much was observed of one operation; Left are the items that
// there was no room for.
type pageCoverage struct {
	OperationCoverage
	Left int
}

// pageItems is how many items of the document the page lists, those never seen first.
const pageItems = 6000

// coverage chooses what is listed of the coverage.
func (p *page) coverage() {
	c := p.Run.Coverage
	if c == nil {
		return
	}
	n := 0
	for _, o := range c.Operations {
		n += len(o.Items)
	}
	for i, o := range c.Operations {
		if i == pageRows {
			p.MoreCovered = len(c.Operations) - i
			return
		}
		most := len(o.Items)
		if n > pageItems {
			most = min(most, pageItems/min(len(c.Operations), pageRows))
		}
		row := pageCoverage{OperationCoverage: o, Left: len(o.Items) - most}
		if row.Left > 0 {
			row.Items = slices.Clone(o.Items)
			slices.SortStableFunc(row.Items, func(a, b CoveredItem) int { return min(a.Count, 1) - min(b.Count, 1) })
			row.Items = row.Items[:most]
		}
		p.Covered = append(p.Covered, row)
	}
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
