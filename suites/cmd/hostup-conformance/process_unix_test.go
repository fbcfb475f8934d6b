//go:build unix

package main

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/hostup/api-conformance/fixtures/refserver"
)

var signals = map[string]os.Signal{"INT": syscall.SIGINT, "TERM": syscall.SIGTERM}

var background sync.Map // *testscript.TestScript -> *exec.Cmd

// start starts the command with the environment of the script.
func start(ts *testscript.TestScript, args []string) (cmd *exec.Cmd, stdout io.Reader) {
	stdout, w, err := os.Pipe()
	ts.Check(err)
	defer w.Close()
	return startOnto(ts, args, w), stdout
}

// startOnto is start with another standard output.
func startOnto(ts *testscript.TestScript, args []string, stdout *os.File) *exec.Cmd {
	cmd := exec.Command(inPath(ts, "hostup-conformance"), args...)
	cmd.Dir = ts.MkAbs(".")
	cmd.Env = environ(ts)
	cmd.Stdout = stdout
	stderr, err := os.Create(ts.MkAbs("stderr.txt"))
	ts.Check(err)
	cmd.Stderr = stderr
	ts.Check(cmd.Start())
	return cmd
}

// inPath returns the program that a script would run.
func inPath(ts *testscript.TestScript, name string) string {
	for _, dir := range filepath.SplitList(ts.Getenv("PATH")) {
		if path, err := exec.LookPath(filepath.Join(dir, name)); err == nil {
			return path
		}
	}
	ts.Fatalf("%s is not in PATH", name)
	return ""
}

func environ(ts *testscript.TestScript) []string {
	vars := []string{"PATH=" + ts.Getenv("PATH"), "HOME=" + ts.Getenv("HOME"), "TMPDIR=" + ts.Getenv("TMPDIR")}
	for _, name := range []string{
		"HOSTUP_BASE_URL", "HOSTUP_SAFETY", "HOSTUP_API_KEY", "HOSTUP_READONLY_API_KEY", "HOSTUP_UNSCOPED_API_KEY", "HOSTUP_SESSION",
		"HOSTUP_ACCOUNT_ID", "HOSTUP_FOREIGN_ACCOUNT_ID", "HOSTUP_ADDON_ID", "HOSTUP_INVOICE_ID", "HOSTUP_DECLINED_INVOICE_ID", "HOSTUP_CARD_ID",
	} {
		if v := ts.Getenv(name); v != "" {
			vars = append(vars, name+"="+v)
		}
	}
	return vars
}

func serve(ts *testscript.TestScript, _ bool, args []string) {
	cmd, stdout := start(ts, append([]string{"serve", "--addr", "127.0.0.1:0"}, args...))
	background.Store(ts, cmd)
	ts.Defer(func() { cmd.Process.Kill() })
	lines := bufio.NewScanner(stdout)
	for lines.Scan() {
		name, value, ok := strings.Cut(lines.Text(), "=")
		if !ok {
			ts.Fatalf("serve printed %q, want NAME=value", lines.Text())
		}
		ts.Setenv(name, value)
		if addr, ok := strings.CutPrefix(value, "http://"); ok {
			ts.Setenv("SERVE_ADDR", addr)
		}
		if name == "HOSTUP_CARD_ID" || name == "HOSTUP_BASE_URL" && slices.Contains(args, "--spec") { // the last one
			return
		}
	}
	ts.Fatalf("serve ended early: %s", ts.ReadFile("stderr.txt"))
}

// ask sends a request to the background server, with headers given as NAME=value.
func ask(ts *testscript.TestScript, _ bool, args []string) {
	request, err := http.NewRequest(args[0], "http://"+ts.Getenv("SERVE_ADDR")+args[1], nil)
	ts.Check(err)
	for _, header := range args[4:] {
		name, value, _ := strings.Cut(header, "=")
		request.Header.Set(name, value)
	}
	answer, err := http.DefaultClient.Do(request)
	ts.Check(err)
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	ts.Check(err)
	if strconv.Itoa(answer.StatusCode) != args[2] || !strings.Contains(string(body), args[3]) {
		ts.Fatalf("%s %s is answered %d %s, want %s with %s", args[0], args[1], answer.StatusCode, body, args[2], args[3])
	}
}

func signalServer(ts *testscript.TestScript, _ bool, args []string) {
	v, _ := background.Load(ts)
	cmd := v.(*exec.Cmd)
	ts.Check(cmd.Process.Signal(signals[args[0]]))
	want, err := strconv.Atoi(args[1])
	ts.Check(err)
	wantCode(ts, cmd.Wait(), want)
}

// interrupt signals a run while the target delays a request of a spec, so that the run is
// in the middle of its work whatever the load.
func interrupt(ts *testscript.TestScript, _ bool, args []string) {
	signalWhilePending(ts, args, func(r *http.Request) bool {
		agent := r.UserAgent()
		return strings.Contains(agent, "(") && !strings.Contains(agent, "discovery")
	}, false)
}

// cutoff signals a run whose third order is carried out but not answered. An earlier
// request checks whether the operation exists.
func cutoff(ts *testscript.TestScript, _ bool, args []string) {
	var orders atomic.Int32
	signalWhilePending(ts, args, func(r *http.Request) bool {
		return r.Method == http.MethodPost && orders.Add(1) == 4
	}, true)
}

// impatient signals such a run until it ends. Its result is not read, so that it cannot
// end by itself in between.
func impatient(ts *testscript.TestScript, _ bool, args []string) {
	stdout, full, err := os.Pipe()
	ts.Check(err)
	ts.Defer(func() { stdout.Close(); full.Close() })
	ts.Check(full.SetWriteDeadline(time.Now().Add(100 * time.Millisecond)))
	for err == nil {
		_, err = full.Write(make([]byte, 4096))
	}
	if !errors.Is(err, os.ErrDeadlineExceeded) {
		ts.Check(err)
	}
	var orders atomic.Int32
	pending := pendingTarget(ts, func(r *http.Request) bool { return r.Method == http.MethodPost && orders.Add(1) == 4 }, true)
	cmd := startOnto(ts, args, full)
	ts.Defer(func() { cmd.Process.Kill() })
	<-pending
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	again := time.NewTicker(300 * time.Millisecond) // sooner, it counts as the same signal
	defer again.Stop()
	for {
		if err := cmd.Process.Signal(syscall.SIGINT); !errors.Is(err, os.ErrProcessDone) {
			ts.Check(err)
		}
		select {
		case err := <-ended:
			wantCode(ts, err, 130)
			return
		case <-again.C:
		}
	}
}

// orphans kills a run while the target delays the requests of all its processes, and
// waits until all of these have been given up.
func orphans(ts *testscript.TestScript, _ bool, args []string) {
	var open sync.WaitGroup
	open.Add(2)
	var n atomic.Int32
	both := make(chan struct{})
	pendingTarget(ts, func(r *http.Request) bool {
		if agent := r.UserAgent(); !strings.Contains(agent, "(") || strings.Contains(agent, "discovery") {
			return false
		}
		switch n.Add(1) {
		case 2:
			close(both)
			fallthrough
		case 1:
			context.AfterFunc(r.Context(), open.Done)
		}
		return true
	}, false)
	cmd, _ := start(ts, args)
	<-both
	ts.Check(cmd.Process.Kill())
	_ = cmd.Wait() // an error is expected: it was killed
	open.Wait()
}

// unread runs the command with a pipe that is not read.
func unread(ts *testscript.TestScript, _ bool, args []string) {
	r, w, err := os.Pipe()
	ts.Check(err)
	ts.Check(r.Close())
	defer w.Close()
	want, err := strconv.Atoi(args[1])
	ts.Check(err)
	cmd := exec.Command("hostup-conformance", args[2:]...)
	cmd.Dir = ts.MkAbs(".")
	cmd.Env = environ(ts)
	if args[0] != "stderr" {
		cmd.Stdout = w
	}
	if args[0] != "stdout" {
		cmd.Stderr = w
	}
	wantCode(ts, cmd.Run(), want)
}

// pendingTarget is a reference server that delays the requests for which pend returns
// true. The returned channel is closed when the first one has arrived.
func pendingTarget(ts *testscript.TestScript, pend func(*http.Request) bool, execute bool) <-chan struct{} {
	reference, err := refserver.New(refserver.Config{})
	ts.Check(err)
	pending := make(chan struct{})
	var once sync.Once
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !pend(r) {
			reference.ServeHTTP(w, r)
			return
		}
		if execute {
			reference.ServeHTTP(httptest.NewRecorder(), r)
		}
		_, _ = io.Copy(io.Discard, r.Body) // otherwise net/http does not notice that the client is gone
		once.Do(func() { close(pending) })
		<-r.Context().Done()
	}))
	ts.Defer(server.Close)
	ts.Setenv("HOSTUP_BASE_URL", server.URL)
	ts.Setenv("HOSTUP_API_KEY", reference.Credentials().APIKey)
	ts.Setenv("HOSTUP_SAFETY", "pay")
	return pending
}

// signalWhilePending runs the command against such a server, and signals it when the
// first request has arrived.
func signalWhilePending(ts *testscript.TestScript, args []string, pend func(*http.Request) bool, execute bool) {
	pending := pendingTarget(ts, pend, execute)
	cmd, stdout := start(ts, args[1:])
	ts.Defer(func() { cmd.Process.Kill() })
	text := make(chan []byte, 1)
	go func() {
		b, _ := io.ReadAll(stdout)
		text <- b
	}()
	<-pending
	for name := range strings.SplitSeq(args[0], ",") {
		ts.Check(cmd.Process.Signal(signals[name]))
	}
	b := <-text
	ts.Check(os.WriteFile(ts.MkAbs("stdout.txt"), b, 0o600))
	wantCode(ts, cmd.Wait(), 130)
}
