package reporters

import (
	"strings"
	"testing"

	"golang.org/x/net/html/atom"
)

// forPeople are the formats that a person reads, each with how a text looks there.
var forPeople = map[string]func(t *testing.T, run *Run) string{
	"text": func(t *testing.T, run *Run) string { return unwrapped(written(t, "text", run)) },
	"html": func(t *testing.T, run *Run) string {
		return textOf(parsed(t, shown(t, WriteHTML, run)).all(tag(atom.Body))[0])
	},
	"markdown": func(t *testing.T, run *Run) string { return textOf(rendered(t, written(t, "markdown", run)).root) },
	"summary":  func(t *testing.T, run *Run) string { return textOf(rendered(t, written(t, "summary", run)).root) },
	"github":   func(t *testing.T, run *Run) string { return strings.ReplaceAll(written(t, "github", run), "%25", "%") },
	"junit":    func(t *testing.T, run *Run) string { return written(t, "junit", run) },
}

func unwrapped(s string) string { return strings.Join(strings.Fields(s), " ") }

// Whoever reads that a run is conformant reads beside it that it was one of a
// part of the contract, or without the certificate, and which part.
func TestEveryReportSaysWhatWasTested(t *testing.T) {
	run := sampleRun()
	run.Verdict = Conformant
	run.Settings.Profile, run.Settings.LabelFilter = "static-mock", "cards"
	run.Requirements[3].Skip = &Skip{Code: SkipNotSelected, Reason: "the label filter leaves it out"}
	for name, text := range forPeople {
		got := text(t, run)
		for _, want := range []string{
			"judged by the profile static-mock, which is for a mock server that answers from the examples of the document and remembers nothing: what such a target cannot keep was left out",
			"only specs that the label filter selects were run: cards (1 of 6 requirements untested)",
			"the certificate of the target was not verified",
		} {
			if !strings.Contains(got, want) {
				t.Errorf("%s does not say %q", name, want)
			}
		}
		for _, mistaken := range []string{"judged by the profile", "label filter selects"} {
			if strings.Contains(text(t, sampleRun()), mistaken) {
				t.Errorf("%s of a whole run says %q", name, mistaken)
			}
		}
	}
	for limit, change := range map[string]func(*Settings){
		"(profile static-mock)": func(s *Settings) { s.Profile = "static-mock" },
		"(filtered)":            func(s *Settings) { s.LabelFilter = "cards" },
	} {
		part := sampleRun()
		change(&part.Settings)
		if badge := written(t, "badge", part); !strings.Contains(badge, limit) {
			t.Errorf("badge %s does not say %s", badge, limit)
		}
	}
	strict := sampleRun()
	strict.Settings.Strict = true
	for name, text := range forPeople {
		if name != "github" && !strings.Contains(text(t, strict), "strict") {
			t.Errorf("%s does not say that the run was strict", name)
		}
	}
}

// A run that observed less than it was told to is red in every report that can
// be, although its verdict is about the target.
func TestCoverageGateShows(t *testing.T) {
	run := Build(Material{Catalogue: required("A"), Specs: []SpecRecord{rec("a", "passed", ids("A"))}})
	run.Coverage = sampleCoverage()
	run.Settings.MinCoverage = 90
	if run.Verdict != Conformant {
		t.Fatal(run.Verdict)
	}
	const want = "50 % of the document was observed (3 of 6), --min-coverage asks for 90 %"
	for name, text := range forPeople {
		if got := text(t, run); !strings.Contains(got, want) {
			t.Errorf("%s does not say %q", name, want)
		}
	}
	run.Settings.MinCoverage = 50
	for name, text := range forPeople {
		if strings.Contains(text(t, run), "--min-coverage asks") {
			t.Errorf("%s complains of a run that observed enough", name)
		}
	}
}
