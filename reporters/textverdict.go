package reporters

import (
	"fmt"
	"slices"
	"strings"
	"time"
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

// reasons writes why the run fails, where the verdict does not say it.
func (t *text) reasons() {
	for _, why := range besides(t.run) {
		t.printf("%s\n", t.red("the run fails: "+why))
	}
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

// verdict is the line of the verdict and, if it is not the good one, why.
func (t *text) verdict() string {
	paint := t.red
	switch t.run.Verdict {
	case Conformant:
		paint = t.green
	case Partial:
		paint = t.yellow
	}
	s := "verdict: " + paint(t.bold(line(string(t.run.Verdict), 40)))
	if l := limited(t.run); l != "" {
		s += ", " + l
	}
	if why := t.why(); why != "" {
		s += " (" + why + ")"
	}
	return s
}

func (t *text) why() string {
	var why []string
	if t.run.Interrupted {
		why = append(why, "the run was interrupted")
	}
	if o := t.run.Target.Outage; o != nil && o.Kind == OutageGone {
		why = append(why, fmt.Sprintf("the target went away, %s not judged", count(o.Unjudged, "spec")))
	}
	switch t.run.Verdict {
	case NonConformant:
		failing, stopped := 0, 0
		for _, g := range t.run.Findings {
			if g.Fails {
				failing++
			}
		}
		for _, s := range t.run.Specs {
			if s.Outcome == Errored {
				stopped++
			}
		}
		if failing > 0 {
			why = append(why, count(failing, "cause"))
		}
		if stopped > 0 {
			why = append(why, count(stopped, "spec")+" could not finish")
		}
	case Partial:
		switch {
		case down(t.run) != nil:
			return "nothing was judged"
		case t.run.Down():
			return strings.Join(why, "; ")
		case !testedAny(t.run):
			why = append(why, "nothing was tested")
		}
		var ids []string
		for _, q := range t.run.Untested() {
			ids = append(ids, q.ID)
		}
		if b := t.run.Baseline; b != nil && b.Known > 0 {
			why = append(why, count(b.Known, "known finding"))
		}
		switch {
		case len(ids) > 0 && t.run.Target.Recording != nil: // always many, and listed above
			why = append(why, count(len(ids), "MUST requirement")+" not tested")
		case len(ids) > 0:
			why = append(why, fmt.Sprintf("%s not tested: %s", count(len(ids), "MUST requirement"), t.ids(ids, 20)))
		}
	}
	return strings.Join(why, "; ")
}

// testedAny reports whether any spec did anything but be skipped.
func testedAny(run *Run) bool {
	return slices.ContainsFunc(run.Specs, func(s SpecResult) bool { return s.Outcome != Skipped })
}

// duration returns d for people: "12 ms", "2.1 s", "3 min 5 s".
func duration(d time.Duration) string {
	switch {
	case d < 100*time.Millisecond:
		return fmt.Sprintf("%d ms", d.Milliseconds())
	case d < time.Minute:
		return fmt.Sprintf("%.1f s", d.Seconds())
	}
	d = d.Round(time.Second)
	return fmt.Sprintf("%d min %d s", int(d.Minutes()), int(d.Seconds())%60)
}
