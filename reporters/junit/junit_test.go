package junit

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/reporters/internal/escape"
	"github.com/hostup/api-conformance/reporters/internal/golden"
	"github.com/hostup/api-conformance/reporters/internal/sample"
	"github.com/hostup/api-conformance/reporters/internal/wording"
	"github.com/hostup/api-conformance/spec"
)

// junitOf writes a run and parses the result.
func junitOf(t *testing.T, run *reporters.Run) (junitSuites, string) {
	t.Helper()
	var buf bytes.Buffer
	if err := Write(&buf, run); err != nil {
		t.Fatal(err)
	}
	wellFormed(t, buf.Bytes())
	var got junitSuites
	if err := xml.Unmarshal(buf.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	return got, buf.String()
}

func wellFormed(t *testing.T, data []byte) {
	t.Helper()
	d := xml.NewDecoder(bytes.NewReader(data)) // Strict is the default
	for {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			t.Fatalf("not well-formed: %v", err)
		}
	}
}

func TestJUnitGolden(t *testing.T) {
	_, text := junitOf(t, sample.Run())
	golden.Compare(t, "junit.xml", []byte(text))
}

func TestJUnitAgreesWithTheModel(t *testing.T) {
	run := sample.Run()
	got, _ := junitOf(t, run)
	suite := got.Suites[0]
	if len(suite.Cases) != len(run.Specs) {
		t.Fatalf("%d testcases for %d specs", len(suite.Cases), len(run.Specs))
	}
	if got.Tests != 7 || got.Failures != 2 || got.Errors != 1 || suite.Tests != 7 || suite.Failures != 2 || suite.Errors != 1 || suite.Skipped != 2 {
		t.Errorf("counts: testsuites %d %d %d, testsuite %d %d %d %d", got.Tests, got.Failures, got.Errors, suite.Tests, suite.Failures, suite.Errors, suite.Skipped)
	}
	for i, c := range suite.Cases {
		s := run.Specs[i]
		if c.Name != escape.Line(s.Name, 1000) || c.Classname != "hostup-conformance."+s.Area || c.Time != seconds(s.Duration) {
			t.Errorf("spec %q is the testcase %q of %q with time %s", s.Name, c.Name, c.Classname, c.Time)
		}
		if has := [...]bool{c.Failure != nil, c.Error != nil, c.Skipped != nil}; has != [...]bool{s.Outcome == reporters.Failed, s.Outcome == reporters.Errored, s.Outcome == reporters.Skipped} {
			t.Errorf("spec %q is %s, the testcase has failure, error, skipped: %v", s.Name, s.Outcome, has)
		}
		if ids := valuesOf(c, "requirement"); !slices.Equal(ids, s.Requirements) {
			t.Errorf("requirements %v, want %v", ids, s.Requirements)
		}
		if level := valuesOf(c, "level"); !slices.Equal(level, []string{string(s.Level)}) {
			t.Errorf("level %v, want %v", level, s.Level)
		}
	}

	failed, again, warned, skipped := suite.Cases[1], suite.Cases[2], suite.Cases[3], suite.Cases[5]
	if failed.Failure.Type != "ACT-ROW-001" || failed.Failure.Message != `ACT-ROW-001: want number, got "98.75" (string) (and 1 other cause)` {
		t.Errorf("failure type %q, message %q", failed.Failure.Type, failed.Failure.Message)
	}
	if want := wording.Group(run.Findings[0], sample.RequirementRow, run.Exchanges[0].Curl, wording.Painter{}); !strings.Contains(failed.Failure.Text, want) {
		t.Errorf("the failure does not hold the text of the finding:\n%s", failed.Failure.Text)
	}
	if want := "\n< HTTP/1.1 200 OK\n"; !strings.Contains(failed.Failure.Text, want) {
		t.Errorf("the failure does not hold the exchange:\n%s", failed.Failure.Text)
	}
	if want := "\nACT-ROW-001  MUST  same cause as \"activity / rows / amounts are numbers\"\n"; again.Failure.Text != want {
		t.Errorf("second testcase of a cause: %q, want %q", again.Failure.Text, want)
	}
	if !strings.Contains(string(warned.SystemOut), "ACT-UTC-001  SHOULD  a time is in UTC\n") || strings.Contains(string(warned.SystemOut), "curl ") {
		t.Errorf("warning:\n%s", warned.SystemOut)
	}
	if want := "safety: needs --safety pay, this run has write"; skipped.Skipped.Message != want {
		t.Errorf("skipped message %q, want %q", skipped.Skipped.Message, want)
	}
}

func valuesOf(c junitCase, name string) []string {
	var out []string
	for l := range strings.SplitSeq(string(c.SystemOut), "\n") {
		if p, ok := strings.CutPrefix(l, "[[PROPERTY|"+name+"="); ok {
			out = append(out, strings.TrimSuffix(p, "]]"))
		}
	}
	return out
}

func TestJUnitIsNeverGreenForAFailedRun(t *testing.T) {
	orphan := reporters.FindingGroup{Signature: "s", First: sample.FindingRow(), Fails: true, Count: 1}
	tests := []struct {
		name string
		run  reporters.Run
		want string // name of the failing testcase
	}{
		{"no spec shows the cause", reporters.Run{Verdict: reporters.NonConformant, Findings: []reporters.FindingGroup{orphan}}, "no spec is charged with: s"},
		{"only a pass shows it", reporters.Run{Verdict: reporters.NonConformant, Findings: []reporters.FindingGroup{orphan}, Specs: []reporters.SpecResult{{Name: "a", Outcome: reporters.Passed, Signatures: []string{"s"}}}}, "no spec is charged with: s"},
		{"nothing explains the verdict", reporters.Run{Verdict: reporters.NonConformant, Specs: []reporters.SpecResult{{Name: "a", Outcome: reporters.Passed}}}, "the run as a whole"},
		{"nothing ran", reporters.Run{Verdict: reporters.Partial, Specs: []reporters.SpecResult{{Name: "a", Outcome: reporters.Skipped}}}, "the run as a whole"},
		{"no specs", reporters.Run{Verdict: reporters.Conformant}, "the run as a whole"},
		{"unknown outcome", reporters.Run{Verdict: reporters.Conformant, Specs: []reporters.SpecResult{{Name: "a", Outcome: "?"}}}, "a"},
		{"failed without a finding", reporters.Run{Verdict: reporters.Conformant, Specs: []reporters.SpecResult{{Name: "a", Outcome: reporters.Failed}}}, "a"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, text := junitOf(t, &tt.run)
			var red []string
			for _, c := range got.Suites[0].Cases {
				if c.Failure != nil || c.Error != nil {
					red = append(red, c.Name)
				}
			}
			if !slices.Equal(red, []string{tt.want}) || got.Failures+got.Errors != 1 || got.Tests != len(got.Suites[0].Cases) {
				t.Errorf("red testcases %q, want %q:\n%s", red, tt.want, text)
			}
		})
	}
	if got, text := junitOf(t, &reporters.Run{Verdict: reporters.Conformant, Specs: []reporters.SpecResult{{Name: "a", Outcome: reporters.Passed}}}); got.Failures+got.Errors != 0 || got.Tests != 1 {
		t.Errorf("a conformant run is red:\n%s", text)
	}
}

// TestJUnitTellsACauseWhereItFails: a spec that only met a cause may come first by name,
// but people look at the one that owns it.
func TestJUnitTellsACauseWhereItFails(t *testing.T) {
	row, other := sample.FindingRow(), sample.FindingRow()
	other.Requirement = "ACT-PAGE-003"
	run := &reporters.Run{
		Verdict: reporters.NonConformant,
		Specs: []reporters.SpecResult{
			{Name: "a", Requirements: []string{"X"}, Outcome: reporters.Passed, Signatures: []string{row.Signature()}},
			{Name: "b", Requirements: []string{"ACT-PAGE-003"}, Outcome: reporters.Failed, Signatures: []string{other.Signature(), row.Signature()}},
			{Name: "c", Requirements: []string{"ACT-ROW-001"}, Outcome: reporters.Failed, Signatures: []string{row.Signature()}},
			{Name: "d", Requirements: []string{"ACT-ROW-001"}, Outcome: reporters.Failed, Signatures: []string{row.Signature()}},
		},
		Findings: []reporters.FindingGroup{
			{Signature: other.Signature(), First: other, Fails: true},
			{Signature: row.Signature(), First: row, Fails: true},
		},
	}
	got, text := junitOf(t, run)
	cases := got.Suites[0].Cases
	if cases[1].Failure.Type != "ACT-PAGE-003" || !strings.Contains(cases[1].Failure.Text, `ACT-ROW-001  MUST  same cause as "c"`) {
		t.Errorf("b: %+v", cases[1].Failure)
	}
	if cases[2].Failure.Type != "ACT-ROW-001" || !strings.Contains(cases[2].Failure.Text, "\n  want   number\n") {
		t.Errorf("c: %+v", cases[2].Failure)
	}
	if n := strings.Count(text, "$.entries[0].amount"); n != 2 {
		t.Errorf("the causes are told in full %d times, want once each:\n%s", n, text)
	}
}

// An exchange that shows several causes of a testcase is told once there.
func TestJUnitTellsAnExchangeOnce(t *testing.T) {
	row, other := sample.FindingRow(), sample.FindingRow()
	row.Exchange, other.Exchange, other.Requirement = "x0001", "x0001", "ACT-PAGE-003"
	run := &reporters.Run{
		Verdict: reporters.NonConformant,
		Specs:   []reporters.SpecResult{{Name: "b", Outcome: reporters.Failed, Signatures: []string{other.Signature(), row.Signature()}}},
		Findings: []reporters.FindingGroup{
			{Signature: other.Signature(), First: other, Fails: true},
			{Signature: row.Signature(), First: row, Fails: true},
		},
		Exchanges: []reporters.Exchange{{ID: "x0001", Spec: "b"}},
	}
	_, text := junitOf(t, run)
	if whole, again := strings.Count(text, "exchange x0001, 0 ms"), strings.Count(text, "exchange x0001, as above"); whole != 1 || again != 1 {
		t.Errorf("told %d times and referred to %d times:\n%s", whole, again, text)
	}
}

func TestJUnitIsBounded(t *testing.T) {
	run := sample.Run()
	big := strings.Repeat("x", 5<<20)
	e := &run.Exchanges[0]
	e.Response.Body, e.Response.Bytes = big, len(big)
	for range 5000 {
		e.Response.Headers = append(e.Response.Headers, reporters.Header{Name: "X-Big", Value: big})
	}
	run.Specs[4].Problem = big
	for i := range 1000 {
		s := run.Specs[2]
		s.Name = fmt.Sprintf("activity / rows / z%d", i)
		run.Specs = append(run.Specs, s)
	}
	got, text := junitOf(t, run)
	if len(text) > 1<<20 {
		t.Errorf("the file has %d bytes", len(text))
	}
	failure := got.Suites[0].Cases[1].Failure.Text
	for _, want := range []string{"< (cut: the body has 5242880 bytes)", "< (4942 more headers)"} {
		if !strings.Contains(failure, want) {
			t.Errorf("no line %q", want)
		}
	}
}

func TestJUnitKeepsNamesWhenOtherThingsChange(t *testing.T) {
	names := func(run *reporters.Run) (all []string) {
		got, _ := junitOf(t, run)
		for _, c := range got.Suites[0].Cases {
			all = append(all, c.Classname+" "+c.Name)
		}
		return all
	}
	changed := sample.Run()
	changed.Findings, changed.Exchanges, changed.Settings.Seed, changed.Suite.Version = nil, nil, 99, "v9"
	for i := range changed.Specs {
		changed.Specs[i].Outcome, changed.Specs[i].Requirements = reporters.Passed, nil
	}
	changed.Verdict = reporters.Conformant
	if a, b := names(sample.Run()), names(changed); !slices.Equal(a, b) {
		t.Errorf("names changed:\n%q\n%q", a, b)
	}
}

func FuzzJUnit(f *testing.F) {
	f.Add(sample.Hostile)
	f.Add("]]>\r\n\x0b\ud7ff\U0010ffff")
	f.Add(string([]byte{0xed, 0xa0, 0x80, 0xc0, 0x80}))
	f.Fuzz(func(t *testing.T, s string) {
		run := sample.Poisoned(s)
		run.Findings = append(run.Findings, reporters.FindingGroup{Signature: s, Fails: true, First: spec.Finding{Requirement: s, Level: spec.Level(s), Want: s, Got: s}})
		got, _ := junitOf(t, run)
		if n := len(got.Suites[0].Cases); n != got.Tests || n < len(run.Specs) {
			t.Errorf("%d testcases, tests=%d, %d specs", n, got.Tests, len(run.Specs))
		}
	})
}
