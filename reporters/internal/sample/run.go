package sample

import (
	"time"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/spec"
)

// Hostile is what a target might answer to harm readers of a report: a terminal escape,
// the end of a CDATA section, a tag, a character and a byte that XML forbids, a text
// direction override.
const Hostile = "\x1b[2J]]><b attr=\"x\">&amp;\x00\ufffe\xff\u202egpj.exe"

const (
	Activity = "GET /api/v2/billing/activity"
	Pay      = "POST /api/v2/billing/invoices/{invoiceId}/pay"
)

var (
	RequirementRow   = spec.Requirement{ID: "ACT-ROW-001", Level: spec.Must, Family: "activity", Operations: []string{"getActivity"}, Sentence: "an amount is a number", Sources: []string{"https://developer.hostup.se/endpoints/billing/get-v2-billing-activity"}}
	RequirementPage  = spec.Requirement{ID: "ACT-PAGE-003", Level: spec.Must, Family: "activity", Operations: []string{"getActivity"}, Sentence: "the page after the last one is empty", Sources: []string{"https://developer.hostup.se/endpoints/billing/get-v2-billing-activity"}}
	RequirementUTC   = spec.Requirement{ID: "ACT-UTC-001", Level: spec.Should, Family: "activity", Operations: []string{"getActivity"}, Sentence: "a time is in UTC", Sources: []string{"https://developer.hostup.se/endpoints/billing/get-v2-billing-activity: example"}}
	requirementPay   = spec.Requirement{ID: "PAY-ONCE-001", Level: spec.Must, Family: "pay", Operations: []string{"payInvoice"}, Sentence: "an invoice is charged once", Sources: []string{"003_x.txt", "RFC 9110 section 9.2.2"}}
	requirementPay2  = spec.Requirement{ID: "PAY-CARD-001", Level: spec.Must, Family: "pay", Operations: []string{"payInvoice"}, Sentence: "a declined card is answered with 402", Sources: []string{"003_x.txt"}}
	requirementMedia = spec.Requirement{ID: "MEDIA-TYPE-001", Level: spec.Must, Family: "media", Operations: []string{"*"}, Sentence: "a body is sent with a documented media type", Sources: []string{"RFC 9110 section 8.3"}}
)

// FindingRow returns the violation that fails [Run].
func FindingRow() spec.Finding {
	return spec.Finding{Requirement: "ACT-ROW-001", Level: spec.Must, Operation: Activity, Status: 200, Where: "$.entries[0].amount", Pointer: "/entries/0/amount", InBody: true, Keyword: "type", Want: "number", Got: `"98.75" (string)`, File: "spec/openapi.yaml", Line: 212, Exchange: "ex-1"}
}

// FindingUTC returns the warning of [Run], with a hostile value.
func FindingUTC() spec.Finding {
	return spec.Finding{Requirement: "ACT-UTC-001", Level: spec.Should, Operation: Activity, Status: 200, Where: "$.entries[0].date", InBody: true, Keyword: "utc", Want: "a time that ends in Z", Got: `"` + Hostile + `"`, File: "spec/strict.overlay.yaml", Line: 12, Exchange: "ex-2"}
}

// Run returns a handwritten Run with every outcome and hostile strings.
func Run() *reporters.Run {
	row, utc := FindingRow(), FindingUTC()
	needs := &reporters.Skip{Code: reporters.SkipConfiguration, Reason: "set HOSTUP_INVOICE_ID to test payments"}
	safety := &reporters.Skip{Code: reporters.SkipSafety, Reason: "needs --safety pay, this run has write"}
	return &reporters.Run{
		Schema:   reporters.SchemaVersion,
		Suite:    reporters.Suite{Name: "hostup-conformance", Version: "v0.3.0"},
		Document: reporters.Document{Path: "spec/openapi.yaml", Title: "HostUp billing", Version: "2.0", SHA256: "a1b2", OverlaySHA256: "c3d4"},
		Target:   reporters.Target{URL: "https://staging.example.test"},
		Settings: reporters.Settings{Safety: "write", Procs: 4, Seed: 7, Timeout: "10s"},
		Started:  time.Date(2026, 3, 1, 12, 0, 0, 500, time.UTC),
		Duration: 2100 * time.Millisecond,
		Verdict:  reporters.NonConformant,
		Notices:  []string{"the certificate of the target was not verified, because the run was told not to"},
		Requirements: []reporters.RequirementResult{
			{Requirement: RequirementRow, Outcome: reporters.Failed, Specs: []string{"activity / rows / amounts are numbers"}, Signatures: []string{row.Signature()}},
			{Requirement: RequirementPage, Outcome: reporters.Passed, Specs: []string{"activity / paging / the page after the last one is empty", "activity / rows / amounts are numbers"}},
			{Requirement: RequirementUTC, Outcome: reporters.Warned, Specs: []string{"activity / rows / times are in UTC"}, Signatures: []string{utc.Signature()}},
			{Requirement: requirementPay, Outcome: reporters.Skipped, Specs: []string{"pay / once"}, Skip: needs},
			{Requirement: requirementPay2, Outcome: reporters.Skipped, Specs: []string{"pay / declined"}, Skip: safety},
			{Requirement: requirementMedia, Outcome: reporters.Errored, Specs: []string{"media / " + Hostile}},
		},
		Specs: []reporters.SpecResult{
			{Name: "activity / paging / the page after the last one is empty", Area: "activity", Requirements: []string{"ACT-PAGE-003"}, Level: spec.Must, Operation: Activity, Outcome: reporters.Passed, Duration: 40 * time.Millisecond, Exchanges: 3, Signatures: []string{row.Signature()}},
			{Name: "activity / rows / amounts are numbers", Area: "activity", Requirements: []string{"ACT-PAGE-003", "ACT-ROW-001"}, Level: spec.Must, Operation: Activity, Outcome: reporters.Failed, Duration: 12 * time.Millisecond, Exchanges: 1, Signatures: []string{row.Signature(), utc.Signature()}},
			{Name: "activity / rows / amounts are numbers in SEK", Area: "activity", Requirements: []string{"ACT-ROW-001"}, Level: spec.Must, Operation: Activity, Outcome: reporters.Failed, Duration: 12 * time.Millisecond, Exchanges: 1, Signatures: []string{row.Signature()}},
			{Name: "activity / rows / times are in UTC", Area: "activity", Requirements: []string{"ACT-UTC-001"}, Level: spec.Should, Operation: Activity, Outcome: reporters.Warned, Duration: 11 * time.Millisecond, Exchanges: 1, Signatures: []string{utc.Signature()}},
			{Name: "media / " + Hostile, Area: "media", Requirements: []string{"MEDIA-TYPE-001"}, Level: spec.Must, Outcome: reporters.Errored, Duration: time.Second, Problem: "panic: " + Hostile + "\ngoroutine 1 [running]:"},
			{Name: "pay / declined", Area: "pay", Requirements: []string{"PAY-CARD-001"}, Level: spec.Must, Operation: Pay, Outcome: reporters.Skipped, Skip: safety},
			{Name: "pay / once", Area: "pay", Requirements: []string{"PAY-ONCE-001"}, Level: spec.Must, Operation: Pay, Outcome: reporters.Skipped, Skip: needs},
		},
		Findings: []reporters.FindingGroup{
			{Signature: row.Signature(), First: row, Fails: true, Count: 31, Exchanges: 12, Of: 40, Specs: []string{"activity / paging / the page after the last one is empty", "activity / rows / amounts are numbers", "activity / rows / amounts are numbers in SEK"}, Examples: []string{"ex-1"}},
			{Signature: utc.Signature(), First: utc, Count: 2, Exchanges: 1, Of: 40, Specs: []string{"activity / rows / amounts are numbers", "activity / rows / times are in UTC"}, Examples: []string{"ex-2"}},
		},
		Exchanges: []reporters.Exchange{
			{
				ID: "ex-1", Spec: "activity / rows / amounts are numbers", Operation: Activity, Duration: 9 * time.Millisecond,
				Request: reporters.Message{Line: "GET /api/v2/billing/activity?limit=1 HTTP/1.1", Headers: []reporters.Header{{Name: "Authorization", Value: "Bearer ***"}, {Name: "User-Agent", Value: "hostup-conformance/v0.3.0 (ACT-ROW-001)"}}},
				Response: &reporters.Message{
					Line: "HTTP/1.1 200 OK", Headers: []reporters.Header{{Name: "Content-Type", Value: "application/json"}, {Name: "X-Evil", Value: Hostile}},
					Body: "{\n\t\"entries\": [{\"amount\": \"98.75\", \"note\": \"" + Hostile + "\"}]\n}", Bytes: 120,
				},
				Curl: `curl -sS 'https://staging.example.test/api/v2/billing/activity?limit=1' -H "Authorization: Bearer $HOSTUP_API_KEY"`,
			},
			{
				ID: "ex-2", Spec: "activity / rows / times are in UTC", Operation: Activity, Duration: 8 * time.Millisecond,
				Request: reporters.Message{Line: "GET /api/v2/billing/activity HTTP/1.1"},
				Failure: "the connection was closed after 12 of 120 bytes",
				Curl:    "curl -sS https://staging.example.test/api/v2/billing/activity",
			},
		},
		Traffic:  reporters.Traffic{Exchanges: 41, Operations: []reporters.OperationCount{{Operation: Activity, Exchanges: 40, Statuses: map[int]int{200: 39, 429: 1}, Median: 9 * time.Millisecond, Slowest: 90 * time.Millisecond, Latency: []reporters.Bucket{{UpTo: reporters.Bound(24), Count: 3}, {UpTo: reporters.Bound(26), Count: 30}, {UpTo: reporters.Bound(28), Count: 6}, {UpTo: reporters.Bound(40), Count: 1}}}, {Operation: "GET /nowhere", Exchanges: 1, Statuses: map[int]int{404: 1}}}},
		Drift:    []reporters.Drift{{Operation: Activity, Where: "$.entries[*]." + Hostile, Count: 1}, {Operation: Activity, Where: "$.entries[*].fee", Count: 12}},
		Created:  []reporters.Created{{What: "order", ID: "ord_1", Spec: "orders / create"}},
		Coverage: Coverage(),
	}
}
