package suites

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/hostup/api-conformance/suites/env"
	"github.com/hostup/api-conformance/suites/internal/procs"
)

// A run with several processes has a parent that starts the embedded server,
// looks for valid input and reports, and workers that run one share of the specs
// each: see package procs. They have a private directory:
//
//	process-N.json    the share of a worker, from the parent
//	process-N.events  what it has done, from the worker
//	ledger…           what all of them have made at the target
const (
	dirVariable       = "HOSTUP_CONFORMANCE_DIR" // that directory
	versionVariable   = "HOSTUP_CONFORMANCE_VERSION"
	burstKeyVariable  = "HOSTUP_CONFORMANCE_BURST_KEY"
	recordingVariable = "HOSTUP_CONFORMANCE_RECORDING" // directory of the spools

	ledgerName = "ledger"

	// Lines that the parent tells.
	beginLine, stopLine = "begin", "stop"
)

func shareFile(dir string, process int) string {
	return filepath.Join(dir, fmt.Sprintf("process-%d.json", process))
}

func eventFile(dir string, process int) string {
	return filepath.Join(dir, fmt.Sprintf("process-%d.events", process))
}

// stopLimit is how long workers have to end after an interruption before they are
// killed. Their requests end at once.
const stopLimit = 10 * time.Second

// workers are the processes of a run.
type workers struct {
	dir   string
	group *procs.Group
}

// startWorkers starts the processes, which get ready on their own.
func (s *session) startWorkers() error {
	dir, err := os.MkdirTemp("", "hostup-conformance-") // mode 0700
	if err != nil {
		return &kindError{ErrSuite, fmt.Sprintf("cannot make a directory for the processes: %v", err)}
	}
	s.workers = &workers{dir: dir}
	program, err := filepath.Abs(s.opt.Executable)
	if err == nil {
		s.workers.group, err = procs.Start(program, s.workerEnviron(dir), s.cfg.Procs)
	}
	if err != nil {
		return &kindError{ErrSuite, fmt.Sprintf("cannot start the program %s for several processes: %v: use --procs 1", filepath.Base(s.opt.Executable), err)}
	}
	return nil
}

// close ends what is left of the processes.
func (w *workers) close() {
	if w == nil {
		return
	}
	if w.group != nil {
		w.group.Kill()
	}
	os.RemoveAll(w.dir)
}

func (s *session) workerEnviron(dir string) []string {
	environ := slices.DeleteFunc(os.Environ(), func(line string) bool { return strings.HasPrefix(line, "HOSTUP_") })
	environ = append(environ, s.cfg.Environ()...)
	environ = append(environ,
		dirVariable+"="+dir,
		versionVariable+"="+s.opt.Version,
		burstKeyVariable+"="+s.env.BurstKey,
	)
	if s.recording != nil {
		environ = append(environ, recordingVariable+"="+s.recording.dir)
	}
	return environ
}

// runWorkers runs the specs in the processes that were started. The error is of
// kind [ErrProcess] if one of them died; the outcome covers the others then.
func (s *session) runWorkers(ctx context.Context) error {
	w := s.workers
	plan := s.divide()
	for i, specs := range plan.shares {
		mine := share{s.env.Discovered(), specs}
		if err := mine.write(shareFile(w.dir, i+1)); err != nil {
			return &kindError{ErrSuite, fmt.Sprintf("cannot tell a process what to do: %v", err)}
		}
	}
	if s.opt.OnTotal != nil {
		s.opt.OnTotal(len(plan.specs))
	}
	f := follow(s, plan)
	w.group.Tell(beginLine)
	stop := context.AfterFunc(ctx, func() { w.group.Tell(stopLine) })
	defer stop()
	impatient := context.AfterFunc(ctx, func() { f.killAfter(stopLimit, w.group.Kill) })
	defer impatient()
	early, lastWords := w.group.Wait()
	f.finish()
	s.outcome = f.outcome
	s.outcome.Interrupted = ctx.Err() != nil
	deaths := f.deaths(early, s.redact(lastWords))
	s.outcome.Specs = append(s.outcome.Specs, f.unfinished(deaths, s.outcome.Interrupted)...)
	if len(deaths) == 0 || s.outcome.Interrupted {
		return nil
	}
	s.noteLost(deaths)
	return &kindError{ErrProcess, deathText(deaths)}
}

func (s *session) redact(text string) string { return s.client.Redactor().Text(text) }

// noteLost lists requests that may have made something, of which nobody knows any
// more: their process died before the answer.
func (s *session) noteLost(deaths []death) {
	for _, lost := range env.Lost(filepath.Join(s.workers.dir, ledgerName)) {
		for _, d := range deaths {
			if d.Process == lost.Process || d.Process == 0 {
				s.created(d.perhaps(lost.What))
				break
			}
		}
	}
}
