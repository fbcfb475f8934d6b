//go:build unix

package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/hostup/api-conformance/suites"
)

func TestMain(m *testing.M) {
	if code, ok := suites.Worker(); ok { // run --procs starts this binary again
		os.Exit(code)
	}
	testscript.Main(m, map[string]func(){
		"hostup-conformance": func() { launch(0) }, // however brief a run is, --procs starts processes
		"as-released":        main,
	})
}

// TestScripts runs the command as users do. In addition to testscript's own commands
// there are
//
//	code N args…                  runs the command and requires that exit code
//	oneline                       requires that the last run's standard error is one line of the command
//	target clean|broken|echo|mirror|deaf starts a server in this process and sets HOSTUP_BASE_URL
//	secure [clients]              starts a conforming target with TLS: ca.pem, and client.pem, client.key, other.key if it requires client certificates
//	proxy open|closed             starts a proxy to that target, which is example.com behind it, sets HTTPS_PROXY and writes requests to proxy.txt
//	keys                          sets every credential to a value that is easy to find
//	nokeys N                      requires that none of them is in the last run's output or in any file, of at least N
//	serve args…                   starts "serve" in the background and sets the variables that it prints, and SERVE_ADDR
//	ask METHOD PATH STATUS TEXT [NAME=value…]  requires that response of the background server, with the text in its body; with headers
//	signal SIGNAL CODE            sends that to the background server and requires the exit code
//	valid FILE…                   requires results that conform to the published schema
//	again FILE FORMAT RESULT…     requires that report makes that file from the results
//	outage NAME [N]               starts a server that is not the API, or fails as a whole for N requests or after N
//	lines N FILE                  requires that FILE, or "stdout", has at most N lines
//	counts MIN                    requires that progress, summary and reports of the last run agree on how many specs have failed, at least MIN
//	exchanges HAR                 requires that summary and result of the last run count as many exchanges as it has recorded
//	fill FILE [LAST-DAY]          fills in reasons and tickets of a baseline
//	interrupt SIGNAL args…        runs the command, signals it while a request is pending, requires 130
//	cutoff SIGNAL args…           likewise while the third order is pending, which the target has carried out
//	orphans args…                 kills the command while a request is pending, requires that no process continues
//	image                         builds the container's image; from here on the command runs in it, as its user, and IMAGE is its folder
//	unread STREAM CODE args…      runs the command without reading its stdout, stderr, or both
//
// and the condition [image]: whether the command can run in the image.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:   filepath.Join("testdata", "script"),
		Setup: setup,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"code":      code,
			"oneline":   oneLine,
			"target":    target,
			"secure":    secure,
			"proxy":     proxy,
			"keys":      keys,
			"nokeys":    noKeys,
			"serve":     serve,
			"ask":       ask,
			"signal":    signalServer,
			"interrupt": interrupt,
			"cutoff":    cutoff,
			"impatient": impatient,
			"orphans":   orphans,
			"unread":    unread,
			"valid":     valid,
			"again":     again,
			"counts":    counts,
			"exchanges": exchanges,
			"fill":      fill,
			"outage":    outage,
			"lines":     lines,
			"image":     image,
		},
		Condition: func(name string) (bool, error) {
			if name == "image" {
				return entersImage(), nil
			}
			return false, fmt.Errorf("unknown condition %q", name)
		},
	})
}

// setup removes the user's variables from the environment of the scripts.
func setup(e *testscript.Env) error {
	var vars []string
	for _, line := range e.Vars {
		if !strings.HasPrefix(line, "HOSTUP_") {
			vars = append(vars, line)
		}
	}
	e.Vars = vars
	return nil
}

func code(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 1 {
		ts.Fatalf("usage: code N args…")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	wantCode(ts, ts.Exec("hostup-conformance", args[1:]...), want)
}

func wantCode(ts *testscript.TestScript, err error, want int) {
	got := 0
	if exit := (*exec.ExitError)(nil); errors.As(err, &exit) {
		got = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}

func oneLine(ts *testscript.TestScript, _ bool, _ []string) {
	text := ts.ReadFile("stderr")
	line, rest, _ := strings.Cut(text, "\n")
	if !strings.HasPrefix(line, "hostup-conformance: ") || rest != "" || strings.HasSuffix(line, ".") {
		ts.Fatalf("standard error is not one line of the command: %q", text)
	}
	if out := ts.ReadFile("stdout"); out != "" {
		ts.Fatalf("standard output has %q", out)
	}
}
