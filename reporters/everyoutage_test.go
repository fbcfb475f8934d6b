package reporters

import (
	"strings"
	"testing"
)

// TestOutageInEveryFormat: the headline stands in each, within a screen, and nothing is
// called conformant or violated.
func TestOutageInEveryFormat(t *testing.T) {
	run := outageRun(OutageError)
	if run.Verdict != Partial || !run.Down() || len(run.Findings) != 0 {
		t.Fatalf("verdict %s, down %t, findings %d", run.Verdict, run.Down(), len(run.Findings))
	}
	for _, q := range run.Requirements {
		if q.Outcome != Skipped || q.Skip.Code != SkipDown {
			t.Errorf("%s is %s for %+v", q.ID, q.Outcome, q.Skip)
		}
	}
	old := sampleRun()
	var diff, diffMarkdown strings.Builder
	d := Diff(old, run)
	if err := d.WriteText(&diff); err != nil {
		t.Fatal(err)
	}
	if err := d.WriteMarkdown(&diffMarkdown); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"text": written(t, "text", run), "github": written(t, "github", run), "markdown": written(t, "markdown", run), "summary": written(t, "summary", run),
		"diff": diff.String(), "diff in Markdown": diffMarkdown.String(),
	} {
		if n := strings.Count(text, "\n"); n > 12 || !strings.Contains(text, "the target answers everything with status 502") {
			t.Errorf("%s, %d lines:\n%s", name, n, text)
		}
	}
	for _, name := range []string{"html", "junit", "json"} {
		if !strings.Contains(written(t, name, run), "the target answers everything with status 502") {
			t.Errorf("%s does not say it", name)
		}
	}
	if err := valid(t, shown(t, WriteJSON, run)); err != nil {
		t.Error(err)
	}
}
