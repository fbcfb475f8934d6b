package suites

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/hostup/api-conformance/reporters"
)

func TestReports(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a", "b")
	undo, err := PrepareReports(dir)
	if err != nil {
		t.Fatal(err)
	}
	run := reporters.Build(reporters.Material{})
	if err := WriteReports(dir, run); err != nil {
		t.Fatal(err)
	}
	files, err := os.ReadDir(dir)
	if err != nil || len(files) != 3 {
		t.Fatalf("%v, %v: want the reports as JUnit, JSON and HTML, and nothing else", files, err)
	}
	for _, f := range files {
		if info, err := f.Info(); err != nil || info.Size() == 0 || info.Mode().Perm() != 0o644 {
			t.Errorf("%s: %v, %v", f.Name(), info, err)
		}
	}
	// An earlier run's reports are removed at the start of the next one.
	if _, err := PrepareReports(dir); err != nil {
		t.Fatal(err)
	}
	if files, err := os.ReadDir(dir); err != nil || len(files) > 0 {
		t.Errorf("%v, %v: want an empty directory", files, err)
	}
	undo()
	if _, err := os.Stat(filepath.Dir(dir)); err == nil {
		t.Error("directories that were made for nothing are still there")
	}
}

// TestReportsUndone: an existing directory is kept, even if it is empty.
func TestReportsUndone(t *testing.T) {
	there := t.TempDir()
	for _, dir := range []string{there, filepath.Join(there, "a", "b")} {
		undo, err := PrepareReports(dir)
		if err != nil {
			t.Fatal(err)
		}
		undo()
		if left, err := os.ReadDir(there); err != nil || len(left) > 0 {
			t.Errorf("%s: %v, %v: want the empty directory", dir, left, err)
		}
	}
}

func TestReportsRefused(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, dir := range []string{file, filepath.Join(file, "below")} {
		_, err := PrepareReports(dir)
		if err == nil || !strings.Contains(err.Error(), "cannot write reports to "+dir) || !strings.Contains(err.Error(), "--report-dir") {
			t.Errorf("%s: error %v", dir, err)
		}
	}
}
