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

// Variables of the environment that tell a process what it is.
const (
	roleVariable   = "CONFORMANCE_PROCESS_ROLE"   // "keeper" or "worker"
	countVariable  = "CONFORMANCE_PROCESS_COUNT"  // of workers
	numberVariable = "CONFORMANCE_PROCESS_NUMBER" // of a worker, from 1

	keeperRole, workerRole = "keeper", "worker"
)

// A Group is the processes that the parent has started.
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
	Killed  bool   // by a signal, or by whoever ends processes on this system
	State   string // such as "signal: killed" or "exit status 2"
}

// String is the end of a sentence that begins with the process.
func (e Exit) String() string {
	if e.Killed {
		return "was killed (" + e.State + ")"
	}
	return "ended early (" + e.State + ")"
}

// Start starts n workers of a program, which has to call [Role] first thing. The
// environment is all that they get.
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

// Tell sends a line to all workers. To those that have ended it is lost.
func (g *Group) Tell(line string) { _, _ = io.WriteString(g.stdin, line+"\n") }

// Kill ends all processes at once. It does no harm after their end.
func (g *Group) Kill() {
	_ = g.stdin.Close()
	_ = g.cmd.Process.Kill()
}

// Wait returns when all processes have ended, with those that did not end by
// themselves and with code 0, and the last line that any of them wrote to standard
// error.
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

// Name is what a message calls the process, of so many.
func (e Exit) Name(of int) string {
	if e.Process == 0 {
		return "the process that looks after the others"
	}
	return fmt.Sprintf("process %d of %d", e.Process, of)
}
