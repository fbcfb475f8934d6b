//go:build unix

package main

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/pb33f/go-yaml"
)

// An action is a composite GitHub action, with the parts that this repository uses.
type action struct {
	Inputs  map[string]struct{ Default string }
	Outputs map[string]struct{ Value string }
	Runs    struct {
		Using string
		Steps []actionStep
	}
}

type actionStep struct {
	ID, Name, If, Uses, Shell, Run string
	Env, With                      map[string]string
}

const actionDir = "../../../.github/actions/conformance"

func readAction(t *testing.T) *action {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(actionDir, "action.yml"))
	if err != nil {
		t.Fatal(err)
	}
	a := new(action)
	if err := yaml.Unmarshal(text, a); err != nil {
		t.Fatal(err)
	}
	return a
}

// A runner evaluates the expressions of an action, as far as this action uses them.
type runner struct {
	*testing.T
	action  *action
	inputs  map[string]string
	outputs map[string]map[string]string // by id of the step
}

var expression = regexp.MustCompile(`\$\{\{ *([^}]*?) *\}\}`)

// fill evaluates the expressions in a text.
func (r *runner) fill(text string) string {
	r.Helper()
	return expression.ReplaceAllStringFunc(text, func(s string) string {
		for what := range strings.SplitSeq(expression.FindStringSubmatch(s)[1], " || ") {
			if v := r.value(what); v != "" {
				return v
			}
		}
		return ""
	})
}

// value returns an input or an output of a step.
func (r *runner) value(what string) string {
	r.Helper()
	if name, ok := strings.CutPrefix(what, "inputs."); ok {
		in, known := r.action.Inputs[name]
		if !known {
			r.Errorf("the action has no input %s", name)
		}
		if v, given := r.inputs[name]; given {
			return v
		}
		return in.Default
	}
	if path := strings.Split(what, "."); len(path) == 4 && path[0] == "steps" && path[2] == "outputs" {
		if !slices.ContainsFunc(r.action.Runs.Steps, func(s actionStep) bool { return s.ID == path[1] }) {
			r.Errorf("the action has no step %s", path[1])
		}
		return r.outputs[path[1]][path[3]]
	}
	r.Errorf("this test cannot evaluate %s", what)
	return ""
}

var comparison = regexp.MustCompile(`^(\S+) ([!=]=) '([^']*)'$`)

// holds evaluates the condition of a step.
func (r *runner) holds(condition string) bool {
	r.Helper()
	if condition == "" {
		return true
	}
	for term := range strings.SplitSeq(condition, " && ") {
		m := comparison.FindStringSubmatch(term)
		if m == nil {
			r.Fatalf("this test cannot evaluate %s", condition)
		}
		if (r.value(m[1]) == m[3]) != (m[2] == "==") {
			return false
		}
	}
	return true
}

// An acted is the result of a run of the action.
type acted struct {
	dir          string
	log, summary string
	verdict      string
	code         string // output of the action
	exit         int    // of its step
}

// act runs the steps of the action as GitHub's runner does, in a workspace with the files
// of earlier steps; other actions are not run.
func act(t *testing.T, a *action, environ []string, inputs map[string]string, earlier ...func(workspace string)) acted {
	t.Helper()
	r := &runner{T: t, action: a, inputs: inputs, outputs: map[string]map[string]string{}}
	got := acted{dir: t.TempDir()}
	for _, step := range earlier {
		step(got.dir)
	}
	temp := t.TempDir()
	files := map[string]string{}
	for _, name := range []string{"GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY", "GITHUB_ENV"} {
		files[name] = filepath.Join(temp, name)
		if err := os.WriteFile(files[name], nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	dir, err := filepath.Abs(actionDir)
	if err != nil {
		t.Fatal(err)
	}
	for _, step := range a.Runs.Steps {
		if step.Run == "" || !r.holds(step.If) {
			continue
		}
		if step.Shell != "bash" {
			t.Fatalf("this test does not know how to run the step %q", step.Name)
		}
		script := filepath.Join(temp, "step.sh")
		if err := os.WriteFile(script, []byte(step.Run), 0o600); err != nil {
			t.Fatal(err)
		}
		cmd := exec.Command("bash", "--noprofile", "--norc", "-eo", "pipefail", script)
		cmd.Dir = got.dir
		cmd.Env = append([]string{
			"PATH=" + os.Getenv("PATH"), "HOME=" + os.Getenv("HOME"), "GITHUB_ACTIONS=true",
			"GITHUB_ACTION_PATH=" + dir, "GITHUB_WORKSPACE=" + got.dir, "RUNNER_TEMP=" + temp,
		}, environ...)
		for _, line := range os.Environ() {
			if strings.HasPrefix(line, "GO") { // the build settings of this machine
				cmd.Env = append(cmd.Env, line)
			}
		}
		for name, path := range files {
			cmd.Env = append(cmd.Env, name+"="+path)
		}
		for name, value := range step.Env {
			cmd.Env = append(cmd.Env, name+"="+r.fill(value))
		}
		out, err := cmd.CombinedOutput()
		if exit := (*exec.ExitError)(nil); errors.As(err, &exit) {
			got.exit = exit.ExitCode()
		} else if err != nil {
			t.Fatal(err)
		}
		got.log += string(out)
		r.outputs[step.ID] = outputsIn(t, files["GITHUB_OUTPUT"])
		if got.exit != 0 {
			break
		}
	}
	summary, err := os.ReadFile(files["GITHUB_STEP_SUMMARY"])
	if err != nil {
		t.Fatal(err)
	}
	got.summary = string(summary)
	got.verdict = r.fill(a.Outputs["verdict"].Value)
	got.code = r.fill(a.Outputs["exit-code"].Value)
	return got
}

// outputsIn reads and empties the outputs file of a step.
func outputsIn(t *testing.T, file string) map[string]string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	outputs := map[string]string{}
	for line := range strings.Lines(string(text)) {
		name, value, ok := strings.Cut(strings.TrimSuffix(line, "\n"), "=")
		if !ok {
			t.Errorf("the output %q is none", line)
		}
		outputs[name] = value
	}
	if err := os.Truncate(file, 0); err != nil {
		t.Fatal(err)
	}
	return outputs
}
