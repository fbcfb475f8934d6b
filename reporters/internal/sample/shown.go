package sample

import (
	"bytes"
	"io"
	"testing"

	"github.com/hostup/api-conformance/reporters"
)

// FailingWriter is a writer that always fails.
type FailingWriter struct{ Err error }

// Write returns Err.
func (w FailingWriter) Write([]byte) (int, error) { return 0, w.Err }

// Shown returns what a writer writes for a run; an error fails the test.
func Shown(t testing.TB, write func(io.Writer, *reporters.Run) error, run *reporters.Run) string {
	t.Helper()
	var buf bytes.Buffer
	if err := write(&buf, run); err != nil {
		t.Fatal(err)
	}
	return buf.String()
}
