//go:build unix

package main

import (
	"bufio"
	"bytes"
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
)

// served starts the reference server with the script of the self-test, and returns its
// address and the variables for a run against it.
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

// program returns the path of an executable shell script.
func program(t *testing.T, script string) (path string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "program")
	if err := os.WriteFile(path, []byte("#!/bin/sh\n"+script+"\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestActionsArePinned: a tag of an external action can be moved, a commit cannot.
func TestActionsArePinned(t *testing.T) {
	used := regexp.MustCompile(`(?m)^\s*(?:- )?uses: (\S+)`)
	pinned := regexp.MustCompile(`^[\w.-]+/[\w./-]+@[0-9a-f]{40}$`)
	for _, pattern := range []string{"workflows/*.yml", "actions/*/action.yml"} {
		files, err := filepath.Glob(filepath.Join("..", "..", "..", ".github", pattern))
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: %q, error %v", pattern, files, err)
		}
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range used.FindAllStringSubmatch(string(text), -1) {
				if !strings.HasPrefix(m[1], "./") && !pinned.MatchString(m[1]) {
					t.Errorf("%s uses %s: name a commit", file, m[1])
				}
			}
		}
	}
}

// The action against an unmodified and a faulty server, and with every mistake that must
// not end in a successful job.
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
			log: []string{`(?m)^::error file=spec/hostup/openapi\.yaml,line=[0-9]+,title=ACT-ROW-002 `, `(?m)^::error title=hostup-conformance::exit code 1`}, reports: "reports",
		},
		{
			name: "a filter and further flags reach the command, and the summary says so", environ: keys,
			inputs:  with(url, "label-filter", "CARD-READ-001", "arguments", "--request-timeout\n5s\n", "report-dir", "out/deep"),
			verdict: `conformant`, summary: []string{`only the specs that these labels select were run`}, log: []string{`(?m)^verdict: conformant, filtered$`}, reports: "out/deep",
		},
		{
			name: "strict reaches the command", environ: keys, inputs: with(url, "label-filter", "CARD-READ-001", "strict", "true"),
			verdict: `conformant`, log: []string{`  ·  strict`}, reports: "reports",
		},
		{
			name: "too little coverage is red", environ: keys, inputs: with(url, "label-filter", "CARD-READ-001", "arguments", "--min-coverage=90"), exit: 1,
			verdict: `conformant`, summary: []string{`The run fails:\*\* .*of the document was observed`}, log: []string{`(?m)^::error title=the run fails::`}, reports: "reports",
		},
		{
			name: "the embedded server has to be asked for, and the environment redirects no run", environ: []string{"HOSTUP_BASE_URL=http://127.0.0.1:1", "HOSTUP_SAFETY=none"},
			inputs: with("embedded", "label-filter", "CARD-READ-001"), verdict: `conformant`, log: []string{`embedded reference server`}, reports: "reports",
		},
		{name: "an empty base URL is no run against the embedded server", inputs: with(""), exit: 2, log: []string{`(?m)^::error title=hostup-conformance::base-url is empty`}},
		{
			name: "a secret that is not set is red", environ: []string{"HOSTUP_API_KEY="}, inputs: with(url), exit: 2,
			summary: []string{`exit code 2`, `HOSTUP_API_KEY is not set: [0-9]+ of [0-9]+ specs need it`},
		},
		{
			name: "too little is red, also when the environment allows it", environ: []string{"HOSTUP_ALLOW_PARTIAL=true"}, inputs: with(url, "no-key", "true"), exit: 3,
			verdict: `partial`, log: []string{`(?m)^::error title=hostup-conformance::exit code 3 \(.*too little was tested\)`}, reports: "reports",
		},
		{name: "too little is green when the job says so", inputs: with(url, "no-key", "true", "allow-partial", "true"), verdict: `partial`, reports: "reports"},
		{name: "no-key is true or false", inputs: with(url, "no-key", "1"), exit: 2, log: []string{`no-key is "1"`}},
		{
			name: "a log is text in the summary, and no command", inputs: with(url, "binary", program(t, "printf 'a\\n~~~~\\r~~~~~~\\n# heading\\n::add-mask::x'; exit 2")), exit: 2,
			summary: []string{"(?s)\n~~~~~~~text\na\n.*# heading\n.*\n~~~~~~~\n$"}, log: []string{`(?m)^::stop-commands::[0-9a-f]{32}$`, `(?m)^::[0-9a-f]{32}::$`},
		},
		{name: "strict is true or false", inputs: with("embedded", "strict", "yes"), exit: 2, log: []string{`strict is "yes"`}},
		{
			name: "an input is no command to the runner", inputs: with("embedded", "strict", "50%\n::add-mask::e"), exit: 2,
			log: []string{`(?m)^::error title=hostup-conformance::strict is "50%25%0A::add-mask::e": want true or false$`},
		},
		{name: "a program that is not there", inputs: with("embedded", "binary", "no/such"), exit: 2, log: []string{`(?m)^::error title=hostup-conformance::binary is "no/such": want the path of the command`}},
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
			if tt.reports != "" {
				m := regexp.MustCompile(`(?ms)^::stop-commands::([0-9a-f]{32})\n(.*?)^::([0-9a-f]{32})::$`).FindStringSubmatch(got.log)
				if m == nil || m[1] != m[3] || !strings.Contains(m[2], "\nverdict: ") {
					t.Errorf("what the target answers may command the runner:\n%.3000s", got.log)
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

// Without a binary the action builds its own version.
func TestActionBuilds(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the command")
	}
	inputs := map[string]string{"base-url": "embedded", "label-filter": "CARD-READ-001"}
	got := act(t, readAction(t), []string{"GITHUB_ACTION_REF=v9.8.7"}, inputs)
	if got.exit != 0 || got.verdict != "conformant" || !strings.Contains(got.log, "hostup-conformance v9.8.7  ·") {
		t.Errorf("exit code %d, verdict %q:\n%.3000s", got.exit, got.verdict, got.log)
	}
}

// The report of an earlier step is not taken for that of a run that was refused, whether
// the refusal leaves it there or not.
func TestActionAfterAnother(t *testing.T) {
	binary, err := exec.LookPath("hostup-conformance")
	if err != nil {
		t.Fatal(err)
	}
	for name, inputs := range map[string]map[string]string{
		"wrong usage": {"base-url": "embedded", "binary": binary, "safety": "none"},
		"no key":      {"base-url": "http://127.0.0.1:9", "binary": binary},
	} {
		t.Run(name, func(t *testing.T) {
			got := act(t, readAction(t), nil, inputs, func(workspace string) {
				if err := os.Mkdir(filepath.Join(workspace, "reports"), 0o700); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(filepath.Join(workspace, "reports/report.json"), []byte("{\n  \"verdict\": \"conformant\"\n}"), 0o600); err != nil {
					t.Fatal(err)
				}
			})
			if got.exit != 2 || got.verdict != "" || !strings.Contains(got.summary, "Nothing was tested (exit code 2)") {
				t.Errorf("exit code %d, verdict %q, summary:\n%s", got.exit, got.verdict, got.summary)
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
	if s := a.Runs.Steps[i]; !strings.HasPrefix(s.If, "always() && ") || (&runner{T: t, action: a, inputs: map[string]string{"report-dir": "x"}}).fill(s.With["path"]) != "x" {
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
