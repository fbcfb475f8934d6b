package html

import (
	"html/template"
	"slices"
	"time"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/reporters/internal/escape"
	"github.com/hostup/api-conformance/reporters/internal/wording"
	"github.com/hostup/api-conformance/spec"
)

// A page is a Run as the template wants it.
type page struct {
	Run    *reporters.Run
	Policy string
	CSS    template.CSS
	JS     template.JS

	Headline, Tone string // what happened, and the class that colours it
	Target, Why    string
	Must, Should   reporters.Score
	Scope          []string // what of the contract was tested, if not all
	Shortfall      string
	Hints          []string
	Recorded       []string // what of recorded traffic was judged
	Trend          *pageTrend

	Nothing bool // no spec was run, because of the target

	Failing, NotFailing int // causes
	Unfinished          int
	Unfinishedspecs     []reporters.SpecResult

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
	Skips                []wording.Skipped
	MoreSkips            int
	Specs                []reporters.SpecResult
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
	shownBroken   = 5    // requirements that the top of the page names, violated or untested
	shownFindings = 30   // requirements that are shown before the others are folded away
	pageSpecs     = 1500 // rows of the table of specs, those that did not pass first
	pageRows      = 200  // rows of other tables
)

func newPage(run *reporters.Run) *page {
	p := &page{
		Run: run, Policy: policy(), CSS: template.CSS(pageCSS), JS: template.JS(pageJS),
		Target: pageTarget(run.Target),
		Must:   reporters.ScoreOf(run, spec.Must), Should: reporters.ScoreOf(run, spec.Should),
		Started: run.Started.UTC().Format(time.RFC3339), StartedText: run.Started.UTC().Format("2 January 2006 15:04 UTC"),
		Totals: escape.Line(wording.Totals(run), escape.Unlimited),
		Scope:  wording.Scope(run), Shortfall: wording.Shortfall(run), Hints: wording.Hints(run),
		Nothing: run.Prevented() != nil,
	}
	p.Headline, p.Tone = headline(run)
	if r := run.Target.Recording; r != nil {
		p.Recorded = wording.RecordingSummary(r)
	}
	p.findings()
	p.specs()
	p.Why = p.why()
	p.Operations = wording.Operations(run)
	p.matrix()
	p.Families = families(run, p.First, p.Others)
	p.Skips = wording.Skips(run)
	p.Exports = exports(p.Skips)
	for _, s := range p.Skips {
		if s.Code == reporters.SkipConfiguration {
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

// specs chooses the rows of the table of specs.
func (p *page) specs() {
	for _, s := range p.Run.Specs {
		if s.Outcome == reporters.Errored {
			p.Unfinished++
			p.Unfinishedspecs = append(p.Unfinishedspecs, s)
		}
	}
	p.Unfinishedspecs = p.Unfinishedspecs[:min(len(p.Unfinishedspecs), pageRows)]
	p.Specs = p.Run.Specs
	if len(p.Specs) > pageSpecs {
		p.Specs = slices.Clone(p.Specs)
		order := []reporters.Outcome{reporters.Failed, reporters.Errored, reporters.Warned, reporters.Passed, reporters.Skipped}
		slices.SortStableFunc(p.Specs, func(a, b reporters.SpecResult) int {
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
