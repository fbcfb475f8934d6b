package sample

import (
	"time"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/reporters/baseline"
)

var Day = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

// Baseline returns a list with the failing cause of [Run], and an entry that is gone.
func Baseline() *baseline.List {
	return &baseline.List{Version: baseline.Version, Known: []baseline.Entry{
		{Signature: FindingRow().Signature(), Reason: "amounts become numbers with 2026.5", Ticket: "BILL-1234", Expires: "2026-03-02"},
		{Signature: "ACT-PAGE-003 | " + Activity + " | $.entries | value", Reason: "was known", Ticket: "BILL-1"},
	}}
}

// Known returns [Run] with [Baseline] applied, which knows its failing cause.
func Known() *reporters.Run { return baseline.Apply(Run(), Baseline(), Day) }
