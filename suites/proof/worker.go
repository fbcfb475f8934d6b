package proof

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"os"
	"os/exec"
	"sync"
)

// workerVariable marks a process as a worker.
const (
	workerVariable = "HOSTUP_PROOF_WORKER"
	wholeWorker    = "whole" // its value for Options.Whole
)

// Worker makes this process a worker of [Run] if it was started as one; otherwise ok is
// false. Programs that are the Executable of Options call it first and exit with the
// code.
//
// A worker reads items from standard input, one JSON text per line, and writes a result
// for each. It ends when its input does.
func Worker() (exit int, ok bool) {
	if os.Getenv(workerVariable) == "" {
		return 0, false
	}
	out := json.NewEncoder(os.Stdout)
	os.Stdout = os.Stderr     // nothing else may write between the results
	log.SetOutput(io.Discard) // net/http logs what faulty servers send
	l, err := newLab(os.Getenv(workerVariable) == wholeWorker)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1, true
	}
	in := json.NewDecoder(os.Stdin)
	for {
		var it item
		if err := in.Decode(&it); err != nil {
			return 0, true
		}
		if err := out.Encode(l.run(context.Background(), it)); err != nil {
			return 1, true
		}
	}
}

// A worker is a process that runs items. It is started on demand, and again after it has
// died.
type worker struct {
	executable string
	whole      bool
	in         io.WriteCloser
	out        *json.Decoder

	mu    sync.Mutex // kill comes from another goroutine
	cmd   *exec.Cmd
	ended bool // for good: nothing is started any more
}

func (w *worker) run(ctx context.Context, it item) Result {
	if ctx.Err() != nil {
		return Result{}
	}
	defer context.AfterFunc(ctx, w.kill)()
	if w.cmd == nil {
		if err := w.start(); err != nil {
			return Result{Kind: it.Kind, ID: it.ID, Problem: "the process could not be started: " + err.Error()}
		}
	}
	var r Result
	err := json.NewEncoder(w.in).Encode(it)
	if err == nil {
		err = w.out.Decode(&r)
	}
	if err != nil {
		w.stop()
		return Result{Kind: it.Kind, ID: it.ID, Problem: "the process that ran the suite has died"}
	}
	return r
}

func (w *worker) start() (err error) {
	cmd := exec.Command(w.executable)
	// The heap of a run is small and short-lived: collecting it only by size costs a
	// quarter of a gigabyte and saves a tenth of the processor time. There are more
	// workers than processors, and on one processor a request is handed from client to
	// server without waking another.
	cmd.Env = append(os.Environ(), workerVariable+"=1", "GOGC=off", "GOMEMLIMIT=256MiB", "GOMAXPROCS=1")
	if w.whole {
		cmd.Env = append(cmd.Env, workerVariable+"="+wholeWorker)
	}
	cmd.Stderr = os.Stderr
	if w.in, err = cmd.StdinPipe(); err != nil {
		return err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	w.out = json.NewDecoder(bufio.NewReader(out))
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.ended {
		return context.Canceled
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	w.cmd = cmd
	return nil
}

// kill ends the process, and prevents another start.
func (w *worker) kill() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.ended = true; w.cmd != nil {
		_ = w.cmd.Process.Kill()
	}
}

func (w *worker) stop() {
	w.mu.Lock()
	cmd := w.cmd
	w.cmd = nil
	w.mu.Unlock()
	if cmd == nil {
		return
	}
	_ = w.in.Close()
	_ = cmd.Process.Kill()
	_ = cmd.Wait() // which fails, for it was killed
}
