package reporters

import (
	"bytes"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"github.com/hostup/api-conformance/spec"
)

func summary(t *testing.T, run *Run, opt TextOptions) string {
	t.Helper()
	var buf bytes.Buffer
	if err := WriteText(&buf, run, opt); err != nil {
		t.Fatal(err)
	}
	return buf.String()
}

func TestTextGolden(t *testing.T) {
	golden(t, "text.txt", []byte(summary(t, sampleRun(), TextOptions{Width: 80})))
	golden(t, "text-color.txt", []byte(summary(t, sampleRun(), TextOptions{Width: 80, Color: true})))
	golden(t, "text-verbose.txt", []byte(summary(t, sampleRun(), TextOptions{Verbose: true})))
	strict := sampleRun()
	strict.Settings.Strict = true
	strict.Findings[1].Fails = true
	golden(t, "text-strict.txt", []byte(summary(t, strict, TextOptions{Width: 120})))
}

func TestTextColourChangesNothingElse(t *testing.T) {
	plain := summary(t, sampleRun(), TextOptions{Width: 80})
	colour := summary(t, sampleRun(), TextOptions{Width: 80, Color: true})
	if got := regexp.MustCompile(`\x1b\[[0-9]+m`).ReplaceAllString(colour, ""); got != plain {
		t.Errorf("without its sequences the coloured text is not the plain one:\n%s", got)
	}
}

func TestTextShowsTheFindingText(t *testing.T) {
	run := sampleRun()
	got := summary(t, run, TextOptions{})
	for _, want := range strings.Split(FindingText(run.Findings[0].First, requirementRow, run.Exchanges[0].Curl), "\n") {
		if !strings.Contains(got, want+"\n") {
			t.Errorf("no line %q", want)
		}
	}
}

func TestTextLastLine(t *testing.T) {
	skipped := func(id, code string) RequirementResult {
		return RequirementResult{Requirement: spec.Requirement{ID: id, Level: spec.Must}, Outcome: Skipped, Skip: &Skip{Code: code}}
	}
	ran := []SpecResult{{Name: "a", Outcome: Passed}}
	tests := []struct {
		name string
		run  Run
		want string
	}{
		{"conformant", Run{Verdict: Conformant, Specs: ran}, "verdict: conformant"},
		{
			"partial", Run{Verdict: Partial, Specs: ran, Requirements: []RequirementResult{skipped("A-1", SkipSafety), skipped("B-1", SkipNoData)}},
			"verdict: partial (2 MUST requirements not tested: A-1, B-1)",
		},
		{
			"partial with a filter", Run{Verdict: Partial, Specs: ran, Settings: Settings{LabelFilter: "x"}, Requirements: []RequirementResult{skipped("A-1", SkipSafety), skipped("B-1", SkipNotSelected)}},
			"verdict: partial, filtered (1 MUST requirement not tested: A-1)",
		},
		{"interrupted", Run{Verdict: Partial, Specs: ran, Interrupted: true}, "verdict: partial (the run was interrupted)"},
		{"nothing", Run{Verdict: Partial}, "verdict: partial (nothing was tested)"},
		{"non-conformant", *sampleRun(), "verdict: non-conformant (1 cause; 1 spec could not finish)"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			all := strings.Split(strings.TrimSuffix(summary(t, &tt.run, TextOptions{Width: 80}), "\n"), "\n")
			if got := all[len(all)-1]; got != tt.want {
				t.Errorf("last line %q, want %q", got, tt.want)
			}
		})
	}
}

func FuzzText(f *testing.F) {
	f.Add(hostile)
	f.Add("\x9b31m\r\n\u2028")
	f.Fuzz(func(t *testing.T, s string) {
		for _, width := range []int{0, 1, 80} {
			for _, r := range summary(t, poisoned(s), TextOptions{Width: width, Verbose: true}) {
				if r != '\n' && !unicode.IsPrint(r) {
					t.Fatalf("%q got through", r)
				}
			}
		}
	})
}
