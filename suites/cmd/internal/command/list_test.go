package command

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/hostup/api-conformance/spec"
)

// TestListFitsTheTerminal: each requirement takes one line, cut at the width of the
// terminal; in a file nothing is cut.
func TestListFitsTheTerminal(t *testing.T) {
	sentence := strings.Repeat("ä sentence ", 20)
	l := listing{Document: "d", Version: "1", Requirements: []requirement{
		{Requirement: spec.Requirement{ID: "ACT-PAGE-003", Level: spec.Must, Sentence: sentence}, Specs: []string{"a / b", "a / c"}},
		{Requirement: spec.Requirement{ID: "ACT-1", Level: spec.Should, Sentence: "short"}, Specs: []string{"a / c"}},
	}}
	for _, test := range []struct {
		width int
		want  string
	}{
		{40, "ACT-PAGE-003  MUST      2  ä sentence ä…\nACT-1         SHOULD    1  short\n2 requirements of d 1, 2 specs: 1 MUST, 1 SHOULD\n"},
		{0, "ACT-PAGE-003  MUST      2  " + sentence + "\nACT-1         SHOULD    1  short\n2 requirements of d 1, 2 specs: 1 MUST, 1 SHOULD\n"},
	} {
		var out bytes.Buffer
		if err := l.text(&out, false, test.width); err != nil || out.String() != test.want {
			t.Errorf("width %d: %v, got\n%swant\n%s", test.width, err, out.String(), test.want)
		}
	}
}

// TestBaselineMode: a new baseline has the usual mode of files in a repository; an
// existing one keeps its mode.
func TestBaselineMode(t *testing.T) {
	path := filepath.Join(t.TempDir(), "baseline.yaml")
	mode := func() os.FileMode {
		t.Helper()
		if err := replace(path, []byte("text")); err != nil {
			t.Fatal(err)
		}
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		return info.Mode().Perm()
	}
	if got := mode(); got != 0o644 {
		t.Errorf("a new file has mode %o, want 644", got)
	}
	if err := os.Chmod(path, 0o600); err != nil {
		t.Fatal(err)
	}
	if got := mode(); got != 0o600 {
		t.Errorf("a file of mode 600 has mode %o now", got)
	}
}
