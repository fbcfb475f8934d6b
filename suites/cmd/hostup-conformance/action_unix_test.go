//go:build unix

package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"go.yaml.in/yaml/v4"
)

// An action is a composite action of GitHub, as far as this repository's has parts.
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

var expression = regexp.MustCompile(`\$\{\{ *([^}]*?) *\}\}`)

// fill evaluates the expressions of a text: inputs and outputs of steps.
func (a *action) fill(t *testing.T, text string, inputs, outputs map[string]string) string {
	t.Helper()
	return expression.ReplaceAllStringFunc(text, func(s string) string {
		what := expression.FindStringSubmatch(s)[1]
		if name, ok := strings.CutPrefix(what, "inputs."); ok {
			in, known := a.Inputs[name]
			if !known {
				t.Errorf("the action has no input %s", name)
			}
			if v, given := inputs[name]; given {
				return v
			}
			return in.Default
		}
		if name, ok := strings.CutPrefix(what, "steps.run.outputs."); ok {
			return outputs[name]
		}
		t.Errorf("this test cannot evaluate %s", what)
		return ""
	})
}

// An acted is what a run of the action left behind.
type acted struct {
	dir          string
	log, summary string
	verdict      string
	code         string // output of the action
	exit         int    // of its step
}

// act runs the steps of the action as GitHub's runner does, in an empty
// workspace; what other actions do there is not done.
func act(t *testing.T, a *action, environ []string, inputs map[string]string) acted {
	t.Helper()
	got := acted{dir: t.TempDir()}
	runner := t.TempDir()
	files := map[string]string{}
	for _, name := range []string{"GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY", "GITHUB_ENV"} {
		files[name] = filepath.Join(runner, name)
		if err := os.WriteFile(files[name], nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	dir, err := filepath.Abs(actionDir)
	if err != nil {
		t.Fatal(err)
	}
	for _, step := range a.Runs.Steps {
		if step.Run == "" {
			continue
		}
		if step.If != "" || step.Shell != "bash" {
			t.Fatalf("this test does not know how to run the step %q", step.Name)
		}
		script := filepath.Join(runner, "step.sh")
		if err := os.WriteFile(script, []byte(step.Run), 0o600); err != nil {
			t.Fatal(err)
		}
		cmd := exec.Command("bash", "--noprofile", "--norc", "-eo", "pipefail", script)
		cmd.Dir = got.dir
		cmd.Env = append([]string{
			"PATH=" + os.Getenv("PATH"), "HOME=" + os.Getenv("HOME"), "GITHUB_ACTIONS=true",
			"GITHUB_ACTION_PATH=" + dir, "GITHUB_WORKSPACE=" + got.dir, "RUNNER_TEMP=" + runner,
		}, environ...)
		for name, path := range files {
			cmd.Env = append(cmd.Env, name+"="+path)
		}
		for name, value := range step.Env {
			cmd.Env = append(cmd.Env, name+"="+a.fill(t, value, inputs, nil))
		}
		out, err := cmd.CombinedOutput()
		if exit := (*exec.ExitError)(nil); errors.As(err, &exit) {
			got.exit = exit.ExitCode()
		} else if err != nil {
			t.Fatal(err)
		}
		got.log += string(out)
	}
	summary, err := os.ReadFile(files["GITHUB_STEP_SUMMARY"])
	if err != nil {
		t.Fatal(err)
	}
	got.summary = string(summary)
	outputs := map[string]string{}
	set, err := os.ReadFile(files["GITHUB_OUTPUT"])
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(set)) {
		name, value, ok := strings.Cut(strings.TrimSuffix(line, "\n"), "=")
		if !ok {
			t.Errorf("the output %q is none", line)
		}
		outputs[name] = value
	}
	got.verdict = a.fill(t, a.Outputs["verdict"].Value, inputs, outputs)
	got.code = a.fill(t, a.Outputs["exit-code"].Value, inputs, outputs)
	return got
}

// served starts the reference server by the script that the self-test uses, and
// returns its address and the variables of a run against it.
func served(t *testing.T, binary string, fault ...string) (url string, environ []string) {
	t.Helper()
	out, err := exec.Command("bash", append([]string{filepath.Join(actionDir, "serve.sh"), binary}, fault...)...).Output()
	if err != nil {
		t.Fatalf("serve.sh: %v", err)
	}
	for lines := bufio.NewScanner(bytes.NewReader(out)); lines.Scan(); {
		name, value, _ := strings.Cut(lines.Text(), "=")
		switch name {
		case "SERVE_URL":
			url = value
		case "SERVE_PID":
			pid, err := strconv.Atoi(value)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = syscall.Kill(pid, syscall.SIGTERM) })
		default:
			environ = append(environ, lines.Text())
		}
	}
	if url == "" || !slices.ContainsFunc(environ, func(s string) bool { return strings.HasPrefix(s, "HOSTUP_API_KEY=") }) {
		t.Fatalf("serve.sh prints %s", out)
	}
	return url, environ
}

// The action against a clean and a broken server, and with every mistake that
// must not end in a green job.
func TestAction(t *testing.T) {
	if _, err := exec.LookPath("bash"); err != nil {
		t.Skip("the action needs bash")
	}
	binary, err := exec.LookPath("hostup-conformance") // put there by testscript.Main
	if err != nil {
		t.Fatal(err)
	}
	a := readAction(t)
	if a.Runs.Using != "composite" {
		t.Fatalf("the action is %q", a.Runs.Using)
	}
	url, keys := served(t, binary)
	broken, brokenKeys := served(t, binary, "activity-row-amount-text")
	with := func(base string, more ...string) map[string]string {
		in := map[string]string{"base-url": base, "binary": binary}
		for i := 0; i < len(more); i += 2 {
			in[more[i]] = more[i+1]
		}
		return in
	}
	tests := []struct {
		name    string
		environ []string
		inputs  map[string]string
		exit    int
		verdict string   // pattern
		summary []string // patterns
		log     []string
		reports string // directory, "" for none
	}{
		{
			name: "a clean server is green", environ: keys, inputs: with(url, "safety", "pay"),
			verdict: `conformant|partial`, summary: []string{`(?m)^## .*(Conformant|Partial)$`, `### Requirements by operation`},
			log: []string{`(?m)^::(notice|warning) title=verdict%3A `, `(?m)^verdict: `}, reports: "reports",
		},
		{
			name: "a broken server is red", environ: brokenKeys, inputs: with(broken, "safety", "pay"), exit: 1,
			verdict: `non-conformant`, summary: []string{`(?m)^## .*Not conformant$`, `ACT&#45;ROW&#45;002`, `want   number`},
			log: []string{`(?m)^::error file=spec/openapi\.yaml,line=[0-9]+,title=ACT-ROW-002 `, `(?m)^::error title=hostup-conformance::exit code 1`}, reports: "reports",
		},
		{
			name: "a filter and further flags reach the command, and the summary says so", environ: keys,
			inputs:  with(url, "label-filter", "CARD-READ-001", "arguments", "--request-timeout\n5s\n", "report-dir", "out/deep"),
			verdict: `conformant`, summary: []string{`only specs that the label filter selects were run`}, log: []string{`(?m)^verdict: conformant, filtered$`}, reports: "out/deep",
		},
		{
			name: "strict reaches the command", environ: keys, inputs: with(url, "label-filter", "CARD-READ-001", "strict", "true"),
			verdict: `conformant`, log: []string{`  ·  strict`}, reports: "reports",
		},
		{
			name: "too little coverage is red", environ: keys, inputs: with(url, "label-filter", "CARD-READ-001", "arguments", "--min-coverage=90"), exit: 1,
			verdict: `conformant`, summary: []string{`Coverage:\*\* `}, log: []string{`(?m)^::error title=coverage::`}, reports: "reports",
		},
		{
			name: "the embedded server has to be asked for, and the environment redirects no run", environ: []string{"HOSTUP_BASE_URL=http://127.0.0.1:1", "HOSTUP_SAFETY=none"},
			inputs: with("embedded", "label-filter", "CARD-READ-001"), verdict: `conformant`, log: []string{`embedded reference server`}, reports: "reports",
		},
		{name: "an empty base URL is no run against the embedded server", inputs: with(""), exit: 2, log: []string{`(?m)^::error title=hostup-conformance::base-url is empty`}},
		{name: "strict is true or false", inputs: with("embedded", "strict", "yes"), exit: 2, log: []string{`strict is "yes"`}},
		{
			name: "what the command refuses is red", inputs: with("embedded", "safety", "none"), exit: 2,
			summary: []string{`^## Nothing was tested \(exit code 2\)`, `"none"`}, log: []string{`(?m)^::error title=hostup-conformance::exit code 2`},
		},
		{
			name: "a target that may not be charged is not", environ: []string{"HOSTUP_API_KEY=k"}, inputs: with("https://billing.example.test", "safety", "pay"), exit: 2,
			summary: []string{`confirm it with --confirm-host billing.example.test`},
		},
		{name: "a target that is away is red", environ: []string{"HOSTUP_API_KEY=k"}, inputs: with("http://127.0.0.1:1"), exit: 3, summary: []string{`exit code 3`, `connection refused`}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := act(t, a, tt.environ, tt.inputs)
			if got.exit != tt.exit || got.code != strconv.Itoa(tt.exit) {
				t.Errorf("the step ends with %d and the output is %q, want %d", got.exit, got.code, tt.exit)
			}
			if !regexp.MustCompile(`^(` + tt.verdict + `)$`).MatchString(got.verdict) {
				t.Errorf("verdict %q, want %s", got.verdict, tt.verdict)
			}
			for what, patterns := range map[string][]string{got.summary: tt.summary, got.log: tt.log} {
				for _, p := range patterns {
					if !regexp.MustCompile(p).MatchString(what) {
						t.Errorf("no %s in:\n%.3000s", p, what)
					}
				}
			}
			for _, line := range tt.environ {
				if _, value, _ := strings.Cut(line, "="); strings.HasPrefix(value, "hostup-ref-key") && strings.Contains(got.summary+got.log, value) {
					t.Errorf("the key %s is in the log or the summary", value)
				}
			}
			for _, file := range []string{"junit.xml", "report.json", "report.html"} {
				path := tt.reports
				if path == "" {
					path = "reports"
				}
				_, err := os.Stat(filepath.Join(got.dir, path, file))
				if (err == nil) != (tt.reports != "") {
					t.Errorf("%s: %v", file, err)
				}
			}
		})
	}
}

// The reports are uploaded however the test ended.
func TestActionUploads(t *testing.T) {
	a := readAction(t)
	i := slices.IndexFunc(a.Runs.Steps, func(s actionStep) bool { return strings.HasPrefix(s.Uses, "actions/upload-artifact@") })
	if i < 0 {
		t.Fatal("nothing is uploaded")
	}
	if s := a.Runs.Steps[i]; !strings.HasPrefix(s.If, "always() && ") || a.fill(t, s.With["path"], map[string]string{"report-dir": "x"}, nil) != "x" {
		t.Errorf("the reports are not uploaded after a failure, or others are: %+v", s)
	}
	for name, in := range a.Inputs {
		used := false
		for _, s := range a.Runs.Steps {
			used = used || strings.Contains(s.If+fmt.Sprint(s.Env, s.With), "inputs."+name)
		}
		if !used {
			t.Errorf("the input %s (default %q) does nothing", name, in.Default)
		}
	}
}
