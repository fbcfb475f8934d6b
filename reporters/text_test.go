package reporters

import (
	"bytes"
	"errors"
	"regexp"
	"strings"
	"testing"
	"time"
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

func TestTextTotals(t *testing.T) {
	run := sampleRun()
	want := "7 specs: 1 passed, 2 failed, 1 warned, 2 skipped, 1 could not finish; 41 exchanges; 2.1 s"
	if got := totals(run); got != want {
		t.Errorf("totals = %q, want %q", got, want)
	}
}

func TestDuration(t *testing.T) {
	for d, want := range map[time.Duration]string{
		0:                       "0 ms",
		12 * time.Millisecond:   "12 ms",
		2100 * time.Millisecond: "2.1 s",
		185 * time.Second:       "3 min 5 s",
	} {
		if got := duration(d); got != want {
			t.Errorf("duration(%v) = %q, want %q", d, got, want)
		}
	}
}

func TestTextReportsWriteErrors(t *testing.T) {
	broken := errors.New("disk full")
	for name, write := range map[string]func() error{
		"text":  func() error { return WriteText(failingWriter{broken}, sampleRun(), TextOptions{}) },
		"junit": func() error { return WriteJUnit(failingWriter{broken}, sampleRun()) },
		"json":  func() error { return WriteJSON(failingWriter{broken}, sampleRun()) },
	} {
		if err := write(); !errors.Is(err, broken) {
			t.Errorf("%s: %v, want %v", name, err, broken)
		}
	}
}

type failingWriter struct{ err error }

func (w failingWriter) Write([]byte) (int, error) { return 0, w.err }

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

// poisoned is a run in which every string that a target, an embedder or an
// environment can choose is s.
func poisoned(s string) *Run {
	run := sampleRun()
	run.Suite = Suite{s, s}
	run.Document = Document{s, s, s, s, s, nil}
	run.Target.URL, run.Settings.LabelFilter, run.Settings.Profile, run.Settings.Safety, run.Notices = s, s, s, s, []string{s}
	for i := range run.Specs {
		p := &run.Specs[i]
		p.Name, p.Area, p.Operation, p.Requirements = p.Name+s, s, s, append(p.Requirements, s)
		if p.Skip != nil {
			p.Skip = &Skip{s, s}
		}
		if p.Problem != "" {
			p.Problem = s
		}
	}
	for i := range run.Requirements {
		q := &run.Requirements[i]
		q.Sentence, q.Sources = s, []string{s}
	}
	for i := range run.Findings {
		g := &run.Findings[i]
		g.First.Operation, g.First.Where, g.First.Want, g.First.Got, g.First.File = s, s, s, s, s
	}
	for i := range run.Exchanges {
		e := &run.Exchanges[i]
		e.Spec, e.Failure, e.Curl = s, s, s
		e.Request = Message{Line: s, Headers: []Header{{s, s}}, Body: s}
		e.Response = &Message{Line: s, Headers: []Header{{s, s}}, Body: s}
	}
	for i := range run.Drift {
		run.Drift[i] = Drift{s, s, 1}
	}
	run.Target.Outage = &Outage{Kind: OutageGone, Text: s, Hints: []string{s}, After: s}
	run.Created = []Created{{What: s, ID: s, Spec: s, Unsure: s}}
	for i := range run.Coverage.Operations {
		o := &run.Coverage.Operations[i]
		o.Operation = s
		for k := range o.Items {
			o.Items[k].Text = s
		}
	}
	return run
}
