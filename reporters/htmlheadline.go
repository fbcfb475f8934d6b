package reporters

import (
	"strings"
)

// pageTarget says in the headline what was tested.
func pageTarget(t Target) string {
	if t.Recording != nil {
		return "recorded traffic"
	}
	return targetText(t)
}

// headline says what happened and how it is coloured: the verdict, or what the
// target as a whole did where that is all there is to say.
func headline(run *Run) (text, tone string) {
	if run.Down() {
		return outageTitle(run.Target.Outage.Kind), "down"
	}
	return verdictTitle(run.Verdict), verdictClass(run.Verdict)
}

func outageTitle(kind string) string {
	switch kind {
	case OutageError:
		return "Target down"
	case OutageKey:
		return "Key refused"
	case OutageAbsent:
		return "API not there"
	case OutagePage:
		return "A page for people answers"
	case OutageRedirect:
		return "Everything is redirected"
	case OutageSame:
		return "Everything is answered alike"
	case OutageLimited:
		return "Rate limited"
	case OutageHead:
		return "Answers cannot be read"
	case OutageGone:
		return "Target went away"
	}
	return "Nothing was judged"
}

// why is the sentence below the verdict.
func (p *page) why() string {
	if p.Run.Verdict == NonConformant && p.Failing > 0 && p.Unfinished == 0 && !p.Run.Interrupted && p.Run.Baseline == nil {
		s := count(p.Failing, "cause fails the run", "causes fail the run")
		if rules := p.broken(); p.Failing > 1 {
			s += ", of " + count(rules, "requirement")
		}
		return s + "."
	}
	why := why(p.Run, shownBroken)
	if p.Run.Down() {
		why = strings.TrimSuffix(string(p.Run.Verdict)+": "+why, ": ")
	}
	if b := besides(p.Run); len(b) > 0 {
		why = strings.TrimPrefix(why+"; the run fails: "+strings.Join(b, "; "), "; ")
	}
	if why != "" {
		return strings.ToUpper(why[:1]) + why[1:] + "."
	}
	if p.Run.Verdict == Conformant {
		return "Every MUST requirement of the selection was tested, and none is violated."
	}
	return ""
}
