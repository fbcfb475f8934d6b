package formats

import (
	"strings"
	"testing"

	"golang.org/x/net/html/atom"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/reporters/html"
	"github.com/hostup/api-conformance/reporters/internal/domtest"
	"github.com/hostup/api-conformance/reporters/internal/sample"
)

// forPeople are the formats for humans, each with the form of a text in it.
var forPeople = map[string]func(t *testing.T, run *reporters.Run) string{
	"text": func(t *testing.T, run *reporters.Run) string { return unwrapped(writtenAs(t, "text", run)) },
	"html": func(t *testing.T, run *reporters.Run) string {
		return domtest.TextOf(domtest.Parse(t, sample.Shown(t, html.Write, run)).All(domtest.Tag(atom.Body))[0])
	},
	"markdown": func(t *testing.T, run *reporters.Run) string {
		return domtest.TextOf(domtest.Rendered(t, writtenAs(t, "markdown", run)).Root)
	},
	"summary": func(t *testing.T, run *reporters.Run) string {
		return domtest.TextOf(domtest.Rendered(t, writtenAs(t, "summary", run)).Root)
	},
	"github": func(t *testing.T, run *reporters.Run) string {
		return strings.ReplaceAll(writtenAs(t, "github", run), "%25", "%")
	},
	"junit": func(t *testing.T, run *reporters.Run) string { return writtenAs(t, "junit", run) },
}

func unwrapped(s string) string { return strings.Join(strings.Fields(s), " ") }

// Every report of a conformant run says whether only a part of the contract was tested,
// and which, or that certificates were not verified.
func TestEveryReportSaysWhatWasTested(t *testing.T) {
	run := sample.Run()
	run.Verdict = reporters.Conformant
	run.Settings.Profile, run.Settings.LabelFilter = "static-mock", "cards"
	run.Requirements[3].Skip = &reporters.Skip{Code: reporters.SkipNotSelected, Reason: "the label filter leaves it out"}
	for name, text := range forPeople {
		got := text(t, run)
		for _, want := range []string{
			"judged by the profile static-mock, which is for a mock server that answers from the examples of the document and remembers nothing: what such a target cannot satisfy was left out",
			"only the specs that these labels select were run: cards (1 of 6 requirements untested)",
			"the certificate of the target was not verified",
		} {
			if !strings.Contains(got, want) {
				t.Errorf("%s does not say %q", name, want)
			}
		}
		for _, mistaken := range []string{"judged by the profile", "these labels select"} {
			if strings.Contains(text(t, sample.Run()), mistaken) {
				t.Errorf("%s of a whole run says %q", name, mistaken)
			}
		}
	}
	for limit, change := range map[string]func(*reporters.Settings){
		"(profile static-mock)": func(s *reporters.Settings) { s.Profile = "static-mock" },
		"(filtered)":            func(s *reporters.Settings) { s.LabelFilter = "cards" },
	} {
		part := sample.Run()
		change(&part.Settings)
		if badge := writtenAs(t, "badge", part); !strings.Contains(badge, limit) {
			t.Errorf("badge %s does not say %s", badge, limit)
		}
	}
	strict := sample.Run()
	strict.Settings.Strict = true
	for name, text := range forPeople {
		if name != "github" && !strings.Contains(text(t, strict), "strict") {
			t.Errorf("%s does not say that the run was strict", name)
		}
	}
}

// A run below --min-coverage is marked as failed in every report that can do so, although
// its verdict is about the target.
func TestCoverageGateShows(t *testing.T) {
	run := reporters.Build(reporters.Material{Catalogue: sample.Required("A"), Specs: []reporters.SpecRecord{sample.Record("a", "passed", sample.IDs("A"))}})
	run.Coverage = sample.Coverage()
	run.Settings.MinCoverage = 90
	if run.Verdict != reporters.Conformant {
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
