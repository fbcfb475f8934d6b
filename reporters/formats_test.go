package reporters

import (
	"bytes"
	"os"
	"testing"
)

// Every format takes every run, changes nothing in it, gives the same bytes
// again, and hands on the error of its writer.
func TestFormats(t *testing.T) {
	names, files := map[string]bool{}, map[string]bool{}
	for _, f := range Formats() {
		if names[f.Name] || files[f.File] || f.About == "" {
			t.Errorf("%s is not told apart", f.Name)
		}
		names[f.Name], files[f.File] = true, true
		for name, run := range map[string]*Run{"sample": sampleRun(), "empty": {Verdict: Partial}, "hostile": poisoned(hostile), "known": knownRun()} {
			before := shown(t, WriteJSON, run)
			if a, b := written(t, f.Name, run), written(t, f.Name, run); a != b || a == "" {
				t.Errorf("%s of the %s run differs from time to time", f.Name, name)
			}
			if shown(t, WriteJSON, run) != before {
				t.Errorf("%s changes the %s run", f.Name, name)
			}
		}
		if err := f.Write(failingWriter{os.ErrClosed}, sampleRun()); err != os.ErrClosed {
			t.Errorf("%s: %v", f.Name, err)
		}
	}
	if _, ok := FormatOf("nonsense"); ok {
		t.Error("nonsense is a format")
	}
}

func written(t testing.TB, format string, run *Run) string {
	t.Helper()
	f, ok := FormatOf(format)
	if !ok {
		t.Fatalf("no format %s", format)
	}
	var buf bytes.Buffer
	if err := f.Write(&buf, run); err != nil {
		t.Fatalf("%s: %v", format, err)
	}
	return buf.String()
}
