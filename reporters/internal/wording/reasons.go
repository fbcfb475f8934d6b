package wording

import (
	"fmt"
	"strings"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/reporters/internal/escape"
	"github.com/hostup/api-conformance/reporters/internal/lists"
)

// Totals returns the line above the verdict.
func Totals(run *reporters.Run) string {
	n := map[reporters.Outcome]int{}
	for _, s := range run.Specs {
		n[s.Outcome]++
	}
	s := fmt.Sprintf("%s: %d passed, %d failed, %d warned, %d skipped", Count(len(run.Specs), "spec"), n[reporters.Passed], n[reporters.Failed], n[reporters.Warned], n[reporters.Skipped])
	if n[reporters.Errored] > 0 {
		s += fmt.Sprintf(", %d could not finish", n[reporters.Errored])
	}
	return fmt.Sprintf("%s; %s; %s", s, Count(run.Traffic.Exchanges, "exchange"), Duration(run.Duration))
}

// Besides returns why a run fails for reasons other than the target's conformance.
func Besides(run *reporters.Run) (list []string) {
	if b := run.Baseline; b != nil && len(b.Problems) > 0 {
		list = append(list, "baseline: "+Count(len(b.Problems), "entry to look at", "entries to look at"))
	}
	for _, s := range []string{Shortfall(run), run.DocumentFails(), run.TooLittle()} {
		if s != "" {
			list = append(list, escape.Line(s, 1000))
		}
	}
	return list
}

// ShownUntested is the number of requirements that a verdict names as not tested: it is
// one line, and the reasons stand below it.
const ShownUntested = 3

// Why returns why the verdict is not Conformant; it names at most named untested
// requirements.
func Why(run *reporters.Run, named int) string {
	var all []string
	if run.Interrupted {
		all = append(all, "the run was interrupted")
	}
	if n := len(run.Left(reporters.SkipUnfinished)); n > 0 {
		all = append(all, "a process of the run was killed or ended early, "+Count(n, "spec")+" could not finish")
	}
	if o := run.Target.Outage; o.During() {
		what := map[string]string{reporters.OutageGone: "went away", reporters.OutageChanged: "changed", reporters.OutageDown: "was down for a while"}[o.Kind]
		left := Count(o.Unjudged, "spec") + " not judged"
		if o.Unjudged == 0 {
			left = "every spec was judged"
		}
		all = append(all, fmt.Sprintf("the target %s, %s", what, left))
	}
	switch run.Verdict {
	case reporters.NonConformant:
		failing, stopped := reporters.Failing(run.Findings), 0
		for _, s := range run.Specs {
			if s.Outcome == reporters.Errored {
				stopped++
			}
		}
		if failing > 0 {
			all = append(all, Count(failing, "cause"))
		}
		if stopped > 0 {
			all = append(all, Count(stopped, "spec")+" could not finish")
		}
	case reporters.Partial:
		switch {
		case run.Prevented() != nil:
			return "nothing was judged"
		case run.Down():
			return strings.Join(all, "; ")
		case !run.TestedAny():
			all = append(all, "nothing was tested")
		}
		var ids []string
		for _, q := range run.Untested() {
			ids = append(ids, q.ID)
		}
		if b := run.Baseline; b != nil && b.Known > 0 {
			all = append(all, Count(b.Known, "known finding"))
		}
		switch {
		case len(ids) > 0 && run.Target.Recording != nil: // always many, and listed above
			all = append(all, Count(len(ids), "MUST requirement")+" not tested")
		case len(ids) > 0:
			all = append(all, fmt.Sprintf("%s not tested: %s", Count(len(ids), "MUST requirement"), IDs(ids, named)))
		}
	}
	return strings.Join(all, "; ")
}

// IDs lists ids, shortened to limit if there are many.
func IDs(ids []string, limit int) string {
	return strings.Join(lists.Some(len(ids), limit, func(i int) string { return escape.Line(ids[i], 80) }), ", ")
}
