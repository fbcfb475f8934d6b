package run

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/hostup/api-conformance/suites/config"
	"github.com/hostup/api-conformance/suites/env"
	"github.com/hostup/api-conformance/suites/internal/procs"
	"github.com/hostup/api-conformance/suites/internal/result"
)

// A run with several processes has a parent that starts the embedded server, runs
// discovery and writes reports, and workers that each run a share of the specs, if the
// run is long enough for them ([Session.isBrief]): see package procs. The parent, which has
// time, also runs the sequences that wait beside others. They share a private directory:
//
//	process-N.json    the share of a worker, from the parent
//	process-N.events  what it has done, from the worker
//	document          that of standard input, from the parent
//	ledger…           what all of them have made at the target
const (
	dirVariable     = "CONFORMANCE_PROCESS_DIR" // that directory
	versionVariable = "CONFORMANCE_PROCESS_VERSION"

	ledgerName = "ledger"

	// Lines that the parent sends.
	beginLine, stopLine = "begin", "stop"
)

func shareFile(dir string, process int) string {
	return filepath.Join(dir, fmt.Sprintf("process-%d.json", process))
}

func eventFile(dir string, process int) string {
	return filepath.Join(dir, fmt.Sprintf("process-%d.events", process))
}

func documentFile(dir string) string { return filepath.Join(dir, "document") }

// stopLimit is the time that workers have to end after an interruption before they are
// killed. Their requests end at once.
const stopLimit = 10 * time.Second

// processes are the worker processes of a run.
type processes struct {
	dir   string       // private
	group *procs.Group // nil until they are started
}

// openProcesses makes room for processes. close ends what there is by then.
func openProcesses() (*processes, error) {
	dir, err := os.MkdirTemp("", "hostup-conformance-") // mode 0700
	if err != nil {
		return nil, result.Errorf(result.ErrSuite, "--procs needs a directory for temporary files: %v: name one with TMPDIR", err)
	}
	return &processes{dir: dir}, nil
}

// start starts cfg.Procs processes of a program, which must call [Worker] first, for a
// run with that configuration.
func (p *processes) start(cfg config.Config, program, version string) error {
	if cfg.Spec == "-" {
		if err := p.handOver(); err != nil {
			return err
		}
	}
	path, err := filepath.Abs(program)
	if err == nil {
		p.group, err = procs.Start(path, p.environ(cfg, version), cfg.Procs)
	}
	if err != nil {
		return result.Errorf(result.ErrSuite, "cannot start the program %s for several processes: %v: use --procs 1", filepath.Base(program), err)
	}
	return nil
}

// handOver passes the document of standard input to the processes.
func (p *processes) handOver() error {
	text, err := standardInput()
	if err != nil {
		return err
	}
	if err := os.WriteFile(documentFile(p.dir), text, 0o600); err != nil {
		return result.Errorf(result.ErrSuite, "cannot hand the document to the processes: %v", err)
	}
	return nil
}

// close ends the remaining processes. It accepts nil.
func (p *processes) close() {
	if p == nil {
		return
	}
	if p.group != nil {
		p.group.Kill()
	}
	os.RemoveAll(p.dir)
}

func (p *processes) environ(cfg config.Config, version string) []string {
	environ := slices.DeleteFunc(os.Environ(), func(line string) bool { return strings.HasPrefix(line, cfg.Names.Prefix) })
	environ = append(environ, cfg.Environ()...)
	return append(environ, dirVariable+"="+p.dir, versionVariable+"="+version)
}

// runWorkers runs the specs in the processes that were started. The error is of kind
// [result.ErrProcess] if one of them died; the outcome then covers the others.
func (s *Session) runWorkers(ctx context.Context, t *tree, specs []scheduled) error {
	plan := divide(specs, s.Config.Procs)
	if s.opt.OnTotal != nil {
		n := allResults(plan.own)
		for _, rec := range plan.specs {
			n += results(rec)
		}
		s.opt.OnTotal(n)
	}
	f := newFollower(s, plan)
	f.hearOwn(t)
	var own sync.WaitGroup
	own.Go(func() { t.run(ctx, plan.own) })
	defer own.Wait()
	if err := s.processes.start(s.Config, s.opt.Executable, s.opt.Version); err != nil {
		return err
	}
	if err := s.deal(plan); err != nil {
		return result.Errorf(result.ErrSuite, "cannot tell a process what to do: %v", err)
	}
	f.follow()
	group := s.processes.group
	group.Tell(beginLine)
	stop := context.AfterFunc(ctx, func() { group.Tell(stopLine) })
	defer stop()
	impatient := context.AfterFunc(ctx, func() { f.killAfter(stopLimit, group.Kill) })
	defer impatient()
	early, lastWords := group.Wait()
	f.finish()
	own.Wait()
	s.outcome = f.outcome
	s.outcome.Interrupted = ctx.Err() != nil
	deaths := f.deaths(early, s.redact(lastWords))
	s.outcome.Specs = append(s.outcome.Specs, f.unfinished(deaths, s.outcome.Interrupted)...)
	if len(deaths) == 0 || s.outcome.Interrupted {
		return nil
	}
	s.noteLost(deaths)
	return result.Errorf(result.ErrProcess, "%s", deathText(deaths))
}

// requestsPerSpec is about what a spec sends.
const requestsPerSpec = 3

// isBrief reports whether a run of so many specs would end so soon in one process that
// others only cost time, going by how long the first requests took. Where the requests per
// second are limited, it is the limit that decides how long a run takes.
func (s *Session) isBrief(specs int) bool {
	var took []time.Duration
	for _, t := range s.discovery.Tally {
		took = append(took, t.Durations...)
	}
	if len(took) == 0 || s.Config.RPS > 0 {
		return false
	}
	slices.Sort(took)
	rounds := time.Duration(requestsPerSpec * specs / runners(s.Config))
	return took[len(took)/2]*rounds < s.opt.Brief
}

// deal writes the shares.
func (s *Session) deal(plan division) error {
	for i, specs := range plan.shares {
		mine := share{Discovery: s.Env.Discovered(), Specs: specs}
		if s.reference != nil {
			mine.Embedded = &s.Config
		}
		if s.recording != nil {
			mine.Recording = s.recording.dir
		}
		if err := mine.write(shareFile(s.processes.dir, i+1)); err != nil {
			return err
		}
	}
	return nil
}

func (s *Session) redact(text string) string { return s.client.Redactor().Text(text) }

// noteLost lists requests that may have created something without anyone knowing: their
// process died before the response.
func (s *Session) noteLost(deaths []death) {
	for _, lost := range env.Lost(s.Config, filepath.Join(s.processes.dir, ledgerName)) {
		for _, d := range deaths {
			if d.Process == lost.Process || d.Process == 0 {
				s.created(d.perhaps(lost.What))
				break
			}
		}
	}
}
