package suites

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
)

// A run with several processes is a tree of them, all of one program:
//
//	parent   starts the embedded server, discovers, reports
//	└ runner Ginkgo's parallel runner, in a process group of its own
//	  └ workers run the specs
//
// The runner is the code behind "ginkgo -p". It prints, and it ends its process,
// so it gets one. The parent tells both what to do by variables of the
// environment, never by arguments, which other users of the machine can read.
const (
	modeVariable      = "HOSTUP_CONFORMANCE_MODE"    // "runner" or "worker"
	dirVariable       = "HOSTUP_CONFORMANCE_DIR"     // private directory of the run
	workVariable      = "HOSTUP_CONFORMANCE_WORKDIR" // what relative paths are relative to
	versionVariable   = "HOSTUP_CONFORMANCE_VERSION"
	burstKeyVariable  = "HOSTUP_CONFORMANCE_BURST_KEY"
	recordingVariable = "HOSTUP_CONFORMANCE_RECORDING" // directory of the spools

	linkName     = "hostup-conformance.test" // Ginkgo runs files of that ending only
	outcomeName  = "outcome.json"
	progressName = "progress"
	ledgerName   = "ledger"
)

// stopLimit is how long processes have to end after an interruption before they
// are killed: the grace period of a spec, and time to write the outcome.
const stopLimit = gracePeriod + 5*time.Second

// runWorkers runs the specs in several processes.
func (s *session) runWorkers(ctx context.Context) error {
	dir, err := os.MkdirTemp("", "hostup-conformance-")
	if err != nil {
		return &kindError{ErrSuite, fmt.Sprintf("cannot make a directory for the processes: %v", err)}
	}
	defer os.RemoveAll(dir)
	cmd, err := s.runner(dir)
	if err != nil {
		return &kindError{ErrSuite, fmt.Sprintf("cannot run specs in several processes: %v: use --procs 1", err)}
	}
	var output bytes.Buffer
	cmd.Stdout, cmd.Stderr = &output, &output
	// The runner ends when this pipe does, even if this process is killed.
	alive, err := cmd.StdinPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		return &kindError{ErrSuite, fmt.Sprintf("cannot start %s: %v", filepath.Base(s.opt.Executable), err)}
	}
	defer alive.Close()
	stop := context.AfterFunc(ctx, func() {
		interruptGroup(cmd.Process)
		time.AfterFunc(stopLimit, func() { killGroup(cmd.Process) })
	})
	defer stop()
	ended := make(chan struct{})
	watched := s.watch(filepath.Join(dir, progressName), ended)
	err = cmd.Wait() // fails whenever a spec does
	close(ended)
	<-watched
	killGroup(cmd.Process) // whatever is left of it

	data, readErr := os.ReadFile(filepath.Join(dir, outcomeName))
	if readErr == nil {
		readErr = json.Unmarshal(data, &s.outcome)
	}
	if ctx.Err() != nil {
		s.outcome.Interrupted = true
		return nil
	}
	if readErr != nil {
		return &kindError{ErrSuite, fmt.Sprintf("a process of the run ended early (%v): %s", err, lastLine(s.redact(output.String())))}
	}
	return nil
}

// runner is the command of the runner.
func (s *session) runner(dir string) (*exec.Cmd, error) {
	exe, err := filepath.Abs(s.opt.Executable)
	if err != nil {
		return nil, err
	}
	if err := os.Symlink(exe, filepath.Join(dir, linkName)); err != nil {
		return nil, err
	}
	wd, err := os.Getwd()
	if err != nil {
		return nil, err
	}
	cmd := exec.Command(exe)
	cmd.Env = slices.DeleteFunc(os.Environ(), func(line string) bool {
		// Ginkgo would look for a go command to compare versions.
		return strings.HasPrefix(line, "HOSTUP_") || strings.HasPrefix(line, "PATH=")
	})
	cmd.Env = append(cmd.Env, s.cfg.Environ()...)
	cmd.Env = append(cmd.Env,
		modeVariable+"=runner",
		dirVariable+"="+dir,
		workVariable+"="+wd,
		versionVariable+"="+s.opt.Version,
		burstKeyVariable+"="+s.env.BurstKey,
	)
	if s.recording != nil {
		cmd.Env = append(cmd.Env, recordingVariable+"="+s.recording.dir)
	}
	return cmd, ownGroup(cmd)
}

// watch calls the hooks for what the workers write to the progress file, until
// they have ended.
func (s *session) watch(path string, ended <-chan struct{}) (done <-chan struct{}) {
	finished := make(chan struct{})
	go func() {
		defer close(finished)
		var rest []byte
		var read int64
		tick := time.NewTicker(100 * time.Millisecond)
		defer tick.Stop()
		for last := false; !last; {
			select {
			case <-tick.C:
			case <-ended:
				last = true
			}
			more := tail(path, read)
			read += int64(len(more))
			rest = append(rest, more...)
			for {
				line, after, whole := bytes.Cut(rest, []byte("\n"))
				if !whole {
					break
				}
				rest = after
				var e event
				if json.Unmarshal(line, &e) == nil {
					e.call(s)
				}
			}
		}
	}()
	return finished
}

// tail reads a file from an offset; nothing when it cannot.
func tail(path string, from int64) []byte {
	f, err := os.Open(path)
	if err != nil {
		return nil
	}
	defer f.Close()
	if _, err := f.Seek(from, io.SeekStart); err != nil {
		return nil
	}
	b, _ := io.ReadAll(f)
	return b
}

func (s *session) redact(text string) string { return s.client.Redactor().Text(text) }

func lastLine(s string) string {
	lines := strings.Split(strings.TrimSpace(s), "\n")
	return strconv.Quote(strings.TrimSpace(lines[len(lines)-1]))
}
