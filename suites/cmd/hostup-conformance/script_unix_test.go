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
	testscript.Main(m, map[string]func(){"hostup-conformance": main})
}

// TestScripts runs the command as users do. Beside testscript's own commands
// there are
//
//	code N args…                  runs the command and wants that exit code
//	oneline                       wants the last run's standard error to be one line of the command
//	target clean|broken|echo|mirror|deaf starts a server in this process and sets HOSTUP_BASE_URL
//	secure [clients]              starts a clean target with TLS: ca.pem, and client.pem, client.key, other.key if it wants clients to have them
//	proxy open|closed             starts a proxy to that target, which is example.com behind it, sets HTTPS_PROXY and notes requests in proxy.txt
//	keys                          sets every credential to a value that is easy to find
//	nokeys N                      wants none of them in the last run's output and in any file, of at least N
//	serve args…                   starts "serve" in the background and sets the variables that it prints, and SERVE_ADDR
//	ask METHOD PATH STATUS TEXT [NAME=value…]  wants that answer, whose body holds the text, of the background server; with headers
//	signal SIGNAL CODE            sends that to the background server and wants the code
//	valid FILE…                   wants results that are valid by the published schema
//	again FILE FORMAT RESULT…     wants that report makes that file of the results
//	outage NAME [N]               starts a server that is not the API, or fails as a whole for N requests or after N
//	lines N FILE                  wants FILE, "stdout" too, to have at most N lines
//	fill FILE [LAST-DAY]          fills in reasons and tickets of a list of known findings
//	interrupt SIGNAL args…        runs the command, signals it while a request is pending, wants 130
//	cutoff SIGNAL args…           likewise while the third order is pending, which the target has carried out
//	orphans args…                 kills the command while a request is pending, wants nobody to go on for it
//	image                         builds the container's image; from here on the command runs in it, as its user, and IMAGE is its folder
//	unread STREAM CODE args…      runs the command with nobody who reads its stdout, stderr, or both
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

// setup keeps the variables of whoever runs the tests out of the scripts.
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
