package text

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/reporters/internal/escape"
	"github.com/hostup/api-conformance/reporters/internal/wording"
	"github.com/hostup/api-conformance/spec"
)

// The number of rules that are shown with everything: all of them, or the first few of many,
// which explain most. A summary is read on a screen.
const (
	wholeAll   = 4
	wholeFirst = 3
)

// findings writes the causes under a heading for each level.
func (t *text) findings() {
	all := wording.Blocks(t.run.Findings)
	whole := wholeFirst
	if t.opt.Verbose || len(all) <= wholeAll {
		whole = len(all)
	}
	short := 0
	for _, level := range []spec.Level{spec.Must, spec.Should} {
		var groups []reporters.FindingGroup
		blocks := slices.DeleteFunc(slices.Clone(all), func(b wording.Block) bool {
			return (b.First().First.Level == spec.Should) != (level == spec.Should)
		})
		for _, b := range blocks {
			groups = append(groups, b.Groups...)
		}
		if len(groups) == 0 {
			continue
		}
		t.printf("%s\n\n", t.heading(level, groups))
		n := t.blocks(blocks, whole)
		short, whole = short+n, max(0, whole-len(blocks))
	}
	if short > 0 {
		t.line(t.Dim(wording.Count(short, "rule") + " in short: --verbose has each with its curl command, report.html with request and response"))
		t.printf("\n")
	}
}

// blocks writes the causes by requirement, the first whole ones with everything and the
// others in short, and returns how many these are. Where a target fails as a whole, every
// rule that wants something else of it is a cause of the same response: they are named.
func (t *text) blocks(all []wording.Block, whole int) (short int) {
	status, _, _ := wording.Uniform(t.run)
	same := func(b wording.Block) bool {
		return status >= http.StatusInternalServerError && !slices.ContainsFunc(b.Groups, func(g reporters.FindingGroup) bool { return g.First.Status != status })
	}
	var ids []string
	for i, b := range all {
		switch {
		case i < whole:
			t.block(b)
		case same(b):
			ids = append(ids, escape.Line(b.First().First.Requirement, escape.PlaceLimit))
		default:
			t.brief(b)
			short++
		}
	}
	if short > 0 {
		t.printf("\n")
	}
	if len(ids) > 0 {
		t.line(fmt.Sprintf("the same response breaks %s, too (report.html and --verbose have each): %s", wording.Count(len(ids), "more rule"), strings.Join(ids, ", ")))
		t.printf("\n")
	}
	return short
}

// heading says how many causes of a level there are, and whether they fail the run.
func (t *text) heading(level spec.Level, groups []reporters.FindingGroup) string {
	failing, known := 0, 0
	for _, g := range groups {
		if g.Fails {
			failing++
		}
		if g.Known != nil {
			known++
		}
	}
	what := wording.Count(len(groups), "cause")
	switch {
	case failing > 0 && t.run.Down():
		what += ", of the target as a whole: it says nothing of the contract"
	case failing > 0:
		what = wording.Count(failing, "cause fails this run", "causes fail this run")
		if level == spec.Should {
			what += ", because it is strict"
		}
		if known > 0 {
			what += "; " + wording.Count(known, "more is", "more are") + " known"
		}
	case known == len(groups):
		what += ", known"
	case len(groups) > 1:
		what += ", warnings"
	default:
		what += ", a warning"
	}
	if failing > 0 {
		return t.Red(fmt.Sprintf("%s: %s", level, what))
	}
	return t.Yellow(fmt.Sprintf("%s: %s", level, what))
}

// block writes the causes of one requirement: the first one, and the locations of the
// others. Verbose, it writes each.
func (t *text) block(b wording.Block) {
	if t.opt.Verbose {
		for _, g := range b.Groups {
			t.printf("%s\n", wording.Group(g, t.catalogue[g.First.Requirement], t.run.Curl(g), t.Painter))
			t.also("breaks", b.Entailed(g))
			t.printf("\n")
		}
		return
	}
	g := b.First()
	t.printf("%s\n", wording.Group(g, t.catalogue[g.First.Requirement], t.run.Curl(g), t.Painter))
	t.also("breaks", b.Entailed())
	t.also("also", b.Also(wording.ShownPlaces))
	t.printf("\n")
}

// brief writes the causes of one requirement in two lines.
func (t *text) brief(b wording.Block) {
	f := b.First().First
	heading, _, _ := strings.Cut(wording.Group(b.First(), t.catalogue[f.Requirement], "", t.Painter), "\n")
	more := ""
	if n := len(b.Groups) - 1; n > 0 {
		more = ", and at " + wording.Count(n, "more place")
	}
	t.printf("%s\n", heading)
	t.also("where", []string{fmt.Sprintf("%s: want %s, got %s%s", wording.Where(f), escape.Line(f.Want, briefLimit), escape.Line(f.Got, briefLimit), more)})
}

// briefLimit is the number of characters of a value of a cause in short.
const briefLimit = 120

// also writes a labelled row for the first of some lines, and the others below it.
func (t *text) also(label string, lines []string) {
	for _, line := range lines {
		t.printf("  %s %s\n", t.Dim(fmt.Sprintf("%-6s", label)), line)
		label = ""
	}
}
