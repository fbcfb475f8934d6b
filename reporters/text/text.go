package text

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/reporters/internal/escape"
	"github.com/hostup/api-conformance/reporters/internal/wording"
	"github.com/hostup/api-conformance/spec"
)

// Options configure the summary on the terminal.
type Options struct {
	Color   bool // ANSI colours
	Width   int  // columns; 0 never wraps or shortens a line
	Verbose bool // every cause, every spec, and complete lists
	Quiet   bool // only the verdict, and why the run fails
}

// Write writes the summary of a run for people: the verdict first and last, why the run
// fails, the causes (one block for each requirement, the one that explains most first),
// specs that could not finish and, in a few lines, what was not tested, observed and
// created. Verbose, it has every cause, a table of the specs and all of these lists.
//
// Only colours add control characters, whatever the target returned.
func Write(w io.Writer, run *reporters.Run, opt Options) error {
	t := &text{run: run, opt: opt, Painter: wording.Painter{On: opt.Color}, catalogue: run.Catalogue()}
	switch {
	case opt.Quiet:
		t.line(t.verdict())
		t.reasons()
	case run.Prevented() != nil:
		t.nothing()
	default:
		t.whole()
	}
	_, err := w.Write(t.buf.Bytes())
	return err
}

func (t *text) whole() {
	t.head()
	t.findings()
	t.problems()
	if t.opt.Verbose {
		t.specs()
		t.table()
	}
	t.recording()
	t.skips()
	t.baseline()
	t.coverage()
	t.created()
	t.document()
	t.drift()
	t.line(wording.Totals(t.run))
	t.reasons()
	t.line(t.verdict())
}

// nothing writes the summary of a run that did not begin, on one screen.
func (t *text) nothing() {
	t.about()
	t.printf("%s   %s\n", t.Red("down"), escape.Wrap(escape.Line(t.run.Prevented().Text, 1000), t.opt.Width-7, "       "))
	for _, s := range wording.Hints(t.run)[1:] {
		t.printf("%s   %s\n", t.Yellow("hint"), escape.Wrap(s, t.opt.Width-7, "       "))
	}
	for _, g := range t.run.Findings {
		t.printf("%s\n", wording.Painted(g.First, t.catalogue[g.First.Requirement], "", t.run.Curl(g), t.Painter))
	}
	for _, n := range t.run.Notices {
		t.printf("%s %s\n", t.Yellow("notice"), escape.Wrap(escape.Line(n, 1000), t.opt.Width-7, "       "))
	}
	if len(t.run.Findings) == 0 {
		t.line("no spec was run: --keep-going tests such a target all the same")
	}
	t.line(t.verdict())
}

// text is a summary under construction.
type text struct {
	wording.Painter
	run       *reporters.Run
	opt       Options
	buf       bytes.Buffer
	catalogue map[string]spec.Requirement
}

func (t *text) printf(format string, args ...any) { fmt.Fprintf(&t.buf, format, args...) }

// line writes a line, wrapped at the width.
func (t *text) line(s string) {
	if t.opt.Width > 0 && utf8.RuneCountInString(s) > t.opt.Width {
		s = escape.Wrap(s, t.opt.Width-2, "  ")
	}
	t.printf("%s\n", s)
}

// head writes what was tested, the verdict, and what must be known beside it.
func (t *text) head() {
	r := t.run
	t.about()
	t.line(t.verdict())
	t.reasons()
	for _, s := range wording.Scope(r) {
		t.printf("%s   %s\n", t.Yellow("part"), escape.Wrap(s, t.opt.Width-7, "       "))
	}
	for _, n := range r.Notices {
		t.printf("%s %s\n", t.Yellow("notice"), escape.Wrap(escape.Line(n, 1000), t.opt.Width-7, "       "))
	}
	all := wording.Hints(r)
	if r.Target.Outage != nil {
		all = all[1:] // the first cause already says it
	}
	for _, s := range all {
		t.printf("%s   %s\n", t.Yellow("hint"), escape.Wrap(s, t.opt.Width-7, "       "))
	}
	t.printf("\n")
}

// about writes what was tested and how.
func (t *text) about() {
	r := t.run
	strict := ""
	if r.Settings.Strict {
		strict = "  ·  strict"
	}
	t.printf("%s %s  ·  %s %s\n", t.Bold(escape.Line(r.Suite.Name, escape.PlaceLimit)), escape.Line(r.Suite.Version, escape.PlaceLimit),
		escape.Line(r.Document.Path, escape.PlaceLimit), escape.Line(r.Document.Version, escape.PlaceLimit))
	if r.Target.Recording != nil {
		t.line(wording.Target(r.Target) + strict)
	} else {
		t.line(fmt.Sprintf("target %s  ·  safety %s%s  ·  seed %d", wording.Target(r.Target), escape.Line(r.Settings.Safety, escape.PlaceLimit), strict, r.Settings.Seed))
	}
}

// problems writes the specs that could not finish.
func (t *text) problems() {
	var b strings.Builder
	n := 0
	for _, s := range t.run.Specs {
		if s.Outcome == reporters.Errored {
			n++
			fmt.Fprintf(&b, "  %s\n", escape.Line(s.Name, escape.PlaceLimit))
			all := strings.Split(strings.TrimSpace(escape.Cut(cmp.Or(s.Problem, "no reason given"), escape.BodyLimit)), "\n")
			for _, l := range t.cap(len(all), shownProblem, func(i int) string { return escape.Line(all[i], escape.ValueLimit) }) {
				b.WriteString(strings.TrimRight("    "+l, " ") + "\n")
			}
		}
	}
	if n > 0 {
		t.printf("%s\n%s\n", t.Red(wording.Count(n, "spec")+" could not finish"), b.String())
	}
}

// specs lists every spec.
func (t *text) specs() {
	for _, s := range t.run.Specs {
		paint := t.Green
		switch s.Outcome {
		case reporters.Failed, reporters.Errored:
			paint = t.Red
		case reporters.Warned, reporters.Skipped:
			paint = t.Yellow
		}
		t.printf("%s %s  %s\n", paint(fmt.Sprintf("%-7s", s.Outcome)), escape.Line(s.Name, escape.PlaceLimit), t.Dim(wording.Duration(s.Duration)))
	}
	if len(t.run.Specs) > 0 {
		t.printf("\n")
	}
}
