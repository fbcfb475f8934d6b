package reporters

import (
	"errors"
	"strings"
	"testing"
)

func TestKnownIsShown(t *testing.T) {
	run := knownRun()
	for name, text := range map[string]string{"text": written(t, "text", run), "junit": written(t, "junit", run)} {
		for _, want := range []string{"known: amounts become numbers with 2026.5 (BILL-1234, until 2026-03-02)", "ACT-PAGE-003 | GET /api/v2/billing/activity | $.entries | value", "it was tested and did not occur"} {
			if !strings.Contains(text, want) {
				t.Errorf("%s does not show %q", name, want)
			}
		}
	}
}

func TestTextReportsWriteErrors(t *testing.T) {
	broken := errors.New("disk full")
	for name, write := range map[string]func() error{
		"text":  func() error { return WriteText(failingWriter{broken}, sampleRun(), TextOptions{}) },
		"junit": func() error { return WriteJUnit(failingWriter{broken}, sampleRun()) },
		"json":  func() error { return WriteJSON(failingWriter{broken}, sampleRun()) },
	} {
		if err := write(); !errors.Is(err, broken) {
			t.Errorf("%s: %v, want %v", name, err, broken)
		}
	}
}
