package formats

import (
	"strings"
	"testing"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/reporters/internal/sample"
)

// TestUnfinishedInEveryFormat: no format shows success for a run that lost a process,
// even if others tested the same requirements.
func TestUnfinishedInEveryFormat(t *testing.T) {
	left := sample.Record("b", "skipped", sample.IDs("A"))
	left.Skip = &reporters.Skip{Code: reporters.SkipUnfinished, Reason: "this spec could not finish: process 2 of 3 was killed (signal: killed)"}
	run := reporters.Build(reporters.Material{Catalogue: sample.Required("A"), Specs: []reporters.SpecRecord{sample.Record("a", "passed", sample.IDs("A")), left}})
	for name, want := range map[string]string{
		"text":  "verdict: partial (a process of the run was killed or ended early, 1 spec could not finish)",
		"html":  "A process of the run was killed or ended early, 1 spec could not finish",
		"junit": `<error type="error" message="unfinished: this spec could not finish: process 2 of 3 was killed`,
		"badge": `"color":"yellow"`,
	} {
		if text := writtenAs(t, name, run); !strings.Contains(text, want) {
			t.Errorf("%s does not say %s:\n%s", name, want, text)
		}
	}
	if text := writtenAs(t, "junit", run); !strings.Contains(text, `errors="2"`) || !strings.Contains(text, "the run as a whole") || !strings.Contains(text, `skipped="0"`) {
		t.Errorf("the counts of junit:\n%s", text)
	}
}
