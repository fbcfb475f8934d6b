package ci

import (
	"fmt"
	"io"
	"strings"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/reporters/internal/escape"
	"github.com/hostup/api-conformance/reporters/internal/markdown"
	"github.com/hostup/api-conformance/reporters/internal/wording"
	"github.com/hostup/api-conformance/spec"
)

// WriteComment writes the result as a pull request comment: the verdict and the score,
// the causes, what was not tested, what was never observed. It stays within the length of
// a comment; what is left out is counted.
//
// Text from a target is never interpreted as Markdown: it is in code spans and blocks, or
// fully escaped. Mentions and links are disabled as well.
func WriteComment(w io.Writer, run *reporters.Run) error {
	return writeMarkdown(w, run, markdown.CommentLimit)
}

// WriteSummary is WriteComment for the summary page of a job, which may be longer.
func WriteSummary(w io.Writer, run *reporters.Run) error {
	return writeMarkdown(w, run, markdown.SummaryLimit)
}

// writeMarkdown writes at most limit bytes.
func writeMarkdown(w io.Writer, run *reporters.Run, limit int) error {
	m := &comment{Builder: markdown.Builder{Limit: limit}, run: run, catalogue: run.Catalogue()}
	m.head()
	m.findings()
	if run.Prevented() != nil {
		_, err := io.WriteString(w, m.String())
		return err
	}
	m.operations()
	m.recording()
	m.untested()
	m.unobserved()
	m.document()
	_, err := io.WriteString(w, m.String())
	return err
}

// comment is a comment under construction.
type comment struct {
	markdown.Builder
	run       *reporters.Run
	catalogue map[string]spec.Requirement
}

// shownPlacesMarkdown is the number of locations in a block besides the first.
const shownPlacesMarkdown = 20

func (m *comment) head() {
	r := m.run
	icon := map[reporters.Verdict]string{reporters.Conformant: "✅", reporters.Partial: "🟡", reporters.NonConformant: "❌"}[r.Verdict]
	m.Printf("## %s %s\n\n", icon, wording.VerdictTitle(r.Verdict))
	if why := wording.Why(r, wording.ShownUntested); why != "" {
		m.Printf("%s\n\n", markdown.Text(why))
	}
	for _, s := range wording.Scope(r) {
		m.Printf("> **A part of the contract:** %s\n\n", markdown.Text(s))
	}
	for _, s := range wording.Besides(r) {
		m.Printf("> **The run fails:** %s\n\n", markdown.Text(s))
	}
	if o := r.Target.Outage; o != nil {
		m.Printf("> **The target as a whole:** %s\n\n", markdown.Text(strings.Join(wording.Hints(r), "; ")))
		if r.Prevented() != nil {
			return
		}
	}
	must, should := reporters.ScoreOf(r, spec.Must), reporters.ScoreOf(r, spec.Should)
	m.Printf("| | hold | violated | warned | not tested | not finished |\n|---|--:|--:|--:|--:|--:|\n")
	for _, s := range []reporters.Score{must, should} {
		m.Printf("| **%s** | %d of %d | %d | %d | %d | %d |\n", s.Level, s.Passed, s.Total(), s.Failed, s.Warned, s.Skipped, s.Errored)
	}
	target := markdown.Code(r.Target.URL)
	if r.Target.Embedded {
		target = "the embedded reference server"
	}
	safety := "safety " + r.Settings.Safety
	if r.Target.Recording != nil {
		target, safety = "requests to "+target, "recorded in "+strings.Join(r.Target.Recording.Files, ", ")
	}
	coverage := ""
	if c := r.Selected(); c != nil {
		coverage = fmt.Sprintf(" · %d %% of %s observed", c.Percent(), r.Observable())
	}
	if r.Settings.Strict {
		safety += " · strict"
	}
	m.Printf("\n%s · %s · %s%s · %s\n\n", target, markdown.Text(r.Document.Title+" "+r.Document.Version), markdown.Text(safety), coverage, markdown.Text(wording.Totals(r)))
	for _, n := range r.Notices {
		m.Printf("> **Notice:** %s\n\n", markdown.Text(n))
	}
	for _, s := range wording.Hints(r) {
		if r.Target.Outage != nil {
			break
		}
		m.Printf("> **Hint:** %s\n\n", markdown.Text(s))
	}
	if r.Baseline != nil {
		for _, p := range r.Baseline.Problems {
			m.Printf("> **Baseline:** %s %s\n\n", markdown.Code(p.Signature), markdown.Text(p.Text))
		}
	}
}

func (m *comment) findings() {
	if len(m.run.Findings) == 0 {
		return
	}
	if m.run.Prevented() != nil {
		m.only(m.run.Findings[0])
		return
	}
	m.Printf("### Findings\n\n")
	all := wording.Blocks(m.run.Findings)
	for i, blk := range all {
		g := blk.First()
		f, q := g.First, m.catalogue[g.First.Requirement]
		word := "warning"
		switch {
		case g.Fails:
			word = "fails"
		case g.Known != nil:
			word = "known"
		}
		var b strings.Builder
		fmt.Fprintf(&b, "<details><summary>%s · <b>%s</b> %s · %s</summary>\n\n", word, markdown.HTML(f.Requirement), markdown.HTML(q.Sentence), markdown.HTML(wording.Where(f)))
		text := wording.Group(g, q, m.run.Curl(g), wording.Painter{})
		for _, entailed := range blk.Entailed() {
			text += "\n  breaks " + entailed
		}
		for _, place := range blk.Also(shownPlacesMarkdown) {
			text += "\n  also   " + place
		}
		fmt.Fprintf(&b, "%s\n\n", markdown.Block(text))
		b.WriteString("</details>\n\n")
		if !m.Printf("%s", b.String()) {
			m.Must("\n… and %s, see the HTML report.\n", wording.Count(len(all)-i, "more requirement"))
			return
		}
	}
}

// only writes the finding of a run that did not begin, whose text the outage says already.
func (m *comment) only(g reporters.FindingGroup) {
	f := g.First
	m.Printf("%s %s: %s\n\n", markdown.Code(f.Requirement), markdown.Text(m.catalogue[f.Requirement].Sentence), markdown.Code(wording.Where(f)))
	if curl := escape.ShellCommand(m.run.Curl(g), escape.CurlLimit); curl != "" {
		m.Printf("%s\n", markdown.Block(curl))
	}
}

func (m *comment) operations() {
	rows := wording.OperationSummaries(m.run)
	if len(rows) == 0 {
		return
	}
	m.Printf("### Requirements by operation\n\n| Operation | |\n|---|---|\n")
	for _, r := range rows {
		name := "several operations, or none"
		if r.Operation != "" {
			name = markdown.Code(r.Operation)
		}
		m.Printf("| %s | %s |\n", name, r.Summary)
	}
	m.Printf("\n")
}

func (m *comment) recording() {
	r := m.run.Target.Recording
	if r == nil {
		return
	}
	m.Printf("### Recorded traffic\n\n")
	for _, s := range wording.RecordingSummary(r) {
		m.Printf("- %s\n", markdown.Text(s))
		if s != wording.RecordingStrangers(r) {
			continue
		}
		for i, u := range r.Unmatched {
			if i == wording.ShownUnmatched && len(r.Unmatched) > i+1 {
				m.Printf("  - and %d more\n", len(r.Unmatched)-i)
				break
			}
			m.Printf("  - %s\n", markdown.Code(wording.RequestLine(u)))
		}
		if r.UnmatchedMore > 0 {
			m.Printf("  - %s to other addresses\n", wording.Count(r.UnmatchedMore, "request"))
		}
	}
	m.Printf("\n")
}

func (m *comment) untested() {
	skips := wording.Skips(m.run)
	if len(skips) == 0 {
		return
	}
	m.Printf("### Not tested\n\n")
	for _, s := range skips {
		n := wording.Count(s.Count, "spec")
		if s.Count == 0 {
			n = wording.Count(len(s.IDs), "requirement")
		}
		m.Printf("- %s, %s: %s\n", markdown.Code(s.Code), n, markdown.Text(s.Reason))
	}
	m.Printf("\n")
}

func (m *comment) unobserved() {
	c := m.run.Selected()
	if c == nil || c.Unseen == 0 {
		return
	}
	m.Printf("<details><summary>Documented but never observed: %d of %d</summary>\n\n", c.Unseen, c.Seen+c.Unseen)
	if m.Full {
		return
	}
	for _, o := range c.Operations {
		var all []string
		for _, i := range o.UnseenItems() {
			all = append(all, markdown.Code(i.Kind+" "+i.Text))
		}
		if s := fmt.Sprintf("- %s: %s\n", markdown.Code(o.Operation), strings.Join(all, ", ")); len(all) > 0 && m.Fits(s, 0) {
			m.WriteString(s)
		}
	}
	m.Must("\n</details>\n")
}

// document lists the problems of the document.
func (m *comment) document() {
	all := m.run.Problems
	if len(all) == 0 {
		return
	}
	m.Printf("<details><summary>Document: %s</summary>\n\n", wording.Count(len(all), "problem"))
	for _, p := range all {
		if !m.Printf("- %s %s %s\n", markdown.Code(p.ID), markdown.Code(p.Place()), markdown.Text(p.Text)) {
			break
		}
	}
	m.Must("\n</details>\n\n")
}
