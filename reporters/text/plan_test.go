package text

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/reporters/internal/golden"
)

func plan() *reporters.Plan {
	return &reporters.Plan{
		Target:   "https://staging.example.com",
		Settings: reporters.Settings{Safety: "write", Seed: 7, Procs: 2, LabelFilter: "activity"},
		Data:     []reporters.PlanDatum{{Name: "accountId", From: "given"}, {Name: "invoiceId", From: "missing: set HOSTUP_INVOICE_ID"}},
		Tiers: []reporters.PlanTier{
			{Safety: "read-only", Lines: []reporters.PlanLine{
				{Method: "GET", Path: "/api/v2/billing//activity", Other: true, Why: "the method is safe", Least: 1, Most: 1, Requirements: []string{"HTTP-ROBUST-001"}},
				{Method: "GET", Path: "/api/v2/billing/activity", Why: "reads", Least: 3, Most: 40, Requirements: []string{
					"ACT-PAGE-001", "ACT-PAGE-002", "ACT-PAGE-003", "ACT-PAGE-004", "ACT-ROW-001", "AUTH-KEY-001", "BODY-JSON-001", "BODY-JSON-002", "discovery",
				}},
				{Method: "GET", Path: "/api/v2/billing/activity;a=b", Other: true, Why: "the method is safe", Least: 1, Most: 1, Requirements: []string{"HTTP-ROBUST-001"}},
			}},
			{Safety: "write", Lines: []reporters.PlanLine{
				{Method: "PUT", Path: "/api/v2/billing/activity", Why: "a broken target may change something", Least: 1, Most: 1, Requirements: []string{"HTTP-METHOD-001"}},
			}},
			{Safety: "pay"},
		},
		Skipped: []reporters.PlanSkip{{Code: reporters.SkipSafety, Reason: "allow it with --safety pay", Specs: 1}},
		RPS:     2,
		Unkept:  1,
	}
}

func TestWritePlan(t *testing.T) {
	var buf bytes.Buffer
	if err := WritePlan(&buf, plan(), 100); err != nil {
		t.Fatal(err)
	}
	golden.Compare(t, "plan.txt", buf.Bytes())
}

func TestWritePlanJSON(t *testing.T) {
	var buf bytes.Buffer
	if err := reporters.WritePlanJSON(&buf, plan()); err != nil {
		t.Fatal(err)
	}
	back := new(reporters.Plan)
	if err := json.Unmarshal(buf.Bytes(), back); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(plan(), back); diff != "" {
		t.Error(diff)
	}
}

// TestWritePlanCounted: a plan without a rehearsal does not mention a server.
func TestWritePlanCounted(t *testing.T) {
	counted := plan()
	counted.Counted = true
	var buf bytes.Buffer
	if err := WritePlan(&buf, counted, 0); err != nil {
		t.Fatal(err)
	}
	if s := buf.String(); !strings.Contains(s, "counted from the document and your settings") || strings.Contains(s, "was run against") {
		t.Errorf("the plan says\n%s", s)
	}
}
