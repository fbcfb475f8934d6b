package config_test

import (
	"os"
	"os/exec"
	"strings"
	"testing"
)

// TestGoTestForgets: go test does not reuse the result of an earlier run for a target, or
// for another environment. Results without a target may be reused.
func TestGoTestForgets(t *testing.T) {
	for _, run := range []struct {
		name    string
		environ []string
		cached  bool // may be
	}{
		{"nothing given", nil, true},
		{"another environment", []string{"HOSTUP_SETTLE=7s", "HOSTUP_LABEL_FILTER=" + t.Name()}, true},
		{"a target", []string{"HOSTUP_BASE_URL=http://127.0.0.1:9"}, false},
		{"the same target again", []string{"HOSTUP_BASE_URL=http://127.0.0.1:9"}, false},
		{"a target that is written in Go", []string{"TARGET=http://127.0.0.1:9"}, false},
		{"the same again", []string{"TARGET=http://127.0.0.1:9"}, false},
		{"no target any more, and a wrong setting", []string{"HOSTUP_RPS=fast"}, false},
	} {
		cmd := exec.CommandContext(t.Context(), "go", "test", "./testdata/gotest")
		cmd.Env = run.environ
		for _, line := range os.Environ() {
			if !strings.HasPrefix(line, "HOSTUP_") {
				cmd.Env = append(cmd.Env, line)
			}
		}
		out, err := cmd.CombinedOutput()
		if wrong := run.name == "no target any more, and a wrong setting"; (err != nil) != wrong {
			t.Fatalf("%s: %v\n%s", run.name, err, out)
		}
		if !run.cached && strings.Contains(string(out), "(cached)") {
			t.Errorf("%s: go test remembers: %s", run.name, out)
		}
	}
}
