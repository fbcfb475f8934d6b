package formats

import (
	"errors"
	"strings"
	"testing"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/reporters/internal/sample"
	"github.com/hostup/api-conformance/reporters/junit"
	"github.com/hostup/api-conformance/reporters/text"
)

func TestKnownIsShown(t *testing.T) {
	run := sample.Known()
	for name, text := range map[string]string{"text": writtenAs(t, "text", run), "junit": writtenAs(t, "junit", run)} {
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
		"text":  func() error { return text.Write(sample.FailingWriter{Err: broken}, sample.Run(), text.Options{}) },
		"junit": func() error { return junit.Write(sample.FailingWriter{Err: broken}, sample.Run()) },
		"json":  func() error { return reporters.WriteJSON(sample.FailingWriter{Err: broken}, sample.Run()) },
	} {
		if err := write(); !errors.Is(err, broken) {
			t.Errorf("%s: %v, want %v", name, err, broken)
		}
	}
}
