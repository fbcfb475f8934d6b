package baseline_test

import (
	"bytes"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/reporters/baseline"
	"github.com/hostup/api-conformance/reporters/internal/golden"
	"github.com/hostup/api-conformance/reporters/internal/sample"
)

func TestReadBaseline(t *testing.T) {
	good := `baseline: hostup-conformance/baseline/1
known:
  - signature: "ACT-ROW-001 | GET /a | $.x | type"
    reason: becomes a number with 2026.5
    ticket: BILL-1
    expires: 2026-06-30
`
	b, err := baseline.Read("b.yaml", strings.NewReader(good))
	if err != nil || len(b.Known) != 1 || b.Known[0].Expires != "2026-06-30" {
		t.Fatalf("%+v, %v", b, err)
	}
	entry := good[strings.Index(good, "  - "):]
	for name, tt := range map[string]struct{ in, want string }{
		"empty":          {"", "b.yaml is empty"},
		"no YAML":        {"a: [", "b.yaml: line 2: did not find expected node content"},
		"other file":     {"name: x", "b.yaml: line 1: unknown member name"},
		"other document": {"a: 1\nb: 1\nc: 1\n", "b.yaml: line 1: unknown member a; line 2: unknown member b; line 3: unknown member c"},
		"other encoding": {"a: \xe9", "b.yaml: it is not UTF-8: line 1 has the byte 0xE9"},
		"second":         {good + "---\n" + good, "b.yaml: it holds a second YAML document (---, line 8): put all into one"},
		"other version":  {strings.Replace(good, "/1\n", "/2\n", 1), `b.yaml: baseline is "hostup-conformance/baseline/2"`},
		"unknown member": {good + "    because: x\n", "b.yaml: line 7: unknown member because"},
		"twice":          {good + entry, "b.yaml:7: entry 2: the signature stands at line 3 already"},
		"empty reason":   {strings.Replace(good, "becomes a number with 2026.5", `" "`, 1), `b.yaml:3: entry 1: the reason is " "`},
		"TODO":           {strings.Replace(good, "becomes", "todo becomes", 1), `b.yaml:3: entry 1: the reason is "todo`},
		"TODO ticket":    {strings.Replace(good, "BILL-1", "TODO", 1), `b.yaml:3: entry 1: the ticket is "TODO"`},
		"no ticket":      {strings.Replace(good, "    ticket: BILL-1\n", "", 1), `b.yaml:3: entry 1: the ticket is ""`},
		"bad date":       {strings.Replace(good, "2026-06-30", "30.6.2026", 1), `b.yaml:3: entry 1: expires is "30.6.2026"`},
		"no such date":   {strings.Replace(good, "2026-06-30", "2026-06-31", 1), `b.yaml:3: entry 1: expires is "2026-06-31"`},
		"no signature":   {strings.Replace(good, `"ACT-ROW-001 | GET /a | $.x | type"`, `""`, 1), "b.yaml:3: entry 1: no signature"},
		"half":           {strings.Replace(good, " | $.x | type", "", 1), `b.yaml:3: entry 1: "ACT-ROW-001 | GET /a" is no signature`},
		"no answer":      {strings.Replace(good, "$.x", "connection", 1), "b.yaml:3: entry 1: a response that does not come"},
		"time-out":       {strings.Replace(good, "ACT-ROW-001", "HTTP-ANSWER-001", 1), "b.yaml:3: entry 1: a response that does not come, or not to its end, cannot be a known finding"},
	} {
		if _, err := baseline.Read("b.yaml", strings.NewReader(tt.in)); err == nil || !strings.HasPrefix(err.Error(), tt.want) {
			t.Errorf("%s: %v, want %s", name, err, tt.want)
		}
	}
}

func TestWriteBaselineHasToBeFilledIn(t *testing.T) {
	var buf bytes.Buffer
	if _, err := baseline.Write(&buf, sample.Run(), nil); err != nil {
		t.Fatal(err)
	}
	golden.Compare(t, "baseline.yaml", buf.Bytes())
	if _, err := baseline.Read("b", bytes.NewReader(buf.Bytes())); err == nil || !strings.Contains(err.Error(), "the reason is") {
		t.Fatalf("as written: %v", err)
	}
	filled := strings.ReplaceAll(buf.String(), "TODO", "done")
	b, err := baseline.Read("b", strings.NewReader(filled))
	if err != nil {
		t.Fatal(err)
	}
	if len(b.Known) != 1 || b.Known[0].Signature != sample.FindingRow().Signature() {
		t.Errorf("entries %+v", b.Known)
	}
	buf.Reset()
	if _, err := baseline.Write(&buf, sample.Run(), b); err != nil {
		t.Fatal(err)
	}
	if again, err := baseline.Read("b", &buf); err != nil || again.Known[0].Reason != b.Known[0].Reason {
		t.Errorf("an entry with a reason was not kept: %v", err)
	}
}

// TestWriteKeepsTheFile: only new and removed entries change in a file under version
// control, and it contains no data of the target.
func TestWriteKeepsTheFile(t *testing.T) {
	run := sample.Run()
	kept := run.Findings[0]
	other := func(signature string) reporters.FindingGroup {
		g := kept
		g.Signature, g.First.Got, g.Fails = signature, "jane@example.com", true
		return g
	}
	run.Findings = []reporters.FindingGroup{other("ZZZ-001 | GET /z | $.z | type"), kept, other("AAA-001 | GET /a | $.a | type")}
	entry := "  - signature: " + strconv.Quote(kept.Signature) + "\n    reason: \"known: since # 2\" # ask Jo\n    ticket: 'B-1'\n    expires: 2030-01-02\n"
	gone := "  # gone with 2027\n  - signature: GONE-001 | GET /b | $.b | type\n    reason: because\n    ticket: B-2\n"
	head := "# Known findings of staging.\nbaseline: hostup-conformance/baseline/1\nknown:\n"
	old, err := baseline.Read("b", strings.NewReader(head+"  # amounts\n"+entry+gone))
	if err != nil {
		t.Fatal(err)
	}
	var buf bytes.Buffer
	if _, err := baseline.Write(&buf, run, old); err != nil {
		t.Fatal(err)
	}
	added := func(signature string) string {
		return "  - signature: " + signature + "\n    reason: 'TODO why this need not fail the run: want " + kept.First.Want + "'\n    ticket: TODO\n"
	}
	want := head + "  # amounts\n" + entry + added("AAA-001 | GET /a | $.a | type") + added("ZZZ-001 | GET /z | $.z | type")
	if diff := cmp.Diff(want, buf.String()); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	buf.Reset()
	run.Findings = nil
	if list, err := baseline.Write(&buf, run, old); err != nil || len(list.Known) != 0 || buf.String() != "# Known findings of staging.\nbaseline: hostup-conformance/baseline/1\nknown: []\n" {
		t.Errorf("without entries: %v\n%s", err, buf.String())
	}
	if again, err := baseline.Read("b", &buf); err != nil || len(again.Known) != 0 {
		t.Errorf("read again: %v", err)
	}
}

// known returns a run in which A is violated, and a baseline with an entry for it.
func known(specs ...reporters.SpecRecord) (*reporters.Run, *baseline.List) {
	for i := range specs {
		specs[i].Tally = []reporters.Tally{{Operation: sample.Activity, Exchanges: 1}}
	}
	run := reporters.Build(reporters.Material{Catalogue: sample.Required("A", "B", "S"), Specs: specs})
	return run, &baseline.List{Known: []baseline.Entry{{Signature: sample.Must("A", "x").Signature(), Reason: "r", Ticket: "T-1"}}}
}

func TestApply(t *testing.T) {
	day := time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)
	both := []reporters.SpecRecord{sample.Record("a", "failed", sample.IDs("A"), sample.Must("A", "x")), sample.Record("b", "passed", sample.IDs("B", "S"))}
	tests := []struct {
		name     string
		specs    []reporters.SpecRecord
		edit     func(*reporters.Run, *baseline.List)
		verdict  reporters.Verdict
		problem  string // code
		unjudged int
		outcome  reporters.Outcome // of spec a
	}{
		{name: "a known finding does not fail the run", specs: both, verdict: reporters.Partial, outcome: reporters.Warned},
		{name: "on its last day", specs: both, edit: func(_ *reporters.Run, b *baseline.List) { b.Known[0].Expires = "2026-03-02" }, verdict: reporters.Partial, outcome: reporters.Warned},
		{name: "after it", specs: both, edit: func(_ *reporters.Run, b *baseline.List) { b.Known[0].Expires = "2026-03-01" }, verdict: reporters.NonConformant, problem: reporters.BaselineExpired, outcome: reporters.Failed},
		{name: "another cause still fails", specs: []reporters.SpecRecord{sample.Record("a", "failed", sample.IDs("A"), sample.Must("A", "x"), sample.Must("A", "y")), both[1]}, verdict: reporters.NonConformant, outcome: reporters.Failed},
		{name: "a cause of another spec does not", specs: []reporters.SpecRecord{sample.Record("a", "failed", sample.IDs("A"), sample.Must("A", "x"), sample.Must("B", "y")), sample.Record("b", "failed", sample.IDs("B"), sample.Must("B", "y"))}, verdict: reporters.NonConformant, outcome: reporters.Warned},
		{name: "a spec that could not finish is not covered", specs: []reporters.SpecRecord{sample.Record("a", "panicked", sample.IDs("A"), sample.Must("A", "x")), both[1]}, verdict: reporters.NonConformant, outcome: reporters.Errored},
		{name: "fixed", specs: []reporters.SpecRecord{sample.Record("a", "passed", sample.IDs("A")), both[1]}, verdict: reporters.Conformant, problem: reporters.BaselineGone, outcome: reporters.Passed},
		{name: "skipped", specs: []reporters.SpecRecord{sample.Record("a", "skipped", sample.IDs("A")), both[1]}, verdict: reporters.Partial, unjudged: 1, outcome: reporters.Skipped},
		{name: "one spec of it skipped", specs: []reporters.SpecRecord{sample.Record("a", "passed", sample.IDs("A")), sample.Record("c", "skipped", sample.IDs("A")), both[1]}, verdict: reporters.Conformant, unjudged: 1, outcome: reporters.Passed},
		{name: "filtered", specs: []reporters.SpecRecord{sample.Record("a", "passed", sample.IDs("A")), both[1]}, edit: func(r *reporters.Run, _ *baseline.List) { r.Settings.LabelFilter = "x" }, verdict: reporters.Conformant, unjudged: 1, outcome: reporters.Passed},
		{name: "never called", specs: []reporters.SpecRecord{sample.Record("a", "passed", sample.IDs("A")), both[1]}, edit: func(r *reporters.Run, _ *baseline.List) { r.Traffic = reporters.Traffic{} }, verdict: reporters.Conformant, unjudged: 1, outcome: reporters.Passed},
		{name: "a requirement that is none", specs: []reporters.SpecRecord{sample.Record("a", "passed", sample.IDs("A")), both[1]}, edit: func(_ *reporters.Run, b *baseline.List) { b.Known[0].Signature = "Z | GET /a | x | k" }, verdict: reporters.Conformant, problem: reporters.BaselineUnknown, outcome: reporters.Passed},
		{name: "an operation that is none", specs: []reporters.SpecRecord{sample.Record("a", "passed", sample.IDs("A")), both[1]}, edit: func(r *reporters.Run, b *baseline.List) {
			r.Coverage = &reporters.Coverage{}
			b.Known[0].Signature = "A | GET /a/{id} | x | k"
		}, verdict: reporters.Conformant, problem: reporters.BaselineUnknown, outcome: reporters.Passed},
		{name: "an operation that is none and that nobody called", specs: []reporters.SpecRecord{sample.Record("a", "passed", sample.IDs("A")), both[1]}, edit: func(r *reporters.Run, b *baseline.List) {
			r.Coverage = &reporters.Coverage{}
			b.Known[0].Signature = "A | GET /api/v2/billing/activitty | x | k"
		}, verdict: reporters.Conformant, problem: reporters.BaselineUnknown, outcome: reporters.Passed},
		{name: "answers of no operation, which are asked for in every run", specs: []reporters.SpecRecord{sample.Record("a", "passed", sample.IDs("A")), both[1]}, edit: func(r *reporters.Run, b *baseline.List) {
			r.Coverage = &reporters.Coverage{}
			b.Known[0].Signature = "A | answers of no operation of v2 | body | k"
		}, verdict: reporters.Conformant, problem: reporters.BaselineGone, outcome: reporters.Passed},
		{name: "an operation of a spec that did not run", specs: []reporters.SpecRecord{sample.Record("a", "skipped", sample.IDs("A")), both[1]}, edit: func(r *reporters.Run, b *baseline.List) {
			r.Coverage = &reporters.Coverage{}
			b.Known[0].Signature = "A | DELETE /api/v2/billing/activity | x | k"
		}, verdict: reporters.Partial, unjudged: 1, outcome: reporters.Skipped},
		{name: "an operation of the document that was not called", specs: []reporters.SpecRecord{sample.Record("a", "passed", sample.IDs("A")), both[1]}, edit: func(r *reporters.Run, b *baseline.List) {
			r.Coverage = &reporters.Coverage{Operations: []reporters.OperationCoverage{{Operation: "POST /api/billing/pay"}}}
			b.Known[0].Signature = "A | POST /api/billing/pay | x | k"
		}, verdict: reporters.Conformant, unjudged: 1, outcome: reporters.Passed},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			run, b := known(tt.specs...)
			if tt.edit != nil {
				tt.edit(run, b)
			}
			before := sample.Shown(t, reporters.WriteJSON, run)
			got := baseline.Apply(run, b, day.Add(12*time.Hour))
			if sample.Shown(t, reporters.WriteJSON, run) != before {
				t.Error("Apply changed its argument")
			}
			var codes []string
			for _, p := range got.Baseline.Problems {
				codes = append(codes, p.Code)
			}
			if got.Verdict != tt.verdict || strings.Join(codes, " ") != tt.problem || len(got.Baseline.Unjudged) != tt.unjudged || got.Specs[0].Outcome != tt.outcome {
				t.Errorf("%s, problems %v, unjudged %v, spec %s; want %s, %q, %d, %s", got.Verdict, codes, got.Baseline.Unjudged, got.Specs[0].Outcome, tt.verdict, tt.problem, tt.unjudged, tt.outcome)
			}
			if len(got.Findings) != len(run.Findings) {
				t.Error("a finding is not shown any more")
			}
		})
	}
}

func TestPrune(t *testing.T) {
	var buf bytes.Buffer
	if _, err := baseline.Prune(&buf, sample.Baseline(), sample.Run(), sample.Day); err != nil {
		t.Fatal(err)
	}
	b, err := baseline.Read("b", &buf)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(sample.FindingRow().Signature(), b.Known[0].Signature); diff != "" || len(b.Known) != 1 {
		t.Errorf("entries %+v", b.Known)
	}
}
