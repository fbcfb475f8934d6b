package ci

import (
	"encoding/json"
	"net/url"
	"path/filepath"
	"strings"
	"testing"

	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/reporters/internal/golden"
	"github.com/hostup/api-conformance/reporters/internal/sample"
	"github.com/hostup/api-conformance/spec"
)

func TestSARIF(t *testing.T) {
	for name, run := range map[string]*reporters.Run{"sample": sample.Run(), "empty": {Verdict: reporters.Partial}, "hostile": sample.Poisoned(sample.Hostile), "known": sample.Known()} {
		r, err := sarif.FromBytes([]byte(sample.Shown(t, WriteSARIF, run)))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if err := r.Validate(); err != nil { // against the schema of OASIS
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
	text := sample.Shown(t, WriteSARIF, sample.Known())
	golden.Compare(t, "report.sarif", []byte(text))
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
	if strings.Contains(text, ": -1") || strings.Contains(text, "[]") || strings.Contains(text, "{}") {
		t.Error("defaults are written, which readers have taken for values")
	}
	if first.PartialFingerprints["hostupConformanceSignature/v1"] != sample.FindingRow().Signature() || len(first.Suppressions) != 1 || !strings.Contains(first.Suppressions[0].Justification, "BILL-1234") {
		t.Errorf("result %+v", first)
	}
}

// TestSARIFPaths: a path is written as a URI reference.
func TestSARIFPaths(t *testing.T) {
	for path, want := range map[string]string{
		"spec/openapi.yaml":  "spec/openapi.yaml",
		"../a.yaml":          "../a.yaml",
		"with space.yaml":    "with%20space.yaml",
		"50%.yaml":           "50%25.yaml",
		"hash#1?.yaml":       "hash%231%3F.yaml",
		"räksmörgås.yaml":    "r%C3%A4ksm%C3%B6rg%C3%A5s.yaml",
		"[v2].yaml":          "%5Bv2%5D.yaml",
		"{env}.yaml":         "%7Benv%7D.yaml",
		"a|b^c.yaml":         "a%7Cb%5Ec.yaml",
		"a\"b<c>`.yaml":      "a%22b%3Cc%3E%60.yaml",
		"a:b.yaml":           "./a:b.yaml",
		"x/a:b.yaml":         "x/a:b.yaml",
		"a\\b.yaml":          "a%5Cb.yaml",
		"//host/a.yaml":      "file:///host/a.yaml",
		"/tmp/a.yaml":        "/tmp/a.yaml",
		"\x1b[2J\xff\n.yaml": "%1B%5B2J%FF%0A.yaml",
	} {
		got := artifact(path)
		if got != want {
			t.Errorf("%q is %s, want %s", path, got, want)
		}
		u, err := url.Parse(got)
		if err != nil || u.Scheme == "" && filepath.Clean(u.Path) != filepath.Clean(path) {
			t.Errorf("%s leads elsewhere: %v (%v)", got, u, err)
		}
	}
}

// TestSARIFTellsCausesApart: several causes of one rule at one line of the document
// are as many alerts, each with the fingerprint that code scanning goes by.
func TestSARIFTellsCausesApart(t *testing.T) {
	run := &reporters.Run{Verdict: reporters.NonConformant, Document: reporters.Document{Path: "openapi.yaml", Lines: map[string]int{
		"GET /api/v2/billing/cards": 40, "POST /api/v2/billing/cards": 60, "GET /api/v2/billing/activity": 20, "GET /health": 5,
	}}}
	for _, at := range []struct {
		operation string
		file      string
		line      int
		want      int
	}{
		{"GET /api/v2/billing/cards", "openapi.yaml", 976, 976},
		{"GET /api/v2/billing/activity", "openapi.yaml", 976, 976},
		{"POST /api/v2/billing/cards", "", 0, 60},
		{"DELETE /api/v2/billing/cards", "", 0, 40},
		{"GET /api/v2/billing/cards/", "", 0, 40},
		{"GET /api/v2/billing/nowhere", "", 0, 20},
		{"GET /nowhere", "", 0, 1},
		{"GET /", "", 0, 1},
		{"", "", 0, 1},
	} {
		f := spec.Finding{Requirement: "X-1", Level: spec.Must, Operation: at.operation, File: at.file, Line: at.line}
		run.Findings = append(run.Findings, reporters.FindingGroup{Signature: f.Signature(), First: f, Fails: true, Count: at.want})
	}
	var doc struct {
		Runs []struct {
			Results []struct {
				OccurrenceCount     int
				PartialFingerprints map[string]string
				Locations           []struct {
					PhysicalLocation struct{ Region struct{ StartLine int } }
				}
			}
		}
	}
	if err := json.Unmarshal([]byte(sample.Shown(t, WriteSARIF, run)), &doc); err != nil {
		t.Fatal(err)
	}
	prints := map[string]bool{}
	for i, r := range doc.Runs[0].Results {
		if got := r.Locations[0].PhysicalLocation.Region.StartLine; got != r.OccurrenceCount {
			t.Errorf("%s is at line %d, want %d", run.Findings[i].Signature, got, r.OccurrenceCount)
		}
		prints[r.PartialFingerprints["primaryLocationLineHash"]] = true
	}
	if len(prints) != len(run.Findings) || prints[""] {
		t.Errorf("%d fingerprints for %d causes: %v", len(prints), len(run.Findings), prints)
	}
}

func TestSARIFRuleNames(t *testing.T) {
	for sentence, want := range map[string]string{
		"an amount is a number":                 "AnAmountIsANumber",
		"a page's `limit` is 1 to 100, no more": "APagesLimitIs1To100NoMore",
		"":                                      "Requirement",
		"åäö":                                   "Requirement",
		strings.Repeat("abcde ", 100):           strings.Repeat("Abcde", 51),
		"POST /pay answers 402 (declined \u202e)": "POSTPayAnswers402Declined",
	} {
		if got := ruleName(sentence); got != want {
			t.Errorf("%q is %s, want %s", sentence, got, want)
		}
	}
}
