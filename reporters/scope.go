package reporters

import (
	"fmt"

	"github.com/hostup/api-conformance/spec/packs"
)

// scope says what a reader has to know before the verdict means anything: which
// part of the contract was tested at all. It is empty for a run of everything.
// What a run of a part says of the whole contract is little, however green it is,
// so every report shows these sentences beside the verdict.
func scope(run *Run) []string {
	var out []string
	if run.Target.Recording != nil {
		out = append(out, "recorded traffic was judged and nothing was sent: what it does not show was not tested")
	}
	if name := run.Settings.Profile; name != "" {
		s := "judged by the profile " + line(name, placeLimit)
		// A result of another version may name a profile that is not known here.
		if p, err := packs.ProfileNamed(name); err == nil {
			s += ", which is for " + p.Sentence
		}
		out = append(out, s+": what such a target cannot keep was left out")
	}
	if filter := run.Settings.LabelFilter; filter != "" {
		out = append(out, "only specs that the label filter selects were run: "+line(filter, placeLimit))
	}
	if n := leftOut(run); n > 0 && len(out) > 0 {
		out[len(out)-1] += fmt.Sprintf(" (%d of %s untested)", n, count(len(run.Requirements), "requirement"))
	}
	return out
}

// leftOut counts the requirements that a selection left out.
func leftOut(run *Run) int {
	n := 0
	for _, q := range run.Requirements {
		if q.Outcome == Skipped && q.Skip != nil && q.Skip.Code == SkipNotSelected {
			n++
		}
	}
	return n
}

// limited is a word for a run of a part of the contract, "" for one of all.
func limited(run *Run) string {
	switch {
	case run.Target.Recording != nil:
		return "recorded traffic"
	case run.Settings.Profile != "":
		return "profile " + line(run.Settings.Profile, 40)
	case run.Settings.LabelFilter != "":
		return "filtered"
	}
	return ""
}

// shortfall says that less of the document was observed than the run was told to
// ask for; "" if not.
func shortfall(run *Run) string {
	if err := CheckCoverage(run, run.Settings.MinCoverage); err != nil {
		return err.Error()
	}
	return ""
}
