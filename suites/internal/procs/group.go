package procs

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Environment variables that tell a process its role.
const (
	roleVariable   = "CONFORMANCE_PROCESS_ROLE"   // "keeper" or "worker"
	countVariable  = "CONFORMANCE_PROCESS_COUNT"  // of workers
	numberVariable = "CONFORMANCE_PROCESS_NUMBER" // of a worker, from 1

	keeperRole, workerRole = "keeper", "worker"
)

// A Group holds the processes that the parent has started.
type Group struct {
	cmd    *exec.Cmd
	stdin  io.WriteCloser
	errors bytes.Buffer // what the processes wrote to standard error; read after Wait

	mu    sync.Mutex
	ended []Exit
	read  chan struct{} // closed when the keeper says nothing more
}

// An Exit says how a process ended.
type Exit struct {
	Process int    // from 1; 0 is the keeper
	Killed  bool   // by a signal, or what ends processes on this system
	State   string // such as "signal: killed" or "exit status 2"
}

// String returns the predicate of a sentence about the process: "was killed (…)".
func (e Exit) String() string {
	if e.Killed {
		return "was killed (" + e.State + ")"
	}
	return "ended early (" + e.State + ")"
}

// Start starts n workers of a program, which must call [Role] first. They get the
// environment and no arguments.
func Start(program string, environ []string, n int) (*Group, error) {
	g := &Group{cmd: exec.Command(program), read: make(chan struct{})}
	g.cmd.Env = slices.Concat(environ, []string{roleVariable + "=" + keeperRole, countVariable + "=" + strconv.Itoa(n)})
	g.cmd.Stderr = &g.errors
	g.cmd.WaitDelay = 5 * time.Second // for a worker that holds the pipe and does not end
	ownGroup(g.cmd)
	var err error
	if g.stdin, err = g.cmd.StdinPipe(); err != nil {
		return nil, err
	}
	out, err := g.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := g.cmd.Start(); err != nil {
		return nil, err
	}
	go g.listen(out)
	return g, nil
}

func (g *Group) listen(out io.Reader) {
	defer close(g.read)
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		var e Exit
		if json.Unmarshal(lines.Bytes(), &e) == nil {
			g.mu.Lock()
			g.ended = append(g.ended, e)
			g.mu.Unlock()
		}
	}
}

// Tell sends a line to all workers. Workers that have ended miss it.
func (g *Group) Tell(line string) { _, _ = io.WriteString(g.stdin, line+"\n") }

// Kill ends all processes at once. After their end it has no effect.
func (g *Group) Kill() {
	_ = g.stdin.Close()
	_ = g.cmd.Process.Kill()
}

// Wait blocks until all processes have ended. It returns those that did not end by
// themselves with code 0, and the last line that any process wrote to standard error.
func (g *Group) Wait() (early []Exit, lastWords string) {
	<-g.read
	err := g.cmd.Wait()
	_ = g.stdin.Close()
	for _, e := range g.ended {
		if e.State != "" {
			early = append(early, e)
		}
	}
	if exit := (*exec.ExitError)(nil); errors.As(err, &exit) {
		early = append(early, exitOf(0, exit))
	}
	text := strings.TrimSpace(g.errors.String())
	return early, text[strings.LastIndex(text, "\n")+1:]
}

func exitOf(process int, err error) Exit {
	e := Exit{Process: process}
	if err == nil {
		return e
	}
	e.State = err.Error()
	if exit := (*exec.ExitError)(nil); errors.As(err, &exit) {
		e.State, e.Killed = exit.String(), !exit.Exited()
	}
	return e
}

// Name returns the name of the process in messages; of is the number of workers.
func (e Exit) Name(of int) string {
	if e.Process == 0 {
		return "the process that looks after the others"
	}
	return fmt.Sprintf("process %d of %d", e.Process, of)
}
