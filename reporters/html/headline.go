package html

import (
	"strings"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/reporters/internal/wording"
)

// pageTarget returns what was tested, for the headline.
func pageTarget(t reporters.Target) string {
	if t.Recording != nil {
		return "recorded traffic"
	}
	return wording.Target(t)
}

// headline returns the headline and its colour class: the verdict, or the outage of the
// target if there was nothing else to report.
func headline(run *reporters.Run) (text, tone string) {
	if run.Down() {
		return outageTitle(run.Target.Outage.Kind), "down"
	}
	return wording.VerdictTitle(run.Verdict), verdictClass(run.Verdict)
}

func outageTitle(kind string) string {
	switch kind {
	case reporters.OutageError:
		return "Target down"
	case reporters.OutageKey:
		return "Key refused"
	case reporters.OutageAbsent:
		return "API not there"
	case reporters.OutagePage:
		return "A page for people answers"
	case reporters.OutageRedirect:
		return "Everything is redirected"
	case reporters.OutageSame:
		return "Everything is answered alike"
	case reporters.OutageLimited:
		return "Rate limited"
	case reporters.OutageClosed:
		return "A credential is wanted"
	case reporters.OutageSlow:
		return "Too slow for the time limit"
	case reporters.OutageSilent:
		return "No responses"
	case reporters.OutageHead:
		return "Responses cannot be read"
	case reporters.OutageGone:
		return "Target went away"
	case reporters.OutageChanged:
		return "Target changed"
	case reporters.OutageDown:
		return "Target was down"
	}
	return "Nothing was judged"
}

// why returns the sentence below the verdict.
func (p *page) why() string {
	if p.Run.Verdict == reporters.NonConformant && p.Failing > 0 && p.Unfinished == 0 && !p.Run.Interrupted && p.Run.Baseline == nil {
		s := wording.Count(p.Failing, "cause fails the run", "causes fail the run")
		if rules := p.broken(); p.Failing > 1 {
			s += ", of " + wording.Count(rules, "requirement")
		}
		return s + "."
	}
	why := wording.Why(p.Run, shownBroken)
	if p.Run.Down() {
		why = strings.TrimSuffix(string(p.Run.Verdict)+": "+why, ": ")
	}
	if b := wording.Besides(p.Run); len(b) > 0 {
		why = strings.TrimPrefix(why+"; the run fails: "+strings.Join(b, "; "), "; ")
	}
	if why != "" {
		return strings.ToUpper(why[:1]) + why[1:] + "."
	}
	switch {
	case p.Run.Verdict != reporters.Conformant:
		return ""
	case wording.Limited(p.Run) != "":
		return "Every MUST requirement of the selection was tested, and none is violated."
	}
	return "Every MUST requirement was tested, and none is violated."
}
