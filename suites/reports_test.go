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
	if err := PrepareReports(dir); err != nil {
		t.Fatal(err)
	}
	run := reporters.Build(reporters.Material{})
	if err := WriteReports(dir, run); err != nil {
		t.Fatal(err)
	}
	files, err := os.ReadDir(dir)
	if err != nil || len(files) != len(reportFiles) {
		t.Fatalf("%v, %v: want the %d reports and nothing else", files, err, len(reportFiles))
	}
	for _, f := range files {
		if info, err := f.Info(); err != nil || info.Size() == 0 || info.Mode().Perm() != 0o644 {
			t.Errorf("%s: %v, %v", f.Name(), info, err)
		}
	}
	// An earlier run's reports do not survive the beginning of the next one.
	if err := PrepareReports(dir); err != nil {
		t.Fatal(err)
	}
	if files, err := os.ReadDir(dir); err != nil || len(files) > 0 {
		t.Errorf("%v, %v: want an empty directory", files, err)
	}
}

func TestReportsRefused(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, dir := range []string{file, filepath.Join(file, "below")} {
		err := PrepareReports(dir)
		if err == nil || !strings.Contains(err.Error(), "cannot write reports to "+dir) || !strings.Contains(err.Error(), "--report-dir") {
			t.Errorf("%s: error %v", dir, err)
		}
	}
}
