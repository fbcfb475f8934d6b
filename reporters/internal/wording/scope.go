package wording

import (
	"fmt"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/reporters/internal/escape"
	"github.com/hostup/api-conformance/spec/packs"
)

// Scope returns what a reader must know to interpret the verdict: which part of the
// contract was tested. It is empty for a run of everything. A partial run says little
// about the whole contract, however green it is, so every report shows these sentences
// beside the verdict.
func Scope(run *reporters.Run) []string {
	var out []string
	if run.Target.Recording != nil {
		out = append(out, "recorded traffic was judged and nothing was sent: what it does not show was not tested")
	}
	if name := run.Settings.Profile; name != "" {
		s := "judged by the profile " + escape.Line(name, escape.PlaceLimit)
		// A result of another version may name a profile that is unknown here.
		if p, err := packs.ProfileNamed(name); err == nil {
			s += ", which is for " + p.Sentence
		}
		out = append(out, s+": what such a target cannot satisfy was left out")
	}
	if filter := run.Settings.LabelFilter; filter != "" {
		out = append(out, "only the specs that these labels select were run: "+escape.Line(filter, escape.PlaceLimit))
	}
	if n := leftOut(run); n > 0 && len(out) > 0 {
		out[len(out)-1] += fmt.Sprintf(" (%d of %s untested)", n, Count(len(run.Requirements), "requirement"))
	}
	return out
}

// leftOut counts the requirements that a selection left out.
func leftOut(run *reporters.Run) int {
	n := 0
	for _, q := range run.Requirements {
		if q.Outcome == reporters.Skipped && q.Skip != nil && q.Skip.Code == reporters.SkipNotSelected {
			n++
		}
	}
	return n
}

// Limited names the kind of partial run, "" for a run of everything.
func Limited(run *reporters.Run) string {
	switch {
	case run.Target.Recording != nil:
		return "recorded traffic"
	case run.Settings.Profile != "":
		return "profile " + escape.Line(run.Settings.Profile, 40)
	case run.Settings.LabelFilter != "":
		return "filtered"
	}
	return ""
}

// Shortfall says that less of the document was observed than required; "" if not.
func Shortfall(run *reporters.Run) string {
	if err := reporters.CheckCoverage(run, run.Settings.MinCoverage); err != nil {
		return err.Error()
	}
	return ""
}
