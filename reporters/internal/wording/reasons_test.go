package wording

import (
	"testing"
	"time"

	"github.com/hostup/api-conformance/reporters/internal/sample"
)

func TestTextTotals(t *testing.T) {
	run := sample.Run()
	want := "7 specs: 1 passed, 2 failed, 1 warned, 2 skipped, 1 could not finish; 41 exchanges; 2.1 s"
	if got := Totals(run); got != want {
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
		if got := Duration(d); got != want {
			t.Errorf("duration(%v) = %q, want %q", d, got, want)
		}
	}
}
