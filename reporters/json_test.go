package reporters_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/reporters/internal/golden"
	"github.com/hostup/api-conformance/reporters/internal/sample"
)

func TestJSONGolden(t *testing.T) {
	golden.Compare(t, "run.json", []byte(sample.Shown(t, reporters.WriteJSON, sample.Run())))
}

func TestJSONRoundTrip(t *testing.T) {
	want := sample.Run()
	text := sample.Shown(t, reporters.WriteJSON, want)
	got, err := reporters.ReadJSON(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	// JSON cannot hold bytes that are not UTF-8.
	valid := cmp.Transformer("valid", func(s string) string { return strings.ToValidUTF8(s, "\ufffd") })
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty(), valid); diff != "" {
		t.Errorf("read back (-want +got):\n%s", diff)
	}

	text = sample.Shown(t, reporters.WriteJSON, got)
	if got, err = reporters.ReadJSON(strings.NewReader(text)); err != nil {
		t.Fatal(err)
	}
	if sample.Shown(t, reporters.WriteJSON, got) != text {
		t.Error("written again, it is another text")
	}
}

func TestJSONOfAnEmptyRunHasLists(t *testing.T) {
	run := &reporters.Run{Verdict: reporters.Partial, Specs: []reporters.SpecResult{{}}, Findings: []reporters.FindingGroup{{}}, Exchanges: []reporters.Exchange{{Response: &reporters.Message{}}}, Requirements: []reporters.RequirementResult{{}}, Traffic: reporters.Traffic{Operations: []reporters.OperationCount{{}}}}
	for name, r := range map[string]*reporters.Run{"zero": {Verdict: reporters.Partial}, "zero entries": run} {
		if text := sample.Shown(t, reporters.WriteJSON, r); strings.Contains(text, "null") {
			t.Errorf("%s: a list is null:\n%s", name, text)
		}
	}
	if run.Specs[0].Requirements != nil || run.Exchanges[0].Response.Headers != nil || run.Traffic.Operations[0].Statuses != nil || run.Schema != "" {
		t.Error("WriteJSON changed its argument")
	}
}

func TestReadJSONRefuses(t *testing.T) {
	good := sample.Shown(t, reporters.WriteJSON, sample.Run())
	replace := func(from, to string) string {
		if !strings.Contains(good, from) {
			t.Fatalf("the sample has no %s", from)
		}
		return strings.Replace(good, from, to, 1)
	}
	tests := []struct {
		name, in, want string
	}{
		{"nothing", "", "read result: not one JSON object: unexpected end of JSON input"},
		{"no object", "[]", "read result: not one JSON object: json: cannot unmarshal array"},
		{"cut short", good[:len(good)/2], "read result: not one JSON object: unexpected end of JSON input"},
		{"trailing data", good + "{}", "read result: not one JSON object: invalid character '{' after top-level value"},
		{"other file", `{"tests": 3}`, `read result: no member "schema": not a result of hostup-conformance`},
		{"schema of another type", replace(`"hostup-conformance/run/1"`, "1"), `read result: member "schema" is 1, want the string "hostup-conformance/run/1"`},
		{"other version", replace("run/1", "run/2"), `read result: schema is "hostup-conformance/run/2", this version reads "hostup-conformance/run/1"; read the file with the version that wrote it`},
		{"unknown member", replace(`"verdict"`, `"x": 1, "Specs": 2, "verdict"`), "read result: unknown members: Specs, x"},
		{"missing member", `{"schema": "hostup-conformance/run/1", "verdict": "conformant"}`, "read result: missing members: document, durationNanoseconds, exchanges, findings, requirements, settings, specs, started, suite, target, traffic"},
		{"no verdict", replace(`"verdict": "non-conformant"`, `"verdict": "fine"`), `read result: "fine" is not a verdict`},
		{"wrong type", replace(`"procs": 4`, `"procs": "4"`), "read result: json: cannot unmarshal string into Go struct field"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			run, err := reporters.ReadJSON(strings.NewReader(tt.in))
			if err == nil || !strings.HasPrefix(err.Error(), tt.want) {
				t.Errorf("error %v, want %s", err, tt.want)
			}
			if run != nil {
				t.Error("a Run came with the error")
			}
		})
	}
}

func TestReadJSONIgnoresNewMembersInside(t *testing.T) {
	text := strings.Replace(sample.Shown(t, reporters.WriteJSON, sample.Run()), `"procs": 4`, `"procs": 4, "new": true`, 1)
	if _, err := reporters.ReadJSON(strings.NewReader(text)); err != nil {
		t.Error(err)
	}
}
