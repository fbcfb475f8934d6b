package main

import (
	"bufio"
	"bytes"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestMakeSeesEmbeddedFiles: a change of an embedded file rebuilds the binary.
func TestMakeSeesEmbeddedFiles(t *testing.T) {
	if _, err := exec.LookPath("make"); err != nil {
		t.Skip("there is no make here")
	}
	root, err := filepath.Abs("../../..")
	if err != nil {
		t.Fatal(err)
	}
	database := output(t, root, "make", "-npq", "build")
	sources := map[string]bool{}
	for lines := bufio.NewScanner(bytes.NewReader(database)); lines.Scan(); {
		if rule, ok := strings.CutPrefix(lines.Text(), "bin/hostup-conformance: "); ok {
			for name := range strings.FieldsSeq(rule) {
				sources[name] = true
			}
		}
	}
	list := output(t, root, "go", "list", "-deps", "-f", `{{$dir := .Dir}}{{if not .Standard}}{{if eq .Module.Path "github.com/hostup/api-conformance"}}{{range .GoFiles}}{{$dir}}/{{.}}
{{end}}{{range .EmbedFiles}}{{$dir}}/{{.}}
{{end}}{{end}}{{end}}`, "./suites/cmd/hostup-conformance")
	embedded := 0
	for file := range strings.FieldsSeq(string(list)) {
		name, err := filepath.Rel(root, file)
		if err != nil {
			t.Fatal(err)
		}
		if !sources[name] {
			t.Errorf("make does not see %s", name)
		}
		if filepath.Ext(name) != ".go" {
			embedded++
		}
	}
	if embedded == 0 {
		t.Error("no embedded file was looked at")
	}
}

// output returns the output of a command; the exit code of make -q is 1 if something is
// outdated.
func output(t *testing.T, dir, name string, args ...string) []byte {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), name, args...)
	cmd.Dir = dir
	out, err := cmd.Output()
	if len(out) == 0 {
		t.Fatalf("%s prints nothing: %v", name, err)
	}
	return out
}
