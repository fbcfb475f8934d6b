package reporters

import (
	"fmt"
	"io"
	"strings"

	"github.com/hostup/api-conformance/spec"
)

// WriteMarkdown writes the result for a comment on a pull request or the summary
// page of a job: the verdict and the score, the causes, what was not tested, what
// was never observed. It is never longer than limit bytes, [CommentLimit] if 0;
// what is left out is counted.
//
// Nothing that a target answered is Markdown: it stands in code spans and
// blocks, or with every character of meaning escaped. Mentions and links do not
// survive either.
func WriteMarkdown(w io.Writer, run *Run, limit int) error {
	if limit <= 0 {
		limit = CommentLimit
	}
	m := &comment{mdBuilder: mdBuilder{limit: limit}, run: run, catalogue: run.catalogue()}
	m.head()
	m.findings()
	if run.prevented() != nil {
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

// comment is a comment in the making.
type comment struct {
	mdBuilder
	run       *Run
	catalogue map[string]spec.Requirement
}

// shownPlacesMarkdown is how many places a block names besides the first.
const shownPlacesMarkdown = 20

func (m *comment) head() {
	r := m.run
	icon := map[Verdict]string{Conformant: "✅", Partial: "🟡", NonConformant: "❌"}[r.Verdict]
	m.printf("## %s %s\n\n", icon, verdictTitle(r.Verdict))
	if why := why(r, 20); why != "" {
		m.printf("%s\n\n", md(why))
	}
	for _, s := range scope(r) {
		m.printf("> **A part of the contract:** %s\n\n", md(s))
	}
	for _, s := range besides(r) {
		m.printf("> **The run fails:** %s\n\n", md(s))
	}
	if o := r.Target.Outage; o != nil {
		m.printf("> **The target as a whole:** %s\n\n", md(strings.Join(hints(r), "; ")))
		if r.prevented() != nil {
			return
		}
	}
	must, should := ScoreOf(r, spec.Must), ScoreOf(r, spec.Should)
	m.printf("| | hold | violated | warned | not tested | not finished |\n|---|--:|--:|--:|--:|--:|\n")
	for _, s := range []Score{must, should} {
		m.printf("| **%s** | %d of %d | %d | %d | %d | %d |\n", s.Level, s.Passed, s.Total(), s.Failed, s.Warned, s.Skipped, s.Errored)
	}
	target := code(r.Target.URL)
	if r.Target.Embedded {
		target = "the embedded reference server"
	}
	safety := "safety " + r.Settings.Safety
	if r.Target.Recording != nil {
		target, safety = "requests to "+target, "recorded in "+strings.Join(r.Target.Recording.Files, ", ")
	}
	coverage := ""
	if r.Coverage != nil {
		coverage = fmt.Sprintf(" · %d %% of the document observed", r.Coverage.Percent())
	}
	if r.Settings.Strict {
		safety += " · strict"
	}
	m.printf("\n%s · %s · %s%s · %s\n\n", target, md(r.Document.Title+" "+r.Document.Version), md(safety), coverage, md(totals(r)))
	for _, n := range r.Notices {
		m.printf("> **Notice:** %s\n\n", md(n))
	}
	for _, s := range hints(r) {
		if r.Target.Outage != nil {
			break
		}
		m.printf("> **Hint:** %s\n\n", md(s))
	}
	if r.Baseline != nil {
		for _, p := range r.Baseline.Problems {
			m.printf("> **Baseline:** %s %s\n\n", code(p.Signature), md(p.Text))
		}
	}
}

func (m *comment) findings() {
	if len(m.run.Findings) == 0 {
		return
	}
	m.printf("### Findings\n\n")
	all := blocks(m.run.Findings)
	for i, blk := range all {
		g := blk.first()
		f, q := g.First, m.catalogue[g.First.Requirement]
		word := "warning"
		switch {
		case g.Fails:
			word = "fails"
		case g.Known != nil:
			word = "known"
		}
		var b strings.Builder
		fmt.Fprintf(&b, "<details><summary>%s · <b>%s</b> %s · %s</summary>\n\n", word, htmlText(f.Requirement), htmlText(q.Sentence), htmlText(where(f)))
		text := groupText(g, q, m.run.curl(g), painter{})
		for _, place := range blk.also(shownPlacesMarkdown) {
			text += "\n  also   " + place
		}
		fmt.Fprintf(&b, "%s\n\n", block4(text))
		b.WriteString("</details>\n\n")
		if !m.printf("%s", b.String()) {
			m.must("\n… and %s, see the HTML report.\n", count(len(all)-i, "more requirement"))
			return
		}
	}
}

func (m *comment) operations() {
	rows := summaryRows(m.run)
	if len(rows) == 0 {
		return
	}
	m.printf("### Requirements by operation\n\n| Operation | |\n|---|---|\n")
	for _, r := range rows {
		name := "several operations, or none"
		if r.operation != "" {
			name = code(r.operation)
		}
		m.printf("| %s | %s |\n", name, r.summary)
	}
	m.printf("\n")
}

func (m *comment) recording() {
	r := m.run.Target.Recording
	if r == nil {
		return
	}
	m.printf("### Recorded traffic\n\n")
	for _, s := range recordingSummary(r) {
		m.printf("- %s\n", md(s))
		if s != recordingStrangers(r) {
			continue
		}
		for i, u := range r.Unmatched {
			if i == shownUnmatched && len(r.Unmatched) > i+1 {
				m.printf("  - and %d more\n", len(r.Unmatched)-i)
				break
			}
			m.printf("  - %s\n", code(requestLine(u)))
		}
		if r.UnmatchedMore > 0 {
			m.printf("  - %s to other addresses\n", count(r.UnmatchedMore, "request"))
		}
	}
	m.printf("\n")
}

func (m *comment) untested() {
	skips := skipsOf(m.run)
	if len(skips) == 0 {
		return
	}
	m.printf("### Not tested\n\n")
	for _, s := range skips {
		n := count(s.Count, "spec")
		if s.Count == 0 {
			n = count(len(s.IDs), "requirement")
		}
		m.printf("- %s, %s: %s\n", code(s.Code), n, md(s.Reason))
	}
	m.printf("\n")
}

func (m *comment) unobserved() {
	c := m.run.Coverage
	if c == nil || c.Unseen == 0 {
		return
	}
	m.printf("<details><summary>Documented but never observed: %d of %d</summary>\n\n", c.Unseen, c.Seen+c.Unseen)
	if m.full {
		return
	}
	for _, o := range c.Operations {
		var all []string
		for _, i := range o.UnseenItems() {
			all = append(all, code(i.Kind+" "+i.Text))
		}
		if s := fmt.Sprintf("- %s: %s\n", code(o.Operation), strings.Join(all, ", ")); len(all) > 0 && m.fits(s, 0) {
			m.WriteString(s)
		}
	}
	m.must("\n</details>\n")
}

// document lists what is wrong with the document.
func (m *comment) document() {
	all := m.run.Problems
	if len(all) == 0 {
		return
	}
	m.printf("<details><summary>Document: %s</summary>\n\n", count(len(all), "problem"))
	for _, p := range all {
		if !m.printf("- %s %s %s\n", code(p.ID), code(p.Place()), md(p.Text)) {
			break
		}
	}
	m.must("\n</details>\n\n")
}
