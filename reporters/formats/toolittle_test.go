package formats

import (
	"strings"
	"testing"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/reporters/internal/sample"
)

// TestEveryReportSaysThatTooLittleWasTested: a run that ends with 3 says why in every
// report, also if the report is made again from report.json.
func TestEveryReportSaysThatTooLittleWasTested(t *testing.T) {
	run := reporters.Build(reporters.Material{Catalogue: sample.Required("A", "B", "C"), Specs: []reporters.SpecRecord{
		sample.Record("a", "passed", sample.IDs("A")), sample.Record("b", "skipped", sample.IDs("B")), sample.Record("c", "skipped", sample.IDs("C")),
	}})
	again, err := reporters.ReadJSON(strings.NewReader(writtenAs(t, "json", run)))
	if err != nil {
		t.Fatal(err)
	}
	const want = "too little was tested: 1 of 3 MUST requirements, fewer than half"
	reports := map[string]func(*testing.T, *reporters.Run) string{"sarif": func(t *testing.T, run *reporters.Run) string { return writtenAs(t, "sarif", run) }}
	for name, text := range forPeople {
		reports[name] = text
	}
	for name, text := range reports {
		if got := text(t, again); !strings.Contains(got, want) {
			t.Errorf("%s does not say %q:\n%s", name, want, got)
		}
	}
	run.Settings.AllowPartial = true
	for name, text := range reports {
		if strings.Contains(text(t, run), "too little") {
			t.Errorf("%s complains of a run that was allowed to test little", name)
		}
	}
}

// TestSARIFOfAnOutage: a file without results says that the run was not successful.
func TestSARIFOfAnOutage(t *testing.T) {
	for _, kind := range []string{reporters.OutageError, reporters.OutageGone} {
		text := writtenAs(t, "sarif", sample.Down(kind))
		for _, want := range []string{`"executionSuccessful": false`, `"toolExecutionNotifications"`, "the target answers everything with status 502"} {
			if !strings.Contains(text, want) {
				t.Errorf("%s: no %s in\n%s", kind, want, text)
			}
		}
	}
}
