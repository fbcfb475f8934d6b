package reporters

import (
	"bytes"
	"encoding/json"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"
)

func written(t testing.TB, format string, run *Run) string {
	t.Helper()
	f, ok := FormatOf(format)
	if !ok {
		t.Fatalf("no format %s", format)
	}
	var buf bytes.Buffer
	if err := f.Write(&buf, run); err != nil {
		t.Fatalf("%s: %v", format, err)
	}
	return buf.String()
}

// Every format takes every run, changes nothing in it, gives the same bytes
// again, and hands on the error of its writer.
func TestFormats(t *testing.T) {
	names, files := map[string]bool{}, map[string]bool{}
	for _, f := range Formats() {
		if names[f.Name] || files[f.File] || f.About == "" {
			t.Errorf("%s is not told apart", f.Name)
		}
		names[f.Name], files[f.File] = true, true
		for name, run := range map[string]*Run{"sample": sampleRun(), "empty": {Verdict: Partial}, "hostile": poisoned(hostile), "known": Apply(sampleRun(), sampleBaseline(), sampleDay)} {
			before := jsonOf(t, run)
			if a, b := written(t, f.Name, run), written(t, f.Name, run); a != b || a == "" {
				t.Errorf("%s of the %s run differs from time to time", f.Name, name)
			}
			if jsonOf(t, run) != before {
				t.Errorf("%s changes the %s run", f.Name, name)
			}
		}
		if err := f.Write(failingWriter{os.ErrClosed}, sampleRun()); err != os.ErrClosed {
			t.Errorf("%s: %v", f.Name, err)
		}
	}
	if _, ok := FormatOf("nonsense"); ok {
		t.Error("nonsense is a format")
	}
}

// workflowCommand is how GitHub's runner reads a line.
var workflowCommand = regexp.MustCompile(`^::(error|warning|notice) ((?:[a-zA-Z]+=[^,:]*)(?:,[a-zA-Z]+=[^,:]*)*)::(.*)$`)

func TestGitHub(t *testing.T) {
	run := Apply(sampleRun(), sampleBaseline(), sampleDay)
	golden(t, "annotations.txt", []byte(written(t, "github", run)))
	for name, run := range map[string]*Run{"sample": sampleRun(), "hostile": poisoned("::error file=x::%0A\r\n::warning::," + hostile)} {
		all := strings.Split(strings.TrimSuffix(written(t, "github", run), "\n"), "\n")
		// Two causes, a spec, a notice, the verdict.
		want := 5 + len(scope(run))
		if run.Target.Outage != nil {
			want++
		}
		if len(all) != want {
			t.Errorf("%s: %d lines, want %d", name, len(all), want)
		}
		for _, l := range all {
			if !workflowCommand.MatchString(l) {
				t.Errorf("%s: no workflow command: %s", name, l)
			}
		}
	}
	m := workflowCommand.FindStringSubmatch(strings.SplitN(written(t, "github", sampleRun()), "\n", 2)[0])
	back := strings.NewReplacer("%25", "%", "%0D", "\r", "%0A", "\n", "%3A", ":", "%2C", ",")
	if m[1] != "error" || m[2] != "file=spec/openapi.yaml,line=212,title=ACT-ROW-001 an amount is a number" || !strings.HasPrefix(back.Replace(m[3]), activity+" -> 200  $.entries[0].amount\nwant number\ngot \"98.75\" (string)\n") {
		t.Errorf("first command %q", m)
	}
	if n := strings.Count(written(t, "github", manySpecs(20, 100)), "\n"); n > githubMost+2 {
		t.Errorf("%d lines", n)
	}
}

func TestSARIF(t *testing.T) {
	for name, run := range map[string]*Run{"sample": sampleRun(), "empty": {Verdict: Partial}, "hostile": poisoned(hostile), "known": Apply(sampleRun(), sampleBaseline(), sampleDay)} {
		r, err := sarif.FromBytes([]byte(written(t, "sarif", run)))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if err := r.Validate(); err != nil { // by the schema of OASIS
			t.Errorf("%s: %v", name, err)
		}
	}
	var doc struct {
		Version string
		Runs    []struct {
			Tool struct {
				Driver struct{ Rules []struct{ ID string } }
			}
			Results []struct {
				RuleID              string
				RuleIndex           int
				Level               string
				PartialFingerprints map[string]string
				Suppressions        []struct{ Kind, Justification string }
				Locations           []struct {
					PhysicalLocation struct {
						ArtifactLocation struct{ URI string }
						Region           struct{ StartLine int }
					}
				}
			}
		}
	}
	text := written(t, "sarif", Apply(sampleRun(), sampleBaseline(), sampleDay))
	golden(t, "report.sarif", []byte(text))
	if err := json.Unmarshal([]byte(text), &doc); err != nil {
		t.Fatal(err)
	}
	run := doc.Runs[0]
	if doc.Version != "2.1.0" || len(run.Tool.Driver.Rules) != 6 || len(run.Results) != 2 {
		t.Fatalf("%+v", doc)
	}
	first := run.Results[0]
	at := first.Locations[0].PhysicalLocation
	if first.RuleID != "ACT-ROW-001" || run.Tool.Driver.Rules[first.RuleIndex].ID != first.RuleID || first.Level != "warning" || at.ArtifactLocation.URI != "spec/openapi.yaml" || at.Region.StartLine != 212 {
		t.Errorf("result %+v", first)
	}
	if first.PartialFingerprints["hostupConformanceSignature/v1"] != findingRow().Signature() || len(first.Suppressions) != 1 || !strings.Contains(first.Suppressions[0].Justification, "BILL-1234") {
		t.Errorf("result %+v", first)
	}
}

func TestBadge(t *testing.T) {
	for verdict, color := range map[Verdict]string{Conformant: "brightgreen", Partial: "yellow", NonConformant: "red", "?": "lightgrey"} {
		run := sampleRun()
		run.Verdict = verdict
		var badge map[string]any
		if err := json.Unmarshal([]byte(written(t, "badge", run)), &badge); err != nil {
			t.Fatal(err)
		}
		if badge["schemaVersion"] != 1.0 || badge["label"] == "" || badge["color"] != color || badge["message"] == "" {
			t.Errorf("%s: %v", verdict, badge)
		}
		if verdict == NonConformant && (badge["message"] != "not conformant, 1 of 5" || badge["isError"] != true) {
			t.Errorf("badge %v", badge)
		}
	}
}
