package text

import (
	"strings"
	"testing"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/spec"
)

// Where everything is answered with the same server error, a few rules are shown, the
// others named, and what is not about that response is shown as ever.
func TestTextOfOneResponse(t *testing.T) {
	run := &reporters.Run{Verdict: reporters.NonConformant}
	run.Traffic.Operations = []reporters.OperationCount{{Statuses: map[int]int{502: 98, 200: 2}}}
	for _, id := range []string{"A-1", "B-1", "C-1", "D-1", "E-1"} {
		run.Findings = append(run.Findings, reporters.FindingGroup{First: spec.Finding{Requirement: id, Level: spec.Must, Status: 502, Where: "status"}, Fails: true})
	}
	run.Findings = append(run.Findings, reporters.FindingGroup{First: spec.Finding{Requirement: "F-1", Level: spec.Must, Status: 200, Where: "status"}, Fails: true})
	for _, x := range []struct {
		opt    Options
		blocks string
		line   bool
	}{
		{Options{}, "A-1 B-1 C-1 F-1", true},
		{Options{Verbose: true}, "A-1 B-1 C-1 D-1 E-1 F-1", false},
	} {
		got := summary(t, run, x.opt)
		var blocks []string
		for line := range strings.Lines(got) {
			if id, _, ok := strings.Cut(line, "  MUST"); ok {
				blocks = append(blocks, id)
			}
		}
		if strings.Join(blocks, " ") != x.blocks {
			t.Errorf("%v: blocks %q, want %q", x.opt, blocks, x.blocks)
		}
		if has := strings.Contains(got, "the same response breaks 2 more rules, too (report.html and --verbose have each): D-1, E-1\n"); has != x.line {
			t.Errorf("%v: the line is there: %v\n%s", x.opt, has, got)
		}
	}
}
