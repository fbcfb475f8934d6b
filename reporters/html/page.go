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

// A page is the data of the template for one Run.
type page struct {
	Run    *reporters.Run
	Policy string
	CSS    template.CSS
	JS     template.JS

	Headline, Tone string // the headline and its colour class
	Target, Why    string
	Must, Should   reporters.Score
	Scope          []string // the tested part of the contract, if not all
	Shortfall      string
	Hints          []string
	Recorded       []string // what was judged of recorded traffic
	Trend          *pageTrend

	Nothing bool // no spec ran because of the target

	Failing, NotFailing int // causes
	Unfinished          int
	Unfinishedspecs     []reporters.SpecResult

	Started, StartedText string
	Totals               string
	Operations           []string
	First, Others        []*pageCard // violated requirements; the others are folded
	Broken               []*pageCard // the first ones that fail the run
	MoreBroken           int
	Matrix, MoreMatrix   []pageOperation
	Families             []pageFamily
	Exports              string // shell lines that set the missing variables
	Unset                int    // number of specs that wait for configuration
	Skips                []wording.Skipped
	MoreSkips            int
	Specs                []reporters.SpecResult
	MoreSpecs            int
	Latency              []pageLatency // for operations of the document
	OtherLatency         []pageLatency
	MoreLatency          int
	Axis                 string
	Covered              []pageCoverage
	MoreCovered          int
}

// Limits of the page, so that a browser can display the result of a thousand operations
// at once. report.json is complete.
const (
	shownBroken   = 5    // violated or untested requirements that the top of the page names
	shownFindings = 30   // requirements that are not folded
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

// specs selects the rows of the table of specs.
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

// latency selects the rows of the latency tables.
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
