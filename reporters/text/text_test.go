package text

import (
	"bytes"
	"regexp"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/reporters/internal/golden"
	"github.com/hostup/api-conformance/reporters/internal/sample"
	"github.com/hostup/api-conformance/reporters/internal/wording"
	"github.com/hostup/api-conformance/spec"
)

func summary(t *testing.T, run *reporters.Run, opt Options) string {
	t.Helper()
	var buf bytes.Buffer
	if err := Write(&buf, run, opt); err != nil {
		t.Fatal(err)
	}
	return buf.String()
}

func TestTextGolden(t *testing.T) {
	golden.Compare(t, "text.txt", []byte(summary(t, sample.Run(), Options{Width: 80})))
	golden.Compare(t, "text-color.txt", []byte(summary(t, sample.Run(), Options{Width: 80, Color: true})))
	golden.Compare(t, "text-verbose.txt", []byte(summary(t, sample.Run(), Options{Verbose: true})))
	strict := sample.Run()
	strict.Settings.Strict = true
	strict.Findings[1].Fails = true
	golden.Compare(t, "text-strict.txt", []byte(summary(t, strict, Options{Width: 120})))
}

func TestTextColourChangesNothingElse(t *testing.T) {
	plain := summary(t, sample.Run(), Options{Width: 80})
	colour := summary(t, sample.Run(), Options{Width: 80, Color: true})
	if got := regexp.MustCompile(`\x1b\[[0-9]+m`).ReplaceAllString(colour, ""); got != plain {
		t.Errorf("without its sequences the coloured text is not the plain one:\n%s", got)
	}
}

func TestTextShowsTheFindingText(t *testing.T) {
	run := sample.Run()
	got := summary(t, run, Options{})
	for _, want := range strings.Split(wording.Finding(run.Findings[0].First, sample.RequirementRow, run.Exchanges[0].Curl), "\n") {
		if !strings.Contains(got, want+"\n") {
			t.Errorf("no line %q", want)
		}
	}
}

func TestTextLastLine(t *testing.T) {
	skipped := func(id, code string) reporters.RequirementResult {
		return reporters.RequirementResult{Requirement: spec.Requirement{ID: id, Level: spec.Must}, Outcome: reporters.Skipped, Skip: &reporters.Skip{Code: code}}
	}
	ran := []reporters.SpecResult{{Name: "a", Outcome: reporters.Passed}}
	tests := []struct {
		name string
		run  reporters.Run
		want string
	}{
		{"conformant", reporters.Run{Verdict: reporters.Conformant, Specs: ran}, "verdict: conformant"},
		{
			"partial", reporters.Run{Verdict: reporters.Partial, Specs: ran, Requirements: []reporters.RequirementResult{skipped("A-1", reporters.SkipSafety), skipped("B-1", reporters.SkipNoData)}},
			"verdict: partial (2 MUST requirements not tested: A-1, B-1)",
		},
		{
			"much is untested", reporters.Run{Verdict: reporters.Partial, Specs: ran, Requirements: []reporters.RequirementResult{
				skipped("A-1", reporters.SkipSafety), skipped("A-2", reporters.SkipSafety), skipped("A-3", reporters.SkipSafety), skipped("A-4", reporters.SkipSafety), skipped("A-5", reporters.SkipSafety),
			}},
			"verdict: partial (5 MUST requirements not tested: A-1, A-2, A-3, and 2 more)",
		},
		{
			"partial with a filter", reporters.Run{Verdict: reporters.Partial, Specs: ran, Settings: reporters.Settings{LabelFilter: "x"}, Requirements: []reporters.RequirementResult{skipped("A-1", reporters.SkipSafety), skipped("B-1", reporters.SkipNotSelected)}},
			"verdict: partial, filtered (1 MUST requirement not tested: A-1)",
		},
		{"interrupted", reporters.Run{Verdict: reporters.Partial, Specs: ran, Interrupted: true}, "verdict: partial (the run was interrupted)"},
		{"nothing", reporters.Run{Verdict: reporters.Partial}, "verdict: partial (nothing was tested)"},
		{"non-conformant", *sample.Run(), "verdict: non-conformant (1 cause; 1 spec could not finish)"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			all := strings.Split(strings.TrimSuffix(summary(t, &tt.run, Options{Width: 80}), "\n"), "\n")
			if got := all[len(all)-1]; got != tt.want {
				t.Errorf("last line %q, want %q", got, tt.want)
			}
		})
	}
}

func TestTextCountsWhatFailsApartFromWhatIsKnown(t *testing.T) {
	cause := func(id string, known bool) reporters.FindingGroup {
		g := reporters.FindingGroup{Signature: id + " | GET /a | body | x", Fails: !known, First: spec.Finding{Requirement: id, Level: spec.Must, Where: "body"}}
		if known {
			g.Known = &reporters.Known{Reason: "an old fault", Ticket: "T-1"}
		}
		return g
	}
	for want, list := range map[string][]reporters.FindingGroup{
		"MUST: 2 causes fail this run":                   {cause("A-1", false), cause("A-2", false)},
		"MUST: 1 cause fails this run; 2 more are known": {cause("A-1", false), cause("A-2", true), cause("A-3", true)},
		"MUST: 2 causes fail this run; 1 more is known":  {cause("A-1", false), cause("A-2", false), cause("A-3", true)},
		"MUST: 1 cause, known":                           {cause("A-1", true)},
	} {
		run := &reporters.Run{Verdict: reporters.NonConformant, Findings: list}
		if got := summary(t, run, Options{}); !strings.Contains(got, want+"\n") {
			t.Errorf("no line %q in\n%s", want, got)
		}
	}
}

func FuzzText(f *testing.F) {
	f.Add(sample.Hostile)
	f.Add("\x9b31m\r\n\u2028")
	f.Fuzz(func(t *testing.T, s string) {
		for _, width := range []int{0, 1, 80} {
			for _, r := range summary(t, sample.Poisoned(s), Options{Width: width, Verbose: true}) {
				if r != '\n' && !unicode.IsPrint(r) {
					t.Fatalf("%q got through", r)
				}
			}
		}
	})
}

// TestNarrow: the summary fits the width of the terminal.
func TestNarrow(t *testing.T) {
	run := sample.Run()
	run.Settings.MinCoverage = 90
	var b bytes.Buffer
	if err := Write(&b, run, Options{Width: 40}); err != nil {
		t.Fatal(err)
	}
	said := map[string]bool{}
	for line := range strings.Lines(b.String()) {
		for _, begin := range []string{"target ", "verdict: ", "the run fails: ", "observed ", "made at ", "7 specs: "} {
			if n := utf8.RuneCountInString(strings.TrimSuffix(line, "\n")); strings.HasPrefix(line, begin) {
				if said[begin] = true; n > 40 {
					t.Errorf("%d columns: %s", n, line)
				}
			}
		}
	}
	if len(said) != 6 {
		t.Errorf("said %v of\n%s", said, b.String())
	}
}
