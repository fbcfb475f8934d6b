package procs

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// Last is the line that the keeper sends to a worker when all others have finished their
// work or have ended.
const Last = "last"

const (
	doneLine = "done" // from a worker to the keeper
	overLine = "over" // and back, when all are done
)

// Keep starts the workers, forwards the parent's lines, and reports on standard output
// how each worker ended. It returns when all have ended, or when the parent is gone, in
// which case the workers end as well.
func Keep() (code int) {
	n, err := strconv.Atoi(os.Getenv(countVariable))
	program, noProgram := os.Executable()
	if err != nil || noProgram != nil {
		return 2
	}
	k := &keeper{out: json.NewEncoder(os.Stdout)}
	environ := slices.DeleteFunc(os.Environ(), func(line string) bool { return strings.HasPrefix(line, roleVariable+"=") })
	for i := range n {
		if err := k.start(program, append(environ[:len(environ):len(environ)], roleVariable+"="+workerRole, numberVariable+"="+strconv.Itoa(i+1))); err != nil {
			fmt.Fprintln(os.Stderr, err)
			k.kill()
			return 2
		}
	}
	go func() {
		lines := bufio.NewReader(os.Stdin)
		for {
			line, err := lines.ReadString('\n')
			if err != nil {
				k.kill()
				os.Exit(1)
			}
			k.tell(line)
		}
	}()
	k.wait()
	return 0
}

type keeper struct {
	mu      sync.Mutex
	out     *json.Encoder
	workers []*keptWorker
}

type keptWorker struct {
	cmd    *exec.Cmd
	stdin  io.WriteCloser
	stdout io.Reader
	done   bool
}

func (k *keeper) start(program string, environ []string) error {
	cmd := exec.Command(program)
	cmd.Env, cmd.Stderr = environ, os.Stderr
	stdin, err := cmd.StdinPipe()
	if err != nil {
		return err
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	k.workers = append(k.workers, &keptWorker{cmd: cmd, stdin: stdin, stdout: stdout})
	return nil
}

func (k *keeper) tell(line string) {
	for _, w := range k.workers {
		_, _ = io.WriteString(w.stdin, line)
	}
}

func (k *keeper) kill() {
	for _, w := range k.workers {
		_ = w.cmd.Process.Kill() // it knows whether the process has ended
	}
}

// wait waits for the workers.
func (k *keeper) wait() {
	if len(k.workers) == 1 {
		k.tell(Last + "\n")
	}
	var all sync.WaitGroup
	for i, w := range k.workers {
		all.Go(func() {
			said := bufio.NewScanner(w.stdout)
			for said.Scan() {
				if said.Text() == doneLine {
					k.isDone(w)
				}
			}
			err := w.cmd.Wait()
			k.isDone(w)
			k.mu.Lock()
			defer k.mu.Unlock()
			_ = k.out.Encode(exitOf(i+1, err))
		})
	}
	all.Wait()
}

// isDone records that a worker has finished. The last remaining worker is told so; when
// none remains, all may exit.
func (k *keeper) isDone(w *keptWorker) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if w.done {
		return
	}
	w.done = true
	var left []*keptWorker
	for _, w := range k.workers {
		if !w.done {
			left = append(left, w)
		}
	}
	switch len(left) {
	case 0:
		k.tell(overLine + "\n")
	case 1:
		_, _ = io.WriteString(left[0].stdin, Last+"\n")
	}
}
