package formats

import (
	"strings"
	"testing"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/reporters/diff"
	"github.com/hostup/api-conformance/reporters/internal/sample"
)

// TestOutageInEveryFormat: every format has the headline, within one screen, and calls
// nothing conformant or violated.
func TestOutageInEveryFormat(t *testing.T) {
	run := sample.Down(reporters.OutageError)
	if run.Verdict != reporters.Partial || !run.Down() || len(run.Findings) != 0 {
		t.Fatalf("verdict %s, down %t, findings %d", run.Verdict, run.Down(), len(run.Findings))
	}
	for _, q := range run.Requirements {
		if q.Outcome != reporters.Skipped || q.Skip.Code != reporters.SkipDown {
			t.Errorf("%s is %s for %+v", q.ID, q.Outcome, q.Skip)
		}
	}
	old := sample.Run()
	var delta, deltaMarkdown strings.Builder
	d := diff.Results(old, run)
	if err := d.WriteText(&delta); err != nil {
		t.Fatal(err)
	}
	if err := d.WriteMarkdown(&deltaMarkdown); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"text": writtenAs(t, "text", run), "github": writtenAs(t, "github", run), "markdown": writtenAs(t, "markdown", run), "summary": writtenAs(t, "summary", run),
		"diff": delta.String(), "diff in Markdown": deltaMarkdown.String(),
	} {
		if n := strings.Count(text, "\n"); n > 12 || !strings.Contains(text, "the target answers everything with status 502") {
			t.Errorf("%s, %d lines:\n%s", name, n, text)
		}
	}
	for _, name := range []string{"html", "junit", "json"} {
		if !strings.Contains(writtenAs(t, name, run), "the target answers everything with status 502") {
			t.Errorf("%s does not say it", name)
		}
	}
	if err := sample.Valid(t, sample.Shown(t, reporters.WriteJSON, run)); err != nil {
		t.Error(err)
	}
}
