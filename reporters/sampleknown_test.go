package reporters

import "time"

var sampleDay = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

func sampleBaseline() *Baseline {
	return &Baseline{Version: BaselineVersion, Known: []BaselineEntry{
		{Signature: findingRow().Signature(), Reason: "amounts become numbers with 2026.5", Ticket: "BILL-1234", Expires: "2026-03-02"},
		{Signature: "ACT-PAGE-003 | " + activity + " | $.entries | value", Reason: "was known", Ticket: "BILL-1"},
	}}
}

// knownRun is the sample in the light of the baseline, which knows its failing cause.
func knownRun() *Run { return Apply(sampleRun(), sampleBaseline(), sampleDay) }
