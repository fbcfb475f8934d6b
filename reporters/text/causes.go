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

// findings writes the causes under a heading for each level.
func (t *text) findings() {
	for _, level := range []spec.Level{spec.Must, spec.Should} {
		var groups []reporters.FindingGroup
		for _, g := range t.run.Findings {
			if (g.First.Level == spec.Should) == (level == spec.Should) {
				groups = append(groups, g)
			}
		}
		if len(groups) == 0 {
			continue
		}
		t.printf("%s\n\n", t.heading(level, groups))
		t.blocks(wording.Blocks(groups))
	}
}

// blocks writes the causes by requirement. Where a target fails as a whole, every rule that
// wants something else of it is a cause of the same response: of these a few are
// shown, and the others named.
func (t *text) blocks(all []wording.Block) {
	const few = 3
	status, _, _ := wording.Uniform(t.run)
	same := func(b wording.Block) bool {
		return status >= http.StatusInternalServerError && !slices.ContainsFunc(b.Groups, func(g reporters.FindingGroup) bool { return g.First.Status != status })
	}
	var ids []string
	shown := 0
	for _, b := range all {
		switch {
		case t.opt.Verbose || !same(b):
		case shown == few:
			ids = append(ids, escape.Line(b.First().First.Requirement, escape.PlaceLimit))
			continue
		default:
			shown++
		}
		t.block(b)
	}
	if len(ids) > 0 {
		t.line(fmt.Sprintf("the same response breaks %s, too (report.html and --verbose have each): %s", wording.Count(len(ids), "more rule"), strings.Join(ids, ", ")))
		t.printf("\n")
	}
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
			t.printf("%s\n\n", wording.Group(g, t.catalogue[g.First.Requirement], t.run.Curl(g), t.Painter))
		}
		return
	}
	g := b.First()
	t.printf("%s\n", wording.Group(g, t.catalogue[g.First.Requirement], t.run.Curl(g), t.Painter))
	for i, place := range b.Also(wording.ShownPlaces) {
		label := ""
		if i == 0 {
			label = "also"
		}
		t.printf("  %s %s\n", t.Dim(fmt.Sprintf("%-6s", label)), place)
	}
	t.printf("\n")
}
