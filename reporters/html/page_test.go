package html

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/reporters/internal/domtest"
	"github.com/hostup/api-conformance/reporters/internal/sample"
)

// TestHeadline: the first line says what happened, and for which target.
func TestHeadline(t *testing.T) {
	down := &reporters.Run{Verdict: reporters.Partial, Target: reporters.Target{URL: "https://staging.example.test", Outage: &reporters.Outage{Kind: reporters.OutageError, Text: "the target answers with 502 (4 of 4)", Hints: []string{"see whether it is up"}}}}
	gone := sample.SeveralPlaces(1)
	gone.Target.Outage = &reporters.Outage{Kind: reporters.OutageGone, Text: "the target stopped accepting connections"}
	for _, tt := range []struct {
		name  string
		run   *reporters.Run
		title string
		notes []string
	}{
		{"not conformant", sample.Run(), "Not conformant: https://staging.example.test", nil},
		{"embedded", &reporters.Run{Verdict: reporters.Conformant, Target: reporters.Target{Embedded: true}}, "Conformant: the embedded reference server", nil},
		{"down", down, "Target down: https://staging.example.test", []string{"the target answers with 502 (4 of 4)", "Hint: see whether it is up"}},
		{"gone, with findings", gone, "Not conformant: https://staging.example.test", []string{"the target stopped accepting connections; 0 specs not judged"}},
	} {
		d := domtest.Parse(t, sample.Shown(t, Write, tt.run))
		if got := domtest.TextOf(d.All(domtest.Tag(atom.H1))[0]); got != tt.title {
			t.Errorf("%s: headline %q, want %q", tt.name, got, tt.title)
		}
		if got := domtest.TextOf(d.All(domtest.Tag(atom.Title))[0]); !strings.HasPrefix(got, tt.title+" ·") {
			t.Errorf("%s: title %q", tt.name, got)
		}
		var notes []string
		for _, n := range d.All(domtest.Class("notice")) {
			if s := domtest.TextOf(n); !strings.HasPrefix(s, "Notice:") && !strings.HasPrefix(s, "Not tested") {
				notes = append(notes, s)
			}
		}
		if diff := cmp.Diff(tt.notes, notes); diff != "" {
			t.Errorf("%s:\n%s", tt.name, diff)
		}
	}
}

// TestVariablesToSet: variables that skipped specs need are a block to copy, which
// contains only names of variables.
func TestVariablesToSet(t *testing.T) {
	for _, tt := range []struct {
		name    string
		reasons []reporters.Skip
		want    string
	}{
		{"none", []reporters.Skip{{Code: reporters.SkipSafety, Reason: "set HOSTUP_X"}}, ""},
		{"in the order of the specs", []reporters.Skip{{Code: reporters.SkipConfiguration, Reason: "set HOSTUP_A: because"}, {Code: reporters.SkipConfiguration, Reason: "set HOSTUP_B"}, {Code: reporters.SkipConfiguration, Reason: "set HOSTUP_B"}}, "export HOSTUP_B=''\nexport HOSTUP_A=''"},
		{"several in one reason", []reporters.Skip{{Code: reporters.SkipConfiguration, Reason: "set HOSTUP_A: x: set HOSTUP_B and HOSTUP_C"}}, "export HOSTUP_A=''\nexport HOSTUP_B=''\nexport HOSTUP_C=''"},
		{"of another API", []reporters.Skip{{Code: reporters.SkipConfiguration, Reason: "set CONFORMANCE_AUTH_PETS to call it, and set IT right"}}, "export CONFORMANCE_AUTH_PETS=''"},
		{"named, not to be set", []reporters.Skip{{Code: reporters.SkipConfiguration, Reason: "HOSTUP_API_KEY is refused"}}, ""},
		{"hostile", []reporters.Skip{{Code: reporters.SkipConfiguration, Reason: "set HOSTUP_A$(reboot)\n`id`"}}, "export HOSTUP_A=''"},
	} {
		run := &reporters.Run{Verdict: reporters.Partial}
		for i, s := range tt.reasons {
			run.Specs = append(run.Specs, reporters.SpecResult{Name: fmt.Sprint(i), Outcome: reporters.Skipped, Skip: &s})
		}
		got := ""
		for _, n := range domtest.Parse(t, sample.Shown(t, Write, run)).All(func(n *html.Node) bool { return domtest.Attr(n, "id") == "exports" }) {
			got = n.FirstChild.Data
		}
		if got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

// TestPageAgainst: a page shows what changed since an earlier result.
func TestPageAgainst(t *testing.T) {
	now, before := sample.SeveralPlaces(1), sample.Run()
	fixed := sample.FindingRow()
	fixed.Requirement, fixed.Where = "ACT-PAGE-003", "$.gone"
	before.Findings = append(before.Findings, reporters.FindingGroup{Signature: fixed.Signature(), First: fixed, Fails: true, Count: 1})
	var b strings.Builder
	if err := WriteAgainst(&b, now, before); err != nil {
		t.Fatal(err)
	}
	d := domtest.Parse(t, b.String())
	if got, want := domtest.TextOf(d.All(domtest.Class("trend"))[0]), "Since 1 March 2026 12:00 UTC: 1 new finding, 1 fixed, 2 still violated"; got != want {
		t.Errorf("the top says %q, want %q", got, want)
	}
	var changes []string
	for _, n := range d.All(domtest.Class("changes")) {
		changes = append(changes, domtest.TextOf(n))
	}
	want := []string{
		`ACT-ROW-001 MUST GET /api/v2/list0 -> 200 $.entries[1].amount: want number, got "98.75" (string)`,
		`ACT-PAGE-003 MUST ` + sample.Activity + ` -> 200 $.gone: want number, got "98.75" (string)`,
	}
	if len(changes) != 3 || cmp.Diff(want, changes[:2]) != "" {
		t.Errorf("changes: %q", changes)
	}
	for _, n := range d.All(domtest.Class("new")) {
		if !domtest.Inside(n, "finding-3") {
			t.Error("an old cause is marked as new")
		}
	}
	if n := len(d.All(domtest.Class("new"))); n != 1 {
		t.Errorf("%d causes are marked as new, want 1", n)
	}
	if strings.Contains(sample.Shown(t, Write, now), `id="trend"`) {
		t.Error("a page without an earlier result speaks of changes")
	}
}

func TestHTMLOfManyIsBounded(t *testing.T) {
	for _, tt := range []struct {
		name string
		run  *reporters.Run
		most int
	}{
		{"green", sample.ManySpecs(900, 0), 1 << 20},
		{"red", sample.ManySpecs(900, 60), 5 << 20},
		{"1,200 operations", sample.ManyOperations(1200, 0), 5 << 20},
		{"1,200 operations, all broken", sample.ManyOperations(1200, 12), 5 << 20},
	} {
		n := len(sample.Shown(t, Write, tt.run))
		t.Logf("%s: %d KiB", tt.name, n>>10)
		if n > tt.most {
			t.Errorf("%s: the page has %d bytes, want at most %d", tt.name, n, tt.most)
		}
	}
}
