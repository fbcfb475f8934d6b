package reporters

import (
	"bytes"
	"io"
	"testing"
)

// failingWriter is a writer that always fails.
type failingWriter struct{ err error }

func (w failingWriter) Write([]byte) (int, error) { return 0, w.err }

// shown is what a reporter writes of a run.
func shown(t testing.TB, write func(io.Writer, *Run) error, run *Run) string {
	t.Helper()
	var buf bytes.Buffer
	if err := write(&buf, run); err != nil {
		t.Fatal(err)
	}
	return buf.String()
}
