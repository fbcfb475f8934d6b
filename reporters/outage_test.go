package reporters

import (
	"strings"
	"testing"

	"github.com/hostup/api-conformance/spec"
)

// outageRun is the result of a run against a target that is down.
func outageRun(kind string, findings ...spec.Finding) *Run {
	m := Material{
		Suite:     Suite{Name: "hostup-conformance", Version: "v1"},
		Target:    Target{URL: "https://staging.example.test", Outage: &Outage{Kind: kind, Text: "the target answers everything with status 502", Hints: []string{"see whether it is up"}}},
		Catalogue: []spec.Requirement{{ID: "A-READ-001", Level: spec.Must, Sentence: "it is read"}, {ID: "B-001", Level: spec.Should, Sentence: "b"}},
		Specs:     []SpecRecord{{Name: "set-up / preflight", State: StateFailed, Problem: "the target answers everything with status 502", Findings: findings}},
	}
	return Build(m)
}

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
	if err := valid(t, jsonOf(t, run)); err != nil {
		t.Error(err)
	}
}

// TestDown: a finding that fails the run is told by its own exit code; that the target
// went away is none besides others.
func TestDown(t *testing.T) {
	key := spec.Finding{Requirement: "A-READ-001", Level: spec.Must, Where: "status", Keyword: "accepted"}
	gone := spec.Finding{Requirement: "A-READ-001", Level: spec.Must, Scope: spec.WholeTarget, Keyword: spec.KeywordGone}
	for name, tt := range map[string]struct {
		run     *Run
		down    bool
		verdict Verdict
	}{
		"down":              {outageRun(OutageError), true, Partial},
		"a refused key":     {outageRun(OutageKey, key), false, NonConformant},
		"gone":              {outageRun(OutageGone, gone), true, Partial},
		"gone after others": {outageRun(OutageGone, key, gone), false, NonConformant},
	} {
		if tt.run.Down() != tt.down || tt.run.Verdict != tt.verdict {
			t.Errorf("%s: down %t, %s; want %t, %s", name, tt.run.Down(), tt.run.Verdict, tt.down, tt.verdict)
		}
	}
}

// TestMergedOutage: a target that one job met was there.
func TestMergedOutage(t *testing.T) {
	up, down, gone := &Run{}, outageRun(OutageError), outageRun(OutageGone)
	for name, tt := range map[string]struct {
		runs []*Run
		want string
	}{
		"all down":     {[]*Run{down, down}, OutageError},
		"one up":       {[]*Run{down, up}, ""},
		"one gone":     {[]*Run{down, gone}, OutageGone},
		"gone and up":  {[]*Run{gone, up}, ""},
		"up all along": {[]*Run{up, up}, ""},
	} {
		got := ""
		if o := mergedOutage(tt.runs); o != nil {
			got = o.Kind
		}
		if got != tt.want {
			t.Errorf("%s: %q, want %q", name, got, tt.want)
		}
	}
}

// TestBlocks: what explains the others stands first, and one requirement is one block.
func TestBlocks(t *testing.T) {
	group := func(id, operation, where, keyword string, specs int) FindingGroup {
		f := spec.Finding{Requirement: id, Level: spec.Must, Operation: operation, Where: where, Keyword: keyword}
		return FindingGroup{Signature: f.Signature(), First: f, Fails: true, Specs: make([]string, specs)}
	}
	all := []FindingGroup{
		group("ACT-KIND-004", "GET /a", "$.kind", "enum", 2),
		group("HTTP-ROBUST-001", "GET /b", "status", "refused", 9),
		group("MEDIA-TYPE-001", "GET /a", "header Content-Type", "media-type", 3),
		group("HTTP-ROBUST-001", "GET /a", "status", "refused", 1),
		group("CARD-READ-001", "GET /b", "status", "accepted", 1),
		group("HTTP-ROBUST-001", "GET /c", "status", "refused", 2),
	}
	sortGroups(all)
	var got []string
	for _, b := range blocks(all) {
		got = append(got, b.first().First.Requirement+" "+strings.Join(b.also(1), ","))
	}
	want := "CARD-READ-001 |MEDIA-TYPE-001 |HTTP-ROBUST-001 GET /c  status,GET /a  status|ACT-KIND-004 "
	if text := strings.Join(got, "|"); text != want {
		t.Errorf("blocks %q, want %q", text, want)
	}
}
