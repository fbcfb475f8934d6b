package reporters

import (
	"fmt"
	"strings"
)

// totals is the line above the verdict.
func totals(run *Run) string {
	n := map[Outcome]int{}
	for _, s := range run.Specs {
		n[s.Outcome]++
	}
	s := fmt.Sprintf("%s: %d passed, %d failed, %d warned, %d skipped", count(len(run.Specs), "spec"), n[Passed], n[Failed], n[Warned], n[Skipped])
	if n[Errored] > 0 {
		s += fmt.Sprintf(", %d could not finish", n[Errored])
	}
	return fmt.Sprintf("%s; %s; %s", s, count(run.Traffic.Exchanges, "exchange"), duration(run.Duration))
}

// besides is why a run fails although the target may well be conformant: it is not
// the target that has to be mended.
func besides(run *Run) (list []string) {
	if b := run.Baseline; b != nil && len(b.Problems) > 0 {
		list = append(list, "baseline: "+count(len(b.Problems), "entry to look at", "entries to look at"))
	}
	if s := shortfall(run); s != "" {
		list = append(list, s)
	}
	return list
}

// why says why the verdict is not the good one; it names that many requirements that
// were not tested.
func why(run *Run, named int) string {
	var all []string
	if run.Interrupted {
		all = append(all, "the run was interrupted")
	}
	if o := run.Target.Outage; o != nil && o.Kind == OutageGone {
		all = append(all, fmt.Sprintf("the target went away, %s not judged", count(o.Unjudged, "spec")))
	}
	switch run.Verdict {
	case NonConformant:
		failing, stopped := 0, 0
		for _, g := range run.Findings {
			if g.Fails {
				failing++
			}
		}
		for _, s := range run.Specs {
			if s.Outcome == Errored {
				stopped++
			}
		}
		if failing > 0 {
			all = append(all, count(failing, "cause"))
		}
		if stopped > 0 {
			all = append(all, count(stopped, "spec")+" could not finish")
		}
	case Partial:
		switch {
		case run.prevented() != nil:
			return "nothing was judged"
		case run.Down():
			return strings.Join(all, "; ")
		case !run.testedAny():
			all = append(all, "nothing was tested")
		}
		var ids []string
		for _, q := range run.Untested() {
			ids = append(ids, q.ID)
		}
		if b := run.Baseline; b != nil && b.Known > 0 {
			all = append(all, count(b.Known, "known finding"))
		}
		switch {
		case len(ids) > 0 && run.Target.Recording != nil: // always many, and listed above
			all = append(all, count(len(ids), "MUST requirement")+" not tested")
		case len(ids) > 0:
			all = append(all, fmt.Sprintf("%s not tested: %s", count(len(ids), "MUST requirement"), idList(ids, named)))
		}
	}
	return strings.Join(all, "; ")
}

// idList lists ids, the first ones only where there are more than limit and one.
func idList(ids []string, limit int) string {
	return strings.Join(some(len(ids), limit, func(i int) string { return line(ids[i], 80) }), ", ")
}
