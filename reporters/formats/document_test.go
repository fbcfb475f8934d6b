package formats

import (
	"strings"
	"testing"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/reporters/internal/sample"
)

// TestEveryReportTellsOfTheDocument: every report with space for it shows the problems of
// the document with their locations; they fail a run only if this was requested.
func TestEveryReportTellsOfTheDocument(t *testing.T) {
	run := reporters.Build(reporters.Material{Catalogue: sample.Required("A"), Specs: []reporters.SpecRecord{sample.Record("a", "passed", sample.IDs("A"))}})
	run.Problems = []reporters.DocumentProblem{{ID: "DOC-REF-001", File: "theirs.yaml", Line: 41, Text: "unresolved reference Pet"}}
	for _, f := range All() {
		if f.Name == "badge" {
			continue
		}
		plain := strings.NewReplacer(`\`, "", "\u2060", "").Replace(writtenAs(t, f.Name, run))
		for _, want := range []string{"DOC-REF-001", "theirs.yaml", "41", "unresolved reference Pet"} {
			if !strings.Contains(plain, want) {
				t.Errorf("%s does not say %q:\n%s", f.Name, want, plain)
			}
		}
	}
	const fails = "1 problem with the document (--strict-document)"
	for name, text := range forPeople {
		if strings.Contains(text(t, run), fails) {
			t.Errorf("%s says that a run fails over its document, which it was not told to", name)
		}
	}
	run.Settings.StrictDocument = true
	for name, text := range forPeople {
		if !strings.Contains(text(t, run), fails) {
			t.Errorf("%s does not say %q", name, fails)
		}
	}
}
