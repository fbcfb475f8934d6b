package formats

import (
	"bytes"
	"os"
	"testing"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/reporters/internal/sample"
)

// Every format accepts every run, does not modify it, is deterministic, and returns the
// error of its writer.
func TestFormats(t *testing.T) {
	names, files := map[string]bool{}, map[string]bool{}
	for _, f := range All() {
		if names[f.Name] || files[f.File] || f.About == "" {
			t.Errorf("%s is not told apart", f.Name)
		}
		names[f.Name], files[f.File] = true, true
		for name, run := range map[string]*reporters.Run{"sample": sample.Run(), "empty": {Verdict: reporters.Partial}, "hostile": sample.Poisoned(sample.Hostile), "known": sample.Known()} {
			before := sample.Shown(t, reporters.WriteJSON, run)
			if a, b := writtenAs(t, f.Name, run), writtenAs(t, f.Name, run); a != b || a == "" {
				t.Errorf("%s of the %s run differs from time to time", f.Name, name)
			}
			if sample.Shown(t, reporters.WriteJSON, run) != before {
				t.Errorf("%s changes the %s run", f.Name, name)
			}
		}
		if err := f.Write(sample.FailingWriter{Err: os.ErrClosed}, sample.Run()); err != os.ErrClosed {
			t.Errorf("%s: %v", f.Name, err)
		}
	}
	if _, ok := Named("nonsense"); ok {
		t.Error("nonsense is a format")
	}
}

func writtenAs(t testing.TB, format string, run *reporters.Run) string {
	t.Helper()
	f, ok := Named(format)
	if !ok {
		t.Fatalf("no format %s", format)
	}
	var buf bytes.Buffer
	if err := f.Write(&buf, run); err != nil {
		t.Fatalf("%s: %v", format, err)
	}
	return buf.String()
}
